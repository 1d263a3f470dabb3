import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { startBough } from '../../server.ts';

let disk: string;
let mounted = false;
test.beforeAll(async () => {
  disk = await mkdtemp(join(tmpdir(), 'bough-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' });
    mounted = true;
  } catch {
    // Only root on Linux may make a small disk.
  }
});
test.afterAll(async () => {
  if (mounted) execFileSync('umount', [disk]);
  await rm(disk, { recursive: true });
});

test('a full disk is said, and what was not sent is sent when there is room', async ({ page }) => {
  test.skip(!mounted);
  const faults = watch(page, [/Failed to load resource/]);
  const bough = await startBough({ BOUGH_DEMO_MODES: '1' }, join(disk, 'data'));
  try {
    const chat = new ChatPage(page, bough.url);
    await chat.openNew(/^Demo \(/);
    await chat.ask('Hello', 2);
    const filler = join(disk, 'filler');
    await expect(writeFile(filler, Buffer.alloc(8_000_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    // Longer than what the engine may have room for in files that it has already.
    await chat.send(`A long one: ${'word '.repeat(20_000)}`);
    await expect(chat.user(3)).toContainText(
      /The disk with the data folder is full\. .* This message is kept/,
    );
    await rm(filler);
    await chat.settled();
    await expect(chat.assistant(4)).toContainText('3 messages');
    await expect(page.getByText(/is full/)).toBeHidden();

    // While a reply is written nothing is refused: it waits, and that is said.
    await chat.chooseModel(/^Demo: long/);
    await chat.send('At length');
    await expect(chat.assistant(6)).toContainText(/\w+ \w+/);
    await expect(writeFile(filler, Buffer.alloc(8_000_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    const banner = page
      .getByRole('paragraph')
      .filter({ hasText: /data folder is full\. .* Replies wait until/ });
    await expect(banner).toBeVisible({ timeout: 20_000 });
    await page.screenshot({ path: test.info().outputPath('full-while-replying.png') });
    await rm(filler);
    await expect(banner).toBeHidden({ timeout: 15_000 });
    await chat.stopButton.click();
    await chat.settled();
    expect(faults).toEqual([]);
  } finally {
    await bough.stop();
  }
});
