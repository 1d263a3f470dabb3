import { expect, test } from '../../fixtures.ts';

test('talk, look back and go on with the keyboard alone', async ({ chat, page }) => {
  await chat.openNew();
  await expect(chat.box).toBeFocused();
  await page.keyboard.type('One line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('and another');
  await page.keyboard.press('Enter');
  await expect(chat.user(1)).toContainText('and another');
  await expect(chat.assistant(2)).toContainText(/\w+/);
  await chat.settled();
  await expect(chat.box).toBeFocused();

  await page.keyboard.press('ArrowUp');
  await expect(chat.assistant(2)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(chat.user(1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(chat.assistant(2)).toBeFocused();

  await page.keyboard.press('ControlOrMeta+Shift+O');
  await expect(page).toHaveURL(`${chat.url}/`);
  await expect(chat.box).toBeFocused();
});

test('the menu of a message, and what it opens, give the focus back', async ({ chat, page }) => {
  await chat.openWith(['Something'], 'echo');
  const more = chat.assistant(2).getByRole('button', { name: 'More', exact: true });
  const menu = page.getByRole('menu', { name: 'More' });
  await more.press('Enter');
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(more).toBeFocused();
  await page.keyboard.press('Enter');
  await menu.getByRole('menuitem', { name: 'Star' }).press('Enter');
  await expect(more).toBeFocused();
  await page.keyboard.press('Enter');
  await menu.getByRole('menuitem', { name: 'Label and colour' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Label' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
});

test('the focus stays in the thread when the message that has it is hidden', async ({ chat, page }) => {
  await chat.openWith(['One', 'Two'], 'echo');
  await chat.user(3).focus();
  await page.keyboard.press('Delete');
  await expect(chat.user(3)).toHaveCount(0);
  await expect(chat.assistant(2)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(chat.assistant(4)).toBeVisible();
  await chat.user(3).getByRole('button', { name: 'More', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'Hide this branch' }).press('Enter');
  await expect(chat.assistant(2)).toBeFocused();
});

test('Escape stops a reply', async ({ chat, page }) => {
  await chat.openNew('tokens:100x20');
  await chat.box.fill('Count');
  await chat.box.press('Enter');
  await expect(chat.assistant(2)).toContainText('token 4 ');
  await chat.box.focus();
  await page.keyboard.press('Escape');
  await expect(chat.assistant(2)).toContainText('Stopped');
});

test('a screen reader gets the words of a reply: by F8 from the message box, and of each finished one if wanted', async ({
  chat,
  page,
}) => {
  await chat.openWith(['A **first** answer'], 'echo');
  const said = page.getByRole('status').filter({ hasText: 'A first answer' });
  await expect(said).toHaveCount(0);
  await chat.box.focus();
  await page.keyboard.press('F8');
  await expect(said).toHaveCount(1);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search chats and actions' }).fill('finished replies');
  await page.getByRole('option', { name: 'Read finished replies to a screen reader' }).click();
  await chat.ask('A second answer', 4);
  await expect(page.getByRole('status').filter({ hasText: /^A second answer$/ })).toHaveCount(1);
});
