/**
 * From a program's request to the frame that shows its message in an open tab: a `POST` to the branch as any Durable Streams client makes it, and
 * Bough's own `send`, in turns in one conversation, each answered by the demo. Both come from this process, on the clock of the page.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { ChatPage } from '../e2e/pages/chat-page.ts';
import { type BoughServer, startBough } from '../e2e/server.ts';
import { commandPath, newId } from '../src/protocol/index.ts';
import { launchBrowser } from './browser.ts';
import { figure, ms, percentile } from './report.ts';
import { post, tipOf } from './speaker.ts';

const TURNS = 40;
/** Of each kind, before it counts: code that runs for the first time. */
const WARM = 4;
const model = { source: 'demo', id: 'demo' };

const bough = await startBough({ BOUGH_DEMO_PAUSE: '0' });
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await page.addInitScript({ path: join(import.meta.dirname, 'watch-paint.js') });
  const chat = new ChatPage(page, bough.url);
  await chat.openNew();
  await chat.ask('Begin', 2);
  const conversation = chat.conversationId();
  const say = { outside: await outside(bough, conversation), own: own(bough, conversation) };
  const delays = { outside: [] as number[], own: [] as number[] };
  let said = 2;
  for (let turn = 0; turn < WARM + TURNS; turn += 1) {
    const order = turn % 2 === 0 ? (['outside', 'own'] as const) : (['own', 'outside'] as const);
    for (const kind of order) {
      const delay = await painted(page, say[kind]);
      said += 2;
      await answered(bough, conversation, said);
      if (turn >= WARM) delays[kind].push(delay);
    }
  }
  const [p50, p50Own] = [percentile(delays.outside, 0.5), percentile(delays.own, 0.5)];
  figure(
    'an outside POST → painted in a tab, p50; Bough’s own send',
    '≤ 1.3 × of the second',
    `${ms(p50)}; ${ms(p50Own)} (${(p50 / p50Own).toFixed(2)} ×, ${TURNS} of each in turns)`,
  );
  figure('the same, p95', '', `${ms(percentile(delays.outside, 0.95))}; ${ms(percentile(delays.own, 0.95))}`);
} finally {
  await browser.close();
  await bough.stop();
}

type Say = (text: string) => Promise<unknown>;

/** ms until the frame is done that shows it. What it says is when it was said. */
async function painted(page: Page, say: Say): Promise<number> {
  const seen = await count(page);
  await say(`t${Date.now()}`);
  for (let waited = 0; (await count(page)) === seen; waited += 10) {
    if (waited > 10_000) throw new Error('It is not painted.');
    await sleep(10);
  }
  return page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays.at(-1) ?? Number.NaN);
}

function count(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays.length);
}

/** Until there are so many messages: what comes next follows the answer. */
async function answered({ url }: BoughServer, conversation: string, messages: number): Promise<void> {
  const found = async (): Promise<number> => {
    const items: { kind: string }[] = await outlineOf(url, conversation);
    return items.filter(({ kind }) => kind === 'message').length;
  };
  while ((await found()) < messages) await sleep(50);
}

async function outlineOf(url: string, conversation: string) {
  return (await fetch(`${url}/v1/stream/c/${conversation}/outline?offset=-1`)).json();
}

/** The branch is the first one's: everything in this conversation is said at its end. */
async function outside({ url }: BoughServer, conversation: string): Promise<Say> {
  const items = await outlineOf(url, conversation);
  const { branch } = items.find(({ kind }: { kind: string }) => kind === 'branch');
  const path = `/v1/stream/c/${conversation}/b/${branch.id}`;
  return (content) => post(url, path, { role: 'user', content, reply: { model } });
}

function own({ url }: BoughServer, conversation: string): Say {
  return async (text) => {
    // Before the clock: a page knows where it is.
    const parent = await tipOf(url, conversation);
    const said = text.replace(/\d+/, String(Date.now()));
    return post(url, commandPath('send'), {
      ...{ conversation, message: newId(), parent, text: said, reply: newId(), model },
    });
  };
}
