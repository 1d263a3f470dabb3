/** The pictures of the README and the docs, made anew by every run into the folder named by BOUGH_PICTURES. */
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';

const folder = process.env.BOUGH_PICTURES ?? 'test-results/pictures';

test('picture: a conversation and its tree', async ({ chat, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await chat.openNew();
  await chat.chooseModel('story');
  await chat.ask('I have a small garden with heavy clay. Where do I begin?', 2);
  await chat.ask('Sun all afternoon, water stands in the south. What could grow to a tree?', 4);
  await chat.assistant(4).getByRole('button', { name: 'Regenerate' }).click();
  await expect(page.getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
  await chat.settled();
  await chat.user(3).hover();
  await chat.user(3).getByRole('button', { name: 'Edit' }).click();
  await page
    .getByRole('textbox', { name: 'Edit message' })
    .fill('Half shade, and the north corner stays dry. What could grow to a tree?');
  await page.getByRole('button', { name: 'Save & regenerate' }).click();
  await expect(chat.user(3)).toContainText('Half shade');
  await expect(chat.assistant(4)).toContainText('first summer');
  await chat.settled();
  await page.getByRole('radio', { name: 'Split' }).click();
  await expect(page.getByRole('region', { name: 'Conversation tree' })).toBeVisible();
  await page.mouse.move(0, 0);
  // The canvas settles before it is photographed.
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(folder, 'conversation.png') });
});
