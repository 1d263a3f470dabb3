import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { axeFaults } from '../pages/axe.ts';
import type { ChatPage } from '../pages/chat-page.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'Find in this conversation' });
const bar = (page: Page) => page.getByRole('search', { name: 'Find in this conversation' });
const found = (page: Page) => page.getByRole('list', { name: 'Found' });

/** One question, answered three ways, each gone on from; only the first says "lanterns". Ends on the third. */
async function threeWays(chat: ChatPage): Promise<void> {
  await chat.openNew();
  await chat.ask('Where does it begin?', 2);
  await chat.ask('Tell me of the lanterns at the river', 4);
  for (const [n, words] of [
    [2, 'The market instead'],
    [3, 'The station instead'],
  ] as const) {
    await chat.assistant(2).getByRole('button', { name: 'Regenerate' }).click();
    await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText(`${n} / ${n}`);
    await chat.settled();
    await chat.ask(words, 4);
  }
}

test('find what was said about lanterns three forks ago and continue from there, with the keyboard alone', async ({
  chat,
  page,
}) => {
  await threeWays(chat);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('LANTERNS');
  await expect(bar(page).getByText(/^\d+ found$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(chat.user(3)).toContainText('lanterns at the river');
  await expect(chat.user(3)).toBeInViewport();
  expect(await page.evaluate(() => [...(CSS.highlights.get('found-here') ?? [])].map(String))).toContain(
    'lanterns',
  );
  await page.keyboard.press('Escape');
  await expect(field(page)).toBeHidden();
  await expect(chat.user(3)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chat.box).toBeFocused();
  await page.keyboard.type('And who lights them?');
  await page.keyboard.press('Enter');
  await expect(chat.user(5)).toContainText('And who lights them?');
  await expect(chat.user(3)).toContainText('lanterns at the river');
});

test('the same by mouse: open the hit in the list, go on there', async ({ chat, page }) => {
  await threeWays(chat);
  await page.getByRole('button', { name: 'Find in this conversation' }).click();
  await field(page).fill('lanterns');
  await found(page).getByRole('button').filter({ hasText: 'on another branch' }).first().click();
  await expect(chat.user(3)).toContainText('lanterns at the river');
  await page.getByRole('button', { name: 'Close find' }).click();
  await chat.ask('Go on', 6);
  await expect(chat.user(3)).toContainText('lanterns at the river');
});

test('hits are counted, stepped through round and round, and marked in the outline', async ({
  chat,
  page,
}) => {
  await threeWays(chat);
  await page.getByRole('radio', { name: 'Tree', exact: true }).click();
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('instead');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('combobox', { name: 'Who' }).selectOption('You');
  await expect(bar(page).getByText('2 found')).toBeVisible();
  const rows = page.getByRole('treeitem', { name: /1 hit/ });
  await expect(rows).toHaveCount(2);
  await field(page).focus();
  await page.keyboard.press('Enter');
  await expect(bar(page).getByText('2 of 2')).toBeVisible();
  await page.keyboard.press('F3');
  await expect(bar(page).getByText('1 of 2')).toBeVisible();
  await page.keyboard.press('Shift+F3');
  await expect(bar(page).getByText('2 of 2')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(0);
});

test('what nobody said is not found, and that is said', async ({ chat, page }) => {
  await chat.openNew();
  await chat.ask('Hello', 2);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('zebra');
  await expect(bar(page).getByText('Nothing found')).toBeVisible();
  await chat.box.fill('A zebra');
  await chat.box.press('Enter');
  await expect(bar(page).getByText(/^\d+ found$/)).toBeVisible({ timeout: 15_000 });
});

test('axe finds nothing while something is found', async ({ chat, page }) => {
  await chat.openNew();
  await chat.ask('Lanterns', 2);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('lanterns');
  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(found(page)).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
});
