import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../../fixtures.ts';
import { violationsIn } from '../../pages/axe.ts';
import type { ChatPage } from '../../pages/chat-page.ts';

test.use({ server: 'shared' });

const drawer = (page: Page) => page.getByRole('complementary', { name: 'Aside', exact: true });
const box = (page: Page) => drawer(page).getByRole('textbox', { name: 'Ask aside' });
const chip = (within: Locator, name: string) => within.getByRole('button', { name, exact: true });

async function openAside(chat: ChatPage, n: number): Promise<void> {
  await chat.inMenu(chat.assistant(n), /^Ask aside/);
  await expect(box(chat.page)).toBeFocused();
}

async function askAside(page: Page, text: string, replies: number): Promise<void> {
  await box(page).fill(text);
  await page.keyboard.press('Enter');
  await expect(drawer(page).getByRole('article')).toHaveCount(replies * 2);
  await expect(drawer(page).getByRole('button', { name: 'Ask', exact: true })).toBeVisible();
}

test('ask aside about a reply: the conversation neither sees nor counts it; bring the answer forward', async ({
  chat,
  page,
}) => {
  await chat.openNew(/^Demo \(/);
  await chat.ask('Which city first?', 2);
  await openAside(chat, 2);
  await askAside(page, 'What is a demo?', 1);
  await askAside(page, 'And then?', 2);
  await expect(chat.log.first().getByRole('article', { name: /, message \d+$/ })).toHaveCount(2);
  expect(await violationsIn(page)).toEqual([]);
  await drawer(page).getByRole('button', { name: 'Bring forward' }).click();
  await expect(page.getByRole('list', { name: 'Quotes' }).getByRole('listitem')).toHaveCount(1);
  await expect(chat.box).toBeFocused();
  await chat.ask('So?', 4);
  await expect(chat.assistant(4)).toContainText('3 messages');
  await page.reload();
  await expect(drawer(page)).toHaveCount(0);
  await expect(chat.user(3)).not.toContainText('What is a demo?');
  await chip(chat.assistant(2), '1 aside').click();
  await expect(drawer(page).getByRole('article')).toHaveCount(4);
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toHaveCount(0);
});

test('a question that is edited stays in its place while the aside is answered', async ({ chat, page }) => {
  await page.setViewportSize({ width: 1_280, height: 600 });
  await chat.openWith(['Which city first?'], 'echo');
  await openAside(chat, 2);
  await askAside(page, 'script: tokens:120x999', 1);
  await box(page).fill('script: tokens:9000x150');
  await page.keyboard.press('Enter');
  const log = drawer(page).getByRole('log');
  const left = () => log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);
  const grown = async (by: number) => {
    const height = () => log.evaluate((log) => log.scrollHeight);
    const before = await height();
    await expect.poll(height).toBeGreaterThan(before + by);
  };
  await drawer(page).getByText('token 60 ').last().waitFor();
  await grown(60);
  await expect.poll(left).toBeLessThanOrEqual(1);
  const asked = drawer(page).getByRole('article').nth(2);
  await asked.hover();
  await asked.getByRole('button', { name: 'Edit' }).click();
  const edit = drawer(page).getByRole('textbox', { name: 'Edit message' });
  await expect(edit).toBeFocused();
  const before = (await edit.boundingBox())?.y ?? 0;
  await grown(300);
  expect(Math.abs(((await edit.boundingBox())?.y ?? 0) - before)).toBeLessThan(4);
  await page.keyboard.press('Escape');
  await log.hover();
  await page.mouse.wheel(0, 9_000);
  await grown(200);
  await expect.poll(left).toBeLessThanOrEqual(1);
});

test('on selected words; drop it and undo; keep it as a branch, counted from then on', async ({
  chat,
  page,
}) => {
  await chat.openWith(['One', 'Two']);
  await chat
    .assistant(2)
    .locator('.md p')
    .first()
    .evaluate((element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() as Text;
      getSelection()?.setBaseAndExtent(text, 0, text, text.length);
    });
  await page
    .getByRole('toolbar', { name: 'Selected words' })
    .getByRole('button', { name: 'Ask aside' })
    .click();
  await expect(drawer(page).getByRole('list', { name: 'Quotes' }).getByRole('listitem')).toHaveCount(1);
  await askAside(page, 'Why this word?', 1);
  await expect(drawer(page).getByRole('figure', { name: /^Quoted from/ })).toBeVisible();
  await drawer(page).getByRole('button', { name: 'Drop', exact: true }).click();
  await expect(drawer(page)).toHaveCount(0);
  await expect(chip(chat.assistant(2), '1 aside')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await chip(chat.assistant(2), '1 aside').click();
  await drawer(page).getByRole('button', { name: 'Keep as a branch' }).click();
  await expect(drawer(page)).toHaveCount(0);
  await expect(chat.user(3).getByRole('group', { name: 'Versions' })).toContainText('1 / 2');
  await expect(chat.user(3)).toContainText('Two');
  await page.keyboard.press('Control+z');
  await expect(chat.user(3).getByRole('group', { name: 'Versions' })).toHaveCount(0);
  await expect(chip(chat.assistant(2), '1 aside')).toBeVisible();
});

test('by keys, on a phone as a sheet, in the dark; a second aside beside the first; Esc closes', async ({
  chat,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 800 });
  await chat.openWith(['One']);
  await chat.assistant(2).focus();
  await page.keyboard.press('a');
  await expect(box(page)).toBeFocused();
  await box(page).fill('A draft');
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toHaveCount(0);
  await page.reload();
  await openAside(chat, 2);
  await expect(box(page)).toHaveValue('A draft');
  await drawer(page).getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(drawer(page).getByRole('article')).toHaveCount(2);
  await expect(drawer(page).getByRole('button', { name: 'Ask', exact: true })).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  await drawer(page).getByRole('combobox', { name: 'Asides of this message' }).selectOption('New aside');
  await askAside(page, 'Another', 1);
  await page.screenshot({ path: test.info().outputPath('sheet.png') });
  await page.keyboard.press('Escape');
  await expect(chip(chat.assistant(2), '2 asides')).toBeVisible();
  await expect(chat.assistant(2)).toBeFocused();
});

