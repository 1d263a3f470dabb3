import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { startBough } from '../../server.ts';

const SENTENCE =
  'This conversation is damaged on the disk. Stop Bough and run “npm run bough -- doctor”: it says what is lost and how to mend the rest.';

/** Overwrites the first message in the log of its branch, not in those of the list and the outline. */
async function damage(data: string, text: string): Promise<void> {
  const folder = join(data, 'engine', 'streams');
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const bytes = await readFile(file);
    const at = bytes.indexOf(`"parts":[{"kind":"text","text":"${text}"`);
    if (at >= 0) await writeFile(file, bytes.fill(0, at, at + 40));
  }
}

test('a conversation that is damaged on the disk says so, and takes nothing on top', async ({ page }) => {
  const faults = watch(page, [/Failed to load resource/, /net::ERR_/]);
  const bough = await startBough({ BOUGH_DEMO_MODES: '1' });
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew(/^Demo \(/);
    await chat.ask('Once upon a time', 2);
    await bough.end();
    await damage(bough.data, 'Once upon a time');
    await bough.restart();
    // As a browser that has kept nothing of it: one that has goes on showing what it read.
    await page.evaluate(() => localStorage.removeItem('bough:kept'));
    await page.reload();
    await expect(chat.message(1)).toContainText(SENTENCE);
    await expect(chat.message(2)).toContainText(SENTENCE);
    await chat.send('And then?');
    await expect(page.getByRole('alert').filter({ hasText: SENTENCE })).toBeVisible();
    await expect(page.getByText('Sending…')).toBeHidden();
    await page.getByRole('button', { name: 'Back to the message box' }).click();
    await expect(chat.box).toHaveValue('And then?');
    expect(faults).toEqual([]);
  } finally {
    await bough.stop();
  }
});
