import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { ChatPage } from '../../pages/chat-page.ts';

const said = (page: Page, words: string | RegExp) => expect(page.getByText(words).first()).toBeVisible();

const outsideText = (page: Page) => page.getByRole('article').first().focus();

async function undoByKey({ page }: ChatPage): Promise<void> {
  await outsideText(page);
  await page.keyboard.press('ControlOrMeta+z');
}

async function redoByKey({ page }: ChatPage): Promise<void> {
  await outsideText(page);
  await page.keyboard.press('ControlOrMeta+Shift+z');
}

async function openTools(page: Page) {
  await page.getByRole('button', { name: 'Tools', exact: true }).click();
  return page.getByRole('menu', { name: 'Tools' });
}

async function rename({ page }: ChatPage, to: string): Promise<void> {
  const head = page.getByRole('banner');
  await (await openTools(page)).getByRole('menuitem', { name: 'Rename this chat' }).click();
  await head.getByRole('textbox', { name: 'Title' }).fill(to);
  await page.keyboard.press('Enter');
  await expect(head.getByRole('heading', { name: to })).toBeVisible();
}

test('I take back step by step what I did before a reload, told each time what, and do it again', async ({
  chat,
  page,
}) => {
  await chat.openWith(['A week in Kyoto', 'And the trains?'], 'echo');
  const head = page.getByRole('banner');

  await chat.user(3).focus();
  await page.keyboard.press('s');
  await chat.user(3).focus();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Label and colour' });
  await dialog.getByRole('textbox', { name: 'Label' }).fill('Trains');
  await dialog.getByRole('radio', { name: 'Red' }).check({ force: true });
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await rename(chat, 'Kyoto in May');
  await chat.user(3).focus();
  await page.keyboard.press('Delete');
  await expect(chat.user(3)).toBeHidden();
  await (await openTools(page)).getByRole('menuitem', { name: 'Archive this chat' }).click();
  await said(page, /^Archived “Kyoto in May”/);

  await page.reload();
  await expect(chat.assistant(2)).toBeVisible();
  await undoByKey(chat);
  await said(page, 'Undone: Archived “Kyoto in May”.');
  await undoByKey(chat);
  await said(page, /^Undone: Hidden: “And the trains\?”, 2 messages/);
  await expect(chat.user(3)).toBeVisible();
  const tools = await openTools(page);
  await expect(tools.getByRole('menuitem', { name: /^Redo: Hidden: “And the trains\?”/ })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('tools.png') });
  expect(await axeFaults(page)).toEqual([]);
  await tools.getByRole('menuitem', { name: 'Undo: Renamed “A week in Kyoto” to “Kyoto in May”.' }).click();
  await expect(head.getByRole('heading', { name: 'A week in Kyoto' })).toBeVisible();
  await undoByKey(chat);
  await said(page, 'Undone: Labelled “Trains”.');
  await undoByKey(chat);
  await said(page, 'Undone: Starred.');
  await undoByKey(chat);
  await said(page, 'Nothing to undo.');

  await page.reload();
  await expect(chat.user(3)).toBeVisible();
  await redoByKey(chat);
  await said(page, 'Redone: Starred.');
  await redoByKey(chat);
  await said(page, 'Redone: Labelled “Trains”.');
  await redoByKey(chat);
  await expect(head.getByRole('heading', { name: 'Kyoto in May' })).toBeVisible();
  await redoByKey(chat);
  await expect(chat.user(3)).toBeHidden();
});

test('what somebody did otherwise elsewhere in the meantime stays; I am told so, and the step before is next', async ({
  chat,
  page,
  bough,
  browser,
}) => {
  await chat.openWith(['A week in Kyoto'], 'echo');
  await chat.assistant(2).focus();
  await page.keyboard.press('s');
  await rename(chat, 'Kyoto in May');
  const elsewhere = await browser.newContext();
  const other = new ChatPage(await elsewhere.newPage(), bough.url);
  await other.page.goto(page.url());
  await expect(other.assistant(2)).toBeVisible();
  await rename(other, 'Kyoto in June');
  const title = page.getByRole('banner').getByRole('heading', { name: 'Kyoto in June' });
  await expect(title).toBeVisible();

  await undoByKey(chat);
  await said(page, /^Nothing left to undo, it was changed since then: Renamed “A week in Kyoto”/);
  await expect(title).toBeVisible();
  await undoByKey(chat);
  await said(page, 'Undone: Starred.');
  await elsewhere.close();
});

test('a chat deleted before a reload comes back with one key, from the page of a new chat', async ({
  chat,
  page,
}) => {
  await chat.openWith(['A week in Kyoto'], 'echo');
  await (await openTools(page)).getByRole('menuitem', { name: 'Delete this chat' }).click();
  await said(page, 'Deleted “A week in Kyoto”.');
  await page.reload();
  await expect(chat.box).toBeVisible();
  await page.getByRole('button', { name: 'New chat' }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await said(page, 'Undone: Deleted “A week in Kyoto”.');
  await expect(chat.assistant(2)).toBeVisible();
});

test('on a phone Tools says what Undo would take back', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openWith(['A week in Kyoto'], 'echo');
  const tools = await openTools(page);
  await expect(tools.getByRole('menuitem', { name: 'Undo' })).toHaveAccessibleDescription('Nothing to undo.');
  await page.keyboard.press('Escape');
  await rename(chat, 'Kyoto in May');
  const again = await openTools(page);
  await page.screenshot({ path: test.info().outputPath('tools-phone.png') });
  await again.getByRole('menuitem', { name: /^Undo: Renamed/ }).click();
  await expect(page.getByRole('heading', { name: 'A week in Kyoto' })).toBeVisible();
});
