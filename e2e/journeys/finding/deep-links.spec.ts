import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, watch } from '../../fixtures.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import { twoWays } from '../../pages/talk.ts';
import { planTree, seedTree } from '../../seed-tree.ts';
import { startBough } from '../../server.ts';

const versions = (chat: ChatPage, n: number) => chat.assistant(n).getByRole('group', { name: 'Versions' });

test('a copied link opens the way through its message, off the way that was shown last', async ({
  chat,
  context,
  openTab,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.openTalk(await twoWays(chat.url));
  await versions(chat, 2).getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.user(3)).toContainText('The first way');
  await chat.inMenu(chat.user(3), 'Copy link');
  await expect(chat.page.getByText('Link copied').first()).toBeVisible();
  const link = await chat.page.evaluate(() => navigator.clipboard.readText());
  await versions(chat, 2).getByRole('button', { name: 'Next version' }).click();
  await expect(chat.user(3)).toContainText('The second way');

  const other = await openTab();
  await other.page.goto(link);
  await expect(other.user(3)).toContainText('The first way');
  await expect(other.assistant(4)).toBeVisible();
  await expect(versions(other, 2)).toContainText('1 / 2');
});

test('a link to a message that is not there says so and shows the conversation', async ({ chat, page }) => {
  await chat.openWith(['Hello']);
  await page.goto(`${chat.url}/c/${chat.conversationId()}?m=no-such-message`);
  const note = page.getByText('This conversation has no such message');
  await expect(note).toBeVisible();
  await expect(chat.user(1)).toContainText('Hello');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(note).toBeHidden();
  expect(page.url()).toBe(`${chat.url}/c/${chat.conversationId()}`);
});

test('Back and Forward walk the jumps; a message sent is no jump', async ({ chat, page }) => {
  await chat.openTalk(await twoWays(chat.url));
  const plain = page.url();
  await versions(chat, 2).getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.user(3)).toContainText('The first way');
  expect(page.url()).toMatch(/\?m=[\w-]+$/);
  await page.getByRole('radio', { name: 'Split', exact: true }).click();
  const tree = page.getByRole('region', { name: 'Conversation tree' });
  await tree.getByRole('button', { name: /^The second way/ }).click();
  await expect(chat.user(3)).toContainText('The second way');
  await page.goBack();
  await expect(chat.user(3)).toContainText('The first way');
  await page.goBack();
  await expect(chat.user(3)).toContainText('The second way');
  expect(page.url()).toBe(plain);
  await page.goForward();
  await expect(chat.user(3)).toContainText('The first way');

  await chat.ask('On from here', 6);
  expect(page.url()).toBe(plain);
  await page.goBack();
  await expect(chat.user(3)).toContainText('The second way');
});

test('Back walks over an edit, another reply and a fork, each to where one was, and stays on the page', async ({
  chat,
  page,
}) => {
  await chat.openWith(['Which city?', 'And then?']);
  const plain = page.url();

  await chat.edit(chat.user(1), 'Which island?');
  await expect(chat.user(1)).toContainText('Which island?');
  await chat.settled();
  await chat.ask('Which beach?', 4);
  expect(page.url()).toBe(plain);

  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Regenerate' }).click();
  await expect(versions(chat, 2)).toContainText('2 / 2');
  await chat.settled();
  await chat.ask('By boat?', 4);

  await chat.assistant(2).hover();
  await chat.assistant(2).getByRole('button', { name: 'Fork from here' }).click();
  await chat.ask('By plane?', 4);
  await expect(chat.user(3)).toContainText('By plane?');

  await page.goBack();
  await expect(chat.user(3)).toContainText('By boat?');
  await page.goBack();
  await expect(chat.user(3)).toContainText('Which beach?');
  await expect(versions(chat, 2)).toContainText('1 / 2');
  await page.goBack();
  await expect(chat.user(1)).toContainText('Which city?');
  await expect(chat.user(3)).toContainText('And then?');
  expect(page.url()).toBe(plain);

  await page.goForward();
  await expect(chat.user(3)).toContainText('Which beach?');
  await page.goForward();
  await page.goForward();
  await expect(chat.user(3)).toContainText('By plane?');
  await page.reload();
  await expect(chat.user(3)).toContainText('By plane?');
});

test('a link into a thousand messages scrolls to its message', async ({ page }) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'bough-e2e-'));
  const { conversation, ids } = await seedTree(folder, 'realistic', 1_000);
  const bough = await startBough({}, folder);
  const faults = watch(page, []);
  try {
    const chat = new ChatPage(page, bough.url);
    for (const index of [41, 600]) {
      await page.goto(`${bough.url}/c/${conversation}?m=${ids[index]}`);
      await expect(chat.message(depthOf(planTree('realistic', 1_000), index))).toBeInViewport();
    }
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    await bough.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** The position of a planned message on its path, from 1. */
function depthOf(plan: ReturnType<typeof planTree>, index: number): number {
  let depth = 0;
  for (let at: number | null = index; at !== null; at = plan[at]?.parent ?? null) depth += 1;
  return depth;
}
