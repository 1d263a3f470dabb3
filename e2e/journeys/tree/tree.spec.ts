import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, watch } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { twoWays } from '../../pages/talk.ts';
import { seedTree } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

// What the view of the tree does when both change at once.
test.use({ motion: 'full' });

const tree = (page: Page) => page.getByRole('region', { name: 'Conversation tree' });
const show = (page: Page, panes: 'Chat' | 'Split' | 'Tree') =>
  page.getByRole('radio', { name: panes, exact: true }).click();
const rows = (page: Page) => tree(page).getByRole('treeitem');

/** Regenerates the reply at position n and waits for the new one. */
async function regenerate(chat: ChatPage, n: number, versions: string): Promise<void> {
  await chat.assistant(n).getByRole('button', { name: 'Regenerate' }).click();
  await expect(chat.assistant(n).getByRole('group', { name: 'Versions' })).toContainText(versions);
  await chat.settled();
}

test('the tree is offered at the first fork, and shows the replies that Regenerate made', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1080, height: 720 });
  await chat.openWith(['Which city?']);
  await expect(page.getByRole('radio', { name: 'Chat', exact: true })).toBeChecked();
  await regenerate(chat, 2, '2 / 2');
  await page.getByRole('button', { name: 'Show the tree beside the chat' }).click();
  await expect(page.getByRole('radio', { name: 'Split', exact: true })).toBeChecked();
  const chips = tree(page).getByRole('button', { name: /^Reply \d of 2$/ });
  await expect(chips).toHaveCount(2);
  await expect(
    tree(page)
      .getByText(/^(Reading|You write|Your next)/)
      .first(),
  ).toBeVisible();

  await chips.first().click();
  await expect(chat.assistant(2).getByRole('group', { name: 'Versions' })).toContainText('1 / 2');
  await show(page, 'Chat');
  await expect(page.getByRole('button', { name: 'Show the tree beside the chat' })).toBeHidden();
});

test('where there is room the tree comes beside the chat at the first fork, unless it was put away', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await chat.openWith(['Which city?']);
  await expect(page.getByRole('radio', { name: 'Chat', exact: true })).toBeChecked();
  await regenerate(chat, 2, '2 / 2');
  await expect(page.getByRole('radio', { name: 'Split', exact: true })).toBeChecked();
  await expect(tree(page).getByRole('button', { name: 'Fork 1 of 1' })).toBeVisible();
  await show(page, 'Chat');
  await page.reload();
  await expect(chat.assistant(2)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Chat', exact: true })).toBeChecked();
});

test('a small tree opens with all of it in sight, also while the thread finds its place', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await chat.openWith(['Where does it begin?', 'The first way']);
  await chat.edit(chat.user(3), 'The second way');
  await expect(chat.user(3)).toContainText('The second way');
  await chat.settled();
  await show(page, 'Split');
  await expect(
    tree(page)
      .getByText(/^(Reading|You write|Your next)/)
      .first(),
  ).toBeVisible();
  await page.waitForTimeout(600);
  for (const card of await tree(page).locator('[data-card]').all()) {
    await expect(card).toBeInViewport({ ratio: 0.99 });
  }
});

test('of two replies being written, each is stopped from its own card', async ({ chat, page }) => {
  await chat.openNew('tokens:2000x20');
  await chat.send('The first wording');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  await chat.edit(chat.user(1), 'The second wording');
  await expect(chat.assistant(2)).toContainText('token 3 ');
  await show(page, 'Tree');
  await expect(tree(page).getByRole('button', { name: '2 live', exact: true })).toBeVisible();
  const card = (words: string) => tree(page).locator('[data-card]').filter({ hasText: words });
  await card('The first wording').hover();
  await card('The first wording').getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(card('The first wording')).toContainText('Stopped');
  await tree(page).getByRole('button', { name: '1 live', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /The second wording.*on your path/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await card('The second wording').hover();
  await card('The second wording').getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(tree(page).getByRole('button', { name: '0 live', exact: true })).toBeVisible();
});

test('go back to another way by mouse', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  await show(page, 'Split');
  await tree(page)
    .getByRole('button', { name: /^The first way/ })
    .click();
  await expect(chat.user(3)).toContainText('The first way');
  await tree(page)
    .getByRole('button', { name: /^The second way/ })
    .click();
  await expect(chat.user(3)).toContainText('The second way');
});

test('go back to another way with the keyboard alone', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  await show(page, 'Split');
  const here = tree(page).getByRole('treeitem', { name: /reading/ });
  await expect(here).toHaveAttribute('aria-level', '1');
  await here.focus();
  await page.keyboard.press('ArrowRight');
  const other = tree(page).getByRole('treeitem', { name: /The first way/ });
  await expect(other).toBeFocused();
  await expect(other).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('Enter');
  await expect(chat.user(3)).toContainText('The first way');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(tree(page).getByRole('treeitem', { name: /Where does it begin.*reading/ })).toBeFocused();
});

