import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';

const rewindItem = (page: Page) => page.getByRole('menuitem', { name: 'Rewind to here', exact: true });

test('go back to an earlier point, see before what it hides, and have it back after a reload', async ({
  chat,
  page,
}) => {
  await chat.openWith(['Where does it begin?', 'And where does it go?']);
  await chat.menuOf(chat.assistant(2));
  await expect(rewindItem(page)).toHaveAccessibleDescription('hides 2 messages, can be undone');
  await page.screenshot({ path: test.info().outputPath('menu.png') });
  await rewindItem(page).click();
  await expect(chat.user(3)).toBeHidden();
  await expect(page.getByText(/^Rewound to “.*”, 2 messages hidden/).first()).toBeVisible();
  await page.reload();
  await expect(chat.assistant(2)).toBeVisible();
  await expect(chat.user(3)).toBeHidden();

  await chat.assistant(2).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(chat.assistant(4)).toBeVisible();
  await expect(page.getByText(/^Undone: Rewound to/).first()).toBeVisible();
  await chat.assistant(4).focus();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(chat.user(3)).toBeHidden();
});

test('what was rewound stays in the tree, faded, until something else is done', async ({ chat, page }) => {
  await chat.openWith(['Where does it begin?', 'And where does it go?']);
  await page.getByRole('radio', { name: 'Split' }).check({ force: true });
  await chat.menuOf(chat.assistant(2));
  await rewindItem(page).click();
  await expect(chat.user(3)).toBeHidden();
  const row = page.getByRole('treeitem', { name: /And where does it go\?.*just hidden/ });
  await expect(row).toBeAttached();
  await page.screenshot({ path: test.info().outputPath('faded.png') });
  await chat.ask('Another question', 4);
  await expect(page.getByRole('treeitem', { name: /Another question/ })).toBeAttached();
  await expect(row).not.toBeAttached();
});

test('rewind by keys in mid-reply: the reply is stopped first, what it said can be had back', async ({
  chat,
  page,
}) => {
  await chat.openNew('tokens:100x20');
  await chat.send('Count until I go back');
  await expect(chat.assistant(2)).toContainText('token 5 ');
  await chat.user(1).focus();
  await chat.user(1).getByRole('button', { name: 'More', exact: true }).press('Enter');
  await rewindItem(page).focus();
  await page.keyboard.press('Enter');
  await expect(chat.assistant(2)).toBeHidden();
  await expect(chat.sendButton).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(chat.assistant(2)).toContainText('Stopped');
  await expect(chat.assistant(2)).toContainText('token 5 ');
});

test('on a phone the menu says what is hidden, without a fault for screen readers', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openWith(['Where does it begin?', 'And where does it go?']);
  await chat.menuOf(chat.user(1));
  await expect(rewindItem(page)).toContainText('hides 3 messages, can be undone');
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('menu-phone.png') });
  await rewindItem(page).click();
  await expect(chat.assistant(2)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible();
});
