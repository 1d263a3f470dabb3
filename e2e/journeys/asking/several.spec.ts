import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';
import type { ChatPage } from '../../pages/chat-page.ts';

test.use({ server: 'shared' });

const outline = (page: Page) => page.getByRole('tree', { name: 'Outline' });
const selected = (page: Page) => page.getByRole('toolbar', { name: 'Selected' });

/** Two branches under one reply, both answered; the tree is shown alone. */
async function twoBranches(chat: ChatPage, page: Page): Promise<void> {
  await chat.openWith(['Which city?', 'By train'], 'echo');
  await chat.edit(chat.user(3), 'By ship');
  await expect(chat.assistant(4)).toContainText('By ship');
  await chat.settled();
  await page.getByRole('radio', { name: 'Tree', exact: true }).check({ force: true });
  for (const words of [/^By ship/, /By train/]) {
    await outline(page).getByRole('treeitem', { name: words }).focus();
    await page.keyboard.press('Shift+Space');
  }
}

test('ask all of the selected branches, and undo it as one', async ({ chat, page }) => {
  await twoBranches(chat, page);
  await selected(page).getByRole('button', { name: 'Ask all of these' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask all of these' });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('textbox', { name: 'Question' }).fill('How long does it take?');
  expect(await violationsIn(page, 'dialog')).toEqual([]);
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Asked 2 branches');
  await page.getByRole('radio', { name: 'Chat', exact: true }).check({ force: true });
  await expect(chat.user(5)).toContainText('How long does it take?');
  await chat.settled();
  await chat.user(3).getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.user(5)).toContainText('How long does it take?');
  await page.keyboard.press('Control+z');
  await expect(chat.user(5)).toHaveCount(0);
  await chat.user(3).getByRole('button', { name: 'Next version' }).click();
  await expect(chat.assistant(4)).toContainText('By ship');
  await expect(chat.user(5)).toHaveCount(0);
});

test('bring selected messages together in one question, with a way to each', async ({ chat, page }) => {
  await twoBranches(chat, page);
  await selected(page).getByRole('button', { name: 'Bring together' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bring together' });
  await expect(dialog.getByRole('textbox', { name: 'Question' })).toHaveValue(/best of these/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(selected(page)).toContainText('2 selected');
  await selected(page).getByRole('button', { name: 'Bring together' }).click();
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(chat.user(3).getByRole('figure', { name: 'Quoted from echo' })).toHaveCount(2);
  await expect(chat.assistant(4)).toContainText('best of these');
  await chat.settled();
  await expect(chat.user(3).getByRole('group', { name: 'Versions' })).toContainText('3 / 3');
  await chat.user(3).getByRole('button', { name: 'Go to the source' }).first().click();
  await expect(chat.user(3)).toContainText(/^By (ship|train)/);
});

test('ask several models from the message box, in a new chat and on a phone', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await chat.openNew('echo');
  await chat.box.fill('Which city?');
  await page.getByRole('button', { name: 'Ask several', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask several' });
  await expect(dialog.getByRole('spinbutton', { name: 'echo', exact: true })).toBeFocused();
  await dialog.getByRole('spinbutton', { name: 'echo', exact: true }).fill('2');
  await page.screenshot({ path: test.info().outputPath('ask-several.png') });
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  const group = page.getByRole('group', { name: 'Replies side by side' });
  await expect(group.getByRole('region')).toHaveCount(2);
  await expect(chat.box).toHaveValue('');
  // The first is the one on the path, also where all had begun before the page heard of any.
  await expect(group.getByRole('region', { name: 'Reply 1 of 2' })).toHaveAttribute('aria-current', 'true');
  await expect(group.getByRole('region', { name: 'Reply 2 of 2' })).toContainText('Which city?');
});

test('those of several that fail before their first word stay beside the others, with their reason', async ({
  chat,
  page,
}) => {
  await chat.openNew('echo');
  await chat.box.fill('Which city?');
  await page.getByRole('button', { name: 'Ask several', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask several' });
  for (const model of ['401', '500'])
    await dialog.getByRole('spinbutton', { name: model, exact: true }).fill('1');
  await dialog.getByRole('spinbutton', { name: 'echo', exact: true }).fill('1');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  const group = page.getByRole('group', { name: 'Replies side by side' });
  await chat.settled();
  await expect(group).toContainText('3 replies to the same message');
  const failed = group.getByRole('region').filter({ has: page.getByRole('button', { name: 'Try again' }) });
  await expect(failed).toHaveCount(2);
  await expect(group.getByRole('button', { name: 'Continue with this one' })).toHaveCount(1);
  await expect(group.getByRole('button', { name: 'Keep only this one' })).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('failed-beside.png') });

  await page.reload();
  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Show side by side' }).click();
  await expect(failed).toHaveCount(2);
  await failed.filter({ hasText: /key/i }).getByRole('button', { name: 'Try again' }).click();
  await chat.settled();
  await expect(failed).toHaveCount(2);
});