test('I write on while a reply is written in it: that waits, here and not in the chat; and I ask in other words', async ({
  chat,
  page,
}) => {
  await chat.openWith(['One']);
  await chat.chooseModel('tokens:100x20');
  await openAside(chat, 2);
  await box(page).fill('Count');
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toContainText('token 5 ');
  await box(page).fill('And back');
  await drawer(page).getByRole('button', { name: 'Ask when this reply is done' }).click();
  await box(page).fill('And once more');
  await page.keyboard.press('Enter');
  const queue = drawer(page).getByRole('list', { name: 'Queued messages' });
  await expect(queue.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'Queued messages' })).toHaveCount(1);
  await page.reload();
  await chip(chat.assistant(2), '1 aside').click();
  await expect(queue.getByRole('listitem')).toHaveCount(2);
  await queue.getByRole('button', { name: 'Edit “And once more”' }).click();
  await expect(box(page)).toHaveValue('And once more');
  await expect(drawer(page).getByRole('article')).toHaveCount(4);
  await expect(drawer(page).getByRole('article', { name: 'You, message 3 of the aside' })).toContainText(
    'And back',
  );
  await expect(chat.log.first().getByRole('article', { name: /, message \d+$/ })).toHaveCount(2);
  await box(page).fill('');
  await expect(drawer(page).getByRole('button', { name: 'Stop this reply' })).toHaveCount(0);

  const first = drawer(page).getByRole('article', { name: 'You, message 1 of the aside' });
  await first.focus();
  await page.keyboard.press('e');
  await drawer(page).getByRole('textbox', { name: 'Edit message' }).fill('Count otherwise');
  await drawer(page).getByRole('button', { name: 'Save & send' }).click();
  await expect(first).toContainText('Count otherwise');
  await expect(drawer(page).getByRole('article')).toHaveCount(2);
  await expect(chip(chat.assistant(2), '2 asides')).toBeVisible();
  await expect(chat.log.first().getByRole('article', { name: /, message \d+$/ })).toHaveCount(2);
});

test('two tabs: an aside appears in the other, and is stopped there', async ({ chat, page, openTab }) => {
  await chat.openWith(['One']);
  const other = await openTab();
  await other.page.goto(page.url());
  await expect(other.assistant(2)).toBeVisible();
  await chat.chooseModel('tokens:100x20');
  await openAside(chat, 2);
  await box(page).fill('Count');
  await page.keyboard.press('Enter');
  await chip(other.assistant(2), '1 aside').click();
  await expect(drawer(other.page)).toContainText('token 5 ');
  await drawer(other.page).getByRole('button', { name: 'Stop this reply' }).click();
  await expect(drawer(page)).toContainText('Stopped');
  await expect(chat.log.first().getByRole('article', { name: /, message \d+$/ })).toHaveCount(2);
});

test('in the tree and the outline behind a switch, dashed; a card or a row opens it', async ({
  chat,
  page,
}) => {
  await chat.openWith(['One', 'Two']);
  await openAside(chat, 2);
  await askAside(page, 'In passing', 1);
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Tree', exact: true }).check({ force: true });
  const rows = page.getByRole('tree', { name: 'Outline' }).getByRole('treeitem');
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Tools', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Show asides in the tree' }).click();
  const row = rows.filter({ hasText: 'In passing' });
  await expect(row).toHaveAccessibleName(/^aside, In passing/);
  await page.screenshot({ path: test.info().outputPath('tree.png') });
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(drawer(page).getByRole('article')).toHaveCount(2);
  await page.getByRole('button', { name: 'Tools', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Hide asides in the tree' }).click();
  await expect(rows).toHaveCount(2);
});

test('asides are found and exported where one asks for it, and a hit in one is gone to in its drawer', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 560 });
  await chat.openNew(/^Demo \(/);
  await chat.ask('Which city first?', 2);
  await openAside(chat, 2);
  await askAside(page, 'What are pagodas?', 1);
  await askAside(page, 'And then?', 2);
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toHaveCount(0);

  const find = page.getByRole('search', { name: 'Find in this conversation' });
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('What are pagodas');
  await expect(find.getByText('Nothing found')).toBeVisible();
  await find.getByRole('button', { name: 'Filters' }).click();
  await find.getByRole('checkbox', { name: 'Asides too' }).check();
  const hit = page.getByRole('list', { name: 'Found' }).getByRole('button').first();
  await expect(hit).toContainText('in an aside');
  await hit.click();
  await expect(drawer(page).getByRole('article').first()).toContainText('What are pagodas?');
  await expect(drawer(page).getByRole('article').first()).toBeInViewport();
  await find.getByRole('button', { name: 'Close find' }).click();

  const exported = async (withAsides: boolean) => {
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('menuitem', { name: 'Export this chat' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('radio', { name: 'Markdown' }).check();
    await dialog.getByRole('checkbox', { name: 'Hidden branches and asides too' }).setChecked(withAsides);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'Download' }).click(),
    ]);
    await page.keyboard.press('Escape');
    return readFile(await file.path(), 'utf8');
  };
  expect(await exported(false)).not.toContain('pagodas');
  expect(await exported(true)).toContain('What are pagodas?');
});
