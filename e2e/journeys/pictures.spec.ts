/** The pictures of the README and the docs, made anew by every run into the folder named by BOUGH_PICTURES. */
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';

const folder = process.env.BOUGH_PICTURES ?? 'test-results/pictures';

test('picture: a conversation', async ({ chat, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await chat.openNew();
  await chat.chooseModel('story');
  await chat.ask('I have a small garden with heavy clay. Where do I begin?', 2);
  await chat.ask('Sun all afternoon, water stands in the south. What could grow to a tree?', 4);
  await chat.assistant(4).getByRole('button', { name: 'Regenerate' }).click();
  await expect(page.getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
  await chat.settled();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, 'conversation.png') });
});