test('the line between the panes moves by arrow keys and is kept', async ({ chat, page }) => {
  await chat.openWith(['Hello']);
  await show(page, 'Split');
  const line = page.getByRole('separator', { name: 'Width of the chat' });
  await line.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(line).toHaveAttribute('aria-valuenow', '48');
  await page.reload();
  await expect(line).toHaveAttribute('aria-valuenow', '48');
});

test('on a phone the tree is the outline, and going somewhere shows the chat', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.openTalk(await twoWays(chat.url));
  await expect(page.getByRole('radio', { name: 'Split', exact: true })).toBeHidden();
  await show(page, 'Tree');
  await expect(rows(page)).toHaveCount(3);
  await rows(page).filter({ hasText: 'The first way' }).click();
  await expect(page.getByRole('radio', { name: 'Chat', exact: true })).toBeChecked();
  await expect(chat.user(3)).toContainText('The first way');
});

test('the tree shows what is being written, and stays where it is', async ({ chat, page }) => {
  await chat.openWith(['Hello']);
  await show(page, 'Split');
  await chat.chooseModel('tokens:100x20');
  await chat.send('Count');
  await expect(tree(page).getByRole('button', { name: /token [1-9]/ })).toBeVisible();
  const canvas = tree(page).locator('.react-flow__viewport');
  const before = await canvas.getAttribute('style');
  await expect(tree(page).getByRole('button', { name: /token [3-9]\d / })).toBeVisible();
  expect(await canvas.getAttribute('style')).toBe(before);
  await chat.settled();
});

test('axe finds nothing in Split and Tree', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  for (const panes of ['Split', 'Tree'] as const) {
    await show(page, panes);
    await expect(tree(page).getByRole('button', { name: /^The second way/ })).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
  }
});

test('thread and tree of 300 messages are in step: a card scrolls the thread, the thread moves the mark', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const { conversation } = await seedTree(folder, 'trunk', 300);
  const bough = await startBough({}, folder);
  const faults = watch(page, []);
  try {
    const chat = new ChatPage(page, bough.url);
    await page.goto(`${bough.url}/c/${conversation}`);
    await expect(chat.assistant(300)).toBeVisible();
    await show(page, 'Split');
    await expect(
      tree(page)
        .getByText(/^(Reading|You write|Your next)/)
        .first(),
    ).toBeVisible();
    expect(await tree(page).locator('.react-flow__node').count()).toBeLessThan(20);

    const outline = tree(page).getByRole('treeitem', { name: /reading/ });
    await outline.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(chat.user(1)).toBeInViewport();
    await expect(tree(page).getByRole('treeitem', { name: /reading/ })).toHaveAttribute('aria-posinset', '1');

    await chat.log.hover();
    await page.mouse.wheel(0, 4_000);
    await expect(chat.user(1)).not.toBeInViewport();
    await expect(outline).not.toHaveAttribute('aria-posinset', '1');
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('edit, regenerate and fork from a card, from Tree with the thread coming beside it', async ({
  chat,
  page,
}) => {
  await chat.openTalk(await twoWays(chat.url));
  await show(page, 'Split');
  const card = tree(page).getByRole('button', { name: /^The first way/ });
  const act = async (name: string) => {
    await card.hover();
    await tree(page).getByRole('button', { name, exact: true }).filter({ visible: true }).click();
  };
  await act('Regenerate');
  await expect(chat.user(3)).toContainText('The first way');
  await expect(chat.assistant(4).getByRole('group', { name: 'Versions' })).toContainText('2 / 2');
  await chat.settled();
  await show(page, 'Tree');
  await act('Edit');
  const box = chat.editor;
  await expect(box).toHaveValue('The first way');
  await page.keyboard.press('Escape');
  await act('Fork from here');
  await expect(chat.box).toBeFocused();
});
