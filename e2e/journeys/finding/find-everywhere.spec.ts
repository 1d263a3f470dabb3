import type { Page } from '@playwright/test';
import { commandPath } from '../../../src/protocol/index.ts';
import { expect, test } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import type { ChatPage } from '../../pages/chat-page.ts';
import { startTalk } from '../../pages/talk.ts';

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search chats and actions' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Find in all chats' });
const hits = (page: Page) => page.getByRole('region', { name: 'Found in all chats' });

/** Two chats; in the first one the lanterns are in the middle of a branch that was left. */
async function twoChats(chat: ChatPage): Promise<void> {
  const talk = await startTalk(chat.url);
  await talk.ask('Where does it begin?');
  const lanterns = await talk.ask('Tell me of the lanterns at the river');
  await talk.ask('Who lights them?');
  await talk.edit(lanterns, 'The market instead');
  await chat.openWith(['A week by the sea']);
}

test('a word from the middle of a branch that was left is found from another chat, and gone on with there', async ({
  chat,
  page,
}) => {
  await twoChats(chat);
  await page.keyboard.press('ControlOrMeta+k');
  await palette(page).fill('lanterns');
  // The replies repeat what was said.
  const hit = page.getByRole('option', { name: /lanterns at the river.*Where does it begin\? · You · / });
  await expect(hit).toBeVisible();
  await hit.click();
  await expect(chat.user(3)).toContainText('lanterns at the river');
  await expect(chat.user(3)).toBeInViewport();
  expect(await page.evaluate(() => [...(CSS.highlights.get('found-here') ?? [])].map(String))).toContain(
    'lanterns',
  );
  await expect(page.getByRole('textbox', { name: 'Find in this conversation' })).toHaveValue('lanterns');
  await page.keyboard.press('Escape');
  await chat.ask('And in winter?', 8);
  await expect(chat.user(3)).toContainText('lanterns at the river');
});

test('all results, by conversation, with filters that the address has, by keyboard', async ({
  chat,
  page,
  bough,
}) => {
  await twoChats(chat);
  await page.keyboard.press('ControlOrMeta+k');
  await palette(page).fill('the sea');
  await page.getByRole('option', { name: 'All results for “the sea”' }).click();
  await expect(field(page)).toHaveValue('the sea');
  await expect(page.getByText(/^\d+ found in 1 chat$/).first()).toBeVisible();
  await expect(hits(page).getByRole('region', { name: 'A week by the sea' })).toBeVisible();

  await field(page).fill('river');
  await expect(hits(page).getByRole('link').first()).toContainText('river');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('combobox', { name: 'Who' }).selectOption('You');
  await expect(page).toHaveURL(/\/find\?q=river&role=user$/);
  await expect(hits(page).getByRole('link')).toHaveCount(1);
  expect(await axeFaults(page, { part: 'main' })).toEqual([]);

  await page.reload();
  await expect(field(page)).toHaveValue('river');
  await expect(hits(page).getByRole('link')).toHaveCount(1);
  await field(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(hits(page).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.user(3)).toContainText('lanterns at the river');
  await page.goBack();
  await expect(field(page)).toHaveValue('river');

  // What is archived is left out, and found where one asks for it.
  const conversation = new URL(
    (await hits(page).getByRole('link').first().getAttribute('href')) ?? '',
    bough.url,
  ).pathname
    .split('/')
    .at(-1);
  await page.request.post(bough.url + commandPath('archive'), { data: { conversation } });
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('main').getByText('Nothing found', { exact: true })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
  await page.getByRole('button', { name: 'Look there too' }).click();
  await expect(hits(page).getByText('archived')).toBeVisible();
});

test('on a phone everything has room', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openWith(['A week by the sea']);
  await page.getByRole('button', { name: 'Show conversations' }).click();
  await page.getByRole('button', { name: 'Find in all chats' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(field(page)).toBeFocused();
  await page.goto(`${chat.url}/find?q=sea&code=1`);
  await expect(page.getByRole('combobox', { name: 'Model' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Only with code' }).uncheck();
  await expect(hits(page).getByRole('link').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await axeFaults(page, { part: 'main' })).toEqual([]);
});
