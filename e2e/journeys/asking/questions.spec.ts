import type { Locator, Page } from '@playwright/test';
import { type EngineProcess, referenceServer } from '../../../src/server/engine/remote/testing/reference.ts';
import { expect, test, watch } from '../../fixtures.ts';
import { axeFaults } from '../../pages/axe.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { type BoughServer, startBough } from '../../server.ts';

const PERMISSION = { name: 'Permission: Count the words of this conversation' };
const QUESTION = { name: 'Question: How shall I say it?' };

const asksIn = (place: Page | Locator, name = PERMISSION): Locator => place.getByRole('group', name);
const button = (group: Locator, name: string): Locator => group.getByRole('button', { name, exact: true });

/** A chat whose reply waits for a permission. */
async function asked(chat: ChatPage): Promise<Locator> {
  await chat.openNew(/^Demo: ask/);
  await chat.send('Count for me');
  const group = asksIn(chat.assistant(2));
  await expect(group).toBeVisible();
  return group;
}

test('a reply asks before it goes on: seen in every tab, kept over a reload, answered in another tab', async ({
  chat,
  openTab,
  page,
}) => {
  const here = await asked(chat);
  await expect(here).toContainText('count_words --conversation this');
  await expect(chat.sidebar.getByRole('link', { name: /asks you/ })).toBeVisible();
  await expect(page).toHaveTitle(/^Asks you · /);
  const other = await openTab();
  await other.page.goto(page.url());
  await expect(asksIn(other.assistant(2))).toBeVisible();
  await expect(other.page).toHaveTitle(/^Asks you · /);
  await page.reload();
  await expect(here).toBeVisible();
  await button(asksIn(other.assistant(2)), 'Allow once').click();
  await expect(here).toContainText('Answered: Allow once');
  await expect(button(here, 'Allow once')).toBeHidden();
  const next = asksIn(chat.assistant(2), QUESTION);
  await button(next, 'In a sentence').click();
  await chat.settled();
  await expect(chat.assistant(2)).toContainText('There are 3 words in this conversation so far.');
  await expect(page).not.toHaveTitle(/you/);
  await expect(chat.sidebar.getByRole('link', { name: /asks you/ })).toBeHidden();
  await page.reload();
  await expect(here).toContainText('Answered: Allow once');
  await expect(next).toContainText('Answered: In a sentence');
});

test('a question is answered by keyboard, and the focus stays where it was asked', async ({ chat, page }) => {
  const group = await asked(chat);
  await group.focus();
  await page.keyboard.press('9');
  await expect(button(group, 'Reject')).toBeEnabled();
  await page.keyboard.press('3');
  await expect(group).toContainText('Answered: Reject');
  await expect(group).toBeFocused();
  await chat.settled();
  await expect(chat.assistant(2)).toContainText('You said no, so I counted nothing.');
});

test('a question is answered on its card in the tree', async ({ chat, page }) => {
  await asked(chat);
  await page.getByRole('radio', { name: 'Tree' }).check();
  const tree = page.getByRole('region', { name: 'Conversation tree' });
  await expect(tree.getByText('Asks you: Count the words of this conversation').first()).toBeVisible();
  await expect(tree.getByRole('treeitem', { name: /Count for me.*asks you/ })).toBeVisible();
  await button(asksIn(tree), 'Allow once').click();
  const next = asksIn(tree, QUESTION);
  await next.focus();
  await page.keyboard.press('1');
  await expect(next).toBeHidden();
  await page.getByRole('radio', { name: 'Chat' }).check();
  await chat.settled();
  await expect(chat.assistant(2)).toContainText('3 words.');
});

test('Stop while it asks: it says what it did not do, and nothing can be answered any more', async ({
  chat,
}) => {
  const group = await asked(chat);
  await chat.stopButton.click();
  await chat.settled();
  await expect(group).toContainText('Withdrawn');
  await expect(chat.assistant(2)).toContainText('You stopped me, so I counted nothing.');
  await expect(chat.assistant(2)).toContainText('Stopped');
});

test.describe('on a server of its own', () => {
  test.use({ server: 'own' });
  test('a restart ends a reply that asks as interrupted, with what it asked', async ({
    chat,
    bough,
    expectedErrors,
  }) => {
    expectedErrors.push(/Failed to load resource/, /net::ERR_/);
    const group = await asked(chat);
    await bough.end('SIGKILL');
    await bough.restart();
    await expect(chat.assistant(2)).toContainText('Interrupted', { timeout: 20_000 });
    await expect(group).toContainText('Not answered');
    await expect(chat.sidebar.getByRole('link', { name: /asks you/ })).toBeHidden();
  });
});

test('axe finds nothing in a question, on a phone', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const group = await asked(chat);
  expect(await axeFaults(page)).toEqual([]);
  const box = await group.boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
  await button(group, 'Reject').click();
  await chat.settled();
  expect(await axeFaults(page)).toEqual([]);
});

test.describe('two servers on one engine', () => {
  let engine: EngineProcess;
  let servers: [BoughServer, BoughServer];
  test.beforeEach(async () => {
    engine = await referenceServer();
    const env = { BOUGH_DEMO_MODES: '1', BOUGH_STREAMS_URL: engine.url };
    servers = [await startBough(env), await startBough(env)];
  });
  test.afterEach(async () => {
    for (const server of servers) await server.stop();
    await engine.stop();
  });

  test('a question is answered, and a reply stopped, at the other one', async ({ page, context }) => {
    test.slow();
    const faults = watch(page, []);
    const chat = new ChatPage(page, servers[0].url);
    const here = await asked(chat);
    const there = new ChatPage(await context.newPage(), servers[1].url);
    await there.page.goto(`${servers[1].url}${new URL(page.url()).pathname}`);
    await button(asksIn(there.assistant(2)), 'Always allow').click();
    await expect(here).toContainText('Answered: Always allow');
    await expect(asksIn(chat.assistant(2), QUESTION)).toBeVisible();
    await there.stopButton.click();
    await chat.settled();
    await expect(chat.assistant(2)).toContainText('You stopped me, so I keep it to myself.');
    await expect(there.assistant(2)).toContainText('Stopped');
    expect(faults).toEqual([]);
  });
});
