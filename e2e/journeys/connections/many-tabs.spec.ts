import type { BrowserContext } from '@playwright/test';
import { newId } from '../../../src/protocol/index.ts';
import { expect, test, watch } from '../../fixtures.ts';
import { type Front, frontOf } from '../../front.ts';
import { ChatPage } from '../../pages/chat-page.ts';
import type { ScriptedProvider } from '../../provider/start.ts';
import type { BoughServer } from '../../server.ts';

let front: Front;
let faults: string[][];
const live = () => front.answering('/api/live');

test.beforeEach(async ({ bough }) => {
  front = await frontOf([bough.url]);
  faults = [];
});
test.afterEach(() => front.close());

/** A conversation whose question is being answered by `model`, made by a program. */
async function asked(
  bough: BoughServer,
  provider: ScriptedProvider,
  text: string,
  model: string,
): Promise<string> {
  const [conversation, message, reply] = [newId(), newId(), newId()];
  const ref = { source: new URL(provider.baseUrl).host, id: model };
  await command(bough, 'create', { conversation });
  await command(bough, 'send', { conversation, message, parent: null, text, reply, model: ref });
  return conversation;
}

async function command(bough: BoughServer, name: string, input: object): Promise<void> {
  const body = JSON.stringify(input);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${bough.url}/api/commands/${name}`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
}

async function open(context: BrowserContext, conversation: string): Promise<ChatPage> {
  const page = await context.newPage();
  faults.push(watch(page, []));
  await page.goto(`${front.url}/c/${conversation}`);
  return new ChatPage(page, front.url);
}

async function crash({ page }: ChatPage): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const gone = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await gone;
}

/** A request that waits for the connection of another tab waits for ever; one that waits for a busy machine does not. */
const PATIENCE = 240_000;
const writing = (chat: ChatPage) =>
  expect(chat.assistant(2)).toContainText('token 1 ', { timeout: PATIENCE / 3 });

const numbers = async (chat: ChatPage) =>
  [...(await chat.assistant(2).innerText()).matchAll(/token (\d+)/g)].map((match) => Number(match[1]));

test('twelve tabs and a second browser, each with a reply being written: none waits for another', async ({
  bough,
  provider,
  browser,
}) => {
  test.setTimeout(PATIENCE);
  const texts = Array.from({ length: 12 }, (_, n) => `Tab number ${n}`);
  const ids = await Promise.all(texts.map((text) => asked(bough, provider, text, 'tokens:999x2')));
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  const chats = await Promise.all(ids.map((id) => open(first, id)));
  const other = await open(second, ids[11] as string);
  for (const chat of [...chats, other]) await writing(chat);
  await expect.poll(live).toBe(2);

  const [starter, crashing, reloading, asking] = chats as [ChatPage, ChatPage, ChatPage, ChatPage];
  const last = chats[11] as ChatPage;
  await reloading.page.reload();
  await writing(reloading);
  await asking.stopButton.click();
  await asking.settled();
  expect(await asking.page.evaluate(async () => (await fetch('/api/health')).status)).toBe(200);
  // The worker began with the first tab: neither its end nor a crash takes it from the others.
  await starter.page.close();
  await crash(crashing);
  for (const chat of chats.slice(4, 11)) await chat.page.close();
  await last.stopButton.click();
  await last.settled();
  await expect(other.assistant(2)).toContainText('Stopped');
  await other.chooseModel(/^Demo \(/);
  await other.ask('Said in the other browser', 4);
  await expect(last.user(3)).toContainText('Said in the other browser');
  await expect(last.assistant(4)).toContainText('the last was “Said in the other browser”');
  await expect.poll(live).toBe(2);

  await first.close();
  await expect.poll(live).toBe(1);
  await second.close();
  await expect.poll(live).toBe(0);
  expect(faults.flat()).toEqual([]);
});

test('without shared workers each tab has a connection of its own, and hidden tabs let go', async ({
  bough,
  provider,
  browser,
}) => {
  test.setTimeout(PATIENCE);
  const context = await browser.newContext();
  // Headless pages are never hidden: the test says when one is.
  await context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'SharedWorker');
    let hidden = false;
    Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
    addEventListener('test-hidden', (event) => {
      hidden = (event as CustomEvent<boolean>).detail;
      document.dispatchEvent(new Event('visibilitychange'));
    });
  });
  const hide = ({ page }: ChatPage, detail: boolean) =>
    page.evaluate((value) => dispatchEvent(new CustomEvent('test-hidden', { detail: value })), detail);
  const chats: ChatPage[] = [];
  for (let n = 0; n < 7; n += 1) {
    const chat = await open(context, await asked(bough, provider, `Alone ${n}`, 'tokens:200x8'));
    await writing(chat);
    await expect.poll(live).toBe(1);
    await hide(chat, true);
    await expect.poll(live).toBe(0);
    chats.push(chat);
  }
  const [chat] = chats as [ChatPage];
  await hide(chat, false);
  await chat.settled();
  expect(await numbers(chat)).toEqual([...Array(200).keys()]);
  await expect.poll(live).toBe(1);
  await context.close();
  expect(faults.flat()).toEqual([]);
});
