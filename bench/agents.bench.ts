/** What an agent costs beside a model: from its update to paint, a turn full of tool calls and changes, the first prompt. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { ChatPage } from '../e2e/pages/chat-page.ts';
import { startBough } from '../e2e/server.ts';
import { commandPath, newId } from '../src/protocol/index.ts';
import { launchBrowser } from './browser.ts';
import { startClockProvider } from './clock-provider.ts';
import { figure, ms, percentile } from './report.ts';

const TOKENS = 1_000;
const SCRIPT = join(import.meta.dirname, '../src/server/agents/testing/scripted-agent.mjs');
const CLOCK = `clock:${TOKENS}x100`;

const provider = await startClockProvider([CLOCK]);
const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl });
const folder = join(bough.data, 'files', 'project');
await mkdir(folder, { recursive: true });
const Scripted = { command: process.execPath, args: [SCRIPT], env: {} };
await writeFile(join(bough.data, 'agents.json'), JSON.stringify({ agent_servers: { Scripted } }));
const browser = await launchBrowser();
try {
  await paintBesideModel(browser);
  await fullTurn(browser);
  await firstPrompt();
} finally {
  await browser.close();
  await bough.stop();
  provider.close();
}

async function openWith(page: Page, model: string): Promise<ChatPage> {
  const chat = new ChatPage(page, bough.url);
  await chat.openNew();
  await chat.chooseModel(model);
  if (model === 'Scripted') await page.getByRole('textbox', { name: 'Folder' }).fill(folder);
  return chat;
}

async function delaysOf(browser: Browser, model: string, words: string): Promise<number[]> {
  const page = await browser.newPage();
  await page.addInitScript({ path: join(import.meta.dirname, 'watch-paint.js') });
  const chat = await openWith(page, model);
  await chat.ask(words, 2);
  const delays = await page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);
  await page.close();
  return delays;
}

async function paintBesideModel(browser: Browser): Promise<void> {
  // Both by turns, so that a machine that is busy for a while is so for both.
  const of = { agent: [] as number[], model: [] as number[] };
  for (let round = 0; round < 2; round += 1) {
    of.model.push(...(await delaysOf(browser, CLOCK, 'Tell the time')));
    of.agent.push(...(await delaysOf(browser, 'Scripted', `clock ${TOKENS} 100`)));
  }
  const at = (delays: number[], p: number) => percentile(delays, p);
  const ratio = (p: number) => (at(of.agent, p) / at(of.model, p)).toFixed(2);
  figure(
    'agent update → painted, 100/s, p50 / p95; a model’s token in the same run',
    '≤ 1.2 ×',
    `${ms(at(of.agent, 0.5))} / ${ms(at(of.agent, 0.95))}; ${ms(at(of.model, 0.5))} / ${ms(at(of.model, 0.95))} (${ratio(0.5)} × / ${ratio(0.95)} ×)`,
  );
}

async function fullTurn(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  // What a page gets of this machine that has nothing to do, in the same seconds.
  const bare = await browser.newPage();
  for (const one of [page, bare])
    await one.addInitScript({ path: join(import.meta.dirname, 'watch-frames.js') });
  await bare.goto('data:text/html,<title>Bare</title>');
  const chat = await openWith(page, 'Scripted');
  await chat.ask('hello', 2);
  await chat.send('flood 5000 200');
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'],
  });
  let stored = 0;
  let idle: number[] = [];
  const busy = await framesWhile(page, async () => {
    idle = await framesWhile(bare, async () => {
      stored = await logBytes(chat);
    });
  });
  const own = ownTimes(await browser.stopTracing());
  await chat.settled();
  const [, sent = '0'] = /(\d+) bytes/.exec((await chat.assistant(4).textContent()) ?? '') ?? [];
  figure(
    'a turn of 5,000 tool updates and 200 diffs: frame p50 / p95 of the page; of an empty page in the same seconds',
    '≤ 33 ms',
    `${ms(percentile(busy, 0.5))} / ${ms(percentile(busy, 0.95))}; ${ms(percentile(idle, 0.5))} / ${ms(percentile(idle, 0.95))}`,
  );
  figure(
    'the same: what the page takes of a processor for a frame, waiting for one apart, p50 / p95 / most',
    '≤ 33 ms',
    `${ms(percentile(own, 0.5))} / ${ms(percentile(own, 0.95))} / ${ms(percentile(own, 1))}, ${own.length} frames`,
  );
  figure(
    'the same: bytes of the stream beside what the agent sent',
    '≤ 1.3 ×',
    `${(stored / Number(sent)).toFixed(2)} × (${Math.round(stored / 1_000)} of ${Math.round(Number(sent) / 1_000)} kB)`,
  );
  await Promise.all([page.close(), bare.close()]);
}

/** Times from frame to frame, in ms, while something goes on. */
async function framesWhile(page: Page, work: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate('frames.watch()');
  await work();
  return page.evaluate('frames.stop()');
}

interface TraceEvent {
  readonly name: string;
  /** In µs. */
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  /** Time of its own that it took of a processor, in µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What the page took of a processor from each frame to the next, in ms. */
function ownTimes(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const main = mainThread(traceEvents);
  const events = traceEvents.filter((event) => threadOf(event) === main).sort((a, b) => a.ts - b.ts);
  const frames: number[] = [];
  let own = 0;
  for (const { name, tdur = 0 } of events) {
    if (name === 'RunTask') own += tdur / 1_000;
    if (name !== 'FireAnimationFrame') continue;
    frames.push(own);
    own = 0;
  }
  return frames;
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

/** Of the page's renderer: of those there are, the one that has worked most. */
function mainThread(events: readonly TraceEvent[]): string | undefined {
  const worked = new Map<string, number>();
  for (const event of events)
    if (event.name === 'RunTask')
      worked.set(threadOf(event), (worked.get(threadOf(event)) ?? 0) + (event.tdur ?? 0));
  const named = ({ name, args }: TraceEvent) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const mains = events.filter(named).map(threadOf);
  return mains.sort((a, b) => (worked.get(b) ?? 0) - (worked.get(a) ?? 0))[0];
}

/** Of the log of the last reply, read to its end. Not by looking at the page: that would be most of its work. */
async function logBytes(chat: ChatPage): Promise<number> {
  const conversation = chat.conversationId();
  const reply = await replyIn(conversation, 2);
  let bytes = 0;
  for (let offset = '-1'; ; ) {
    const live = offset === '-1' ? '' : '&live=long-poll';
    const page = await fetch(`${bough.url}/v1/stream/c/${conversation}/g/${reply}?offset=${offset}${live}`);
    bytes += (await page.arrayBuffer()).byteLength;
    offset = page.headers.get('stream-next-offset') ?? '';
    if (page.headers.get('stream-closed') || offset === '') return bytes;
  }
}

/** The `count`th reply of a conversation, once it has begun. */
async function replyIn(conversation: string, count: number): Promise<string> {
  for (;;) {
    const outline = await fetch(`${bough.url}/v1/stream/c/${conversation}/outline?offset=-1`);
    const items = (await outline.json()) as { kind: string; generation?: { id: string } }[];
    const begun = new Set(items.flatMap(({ generation }) => generation?.id ?? []));
    const reply = [...begun][count - 1];
    if (reply) return reply;
    await sleep(20);
  }
}

/** From "send" to the first word in the log, by turns with a model; the agent's process runs, its session is new. */
async function firstPrompt(): Promise<void> {
  const models = await fetch(`${bough.url}/api/models`);
  const { models: all } = (await models.json()) as { readonly models: readonly { readonly ref: Ref }[] };
  const clock = all.map(({ ref }) => ref).find(({ id }) => id === CLOCK) as Ref;
  const times = { agent: [] as number[], model: [] as number[] };
  for (let n = 0; n < 40; n += 1) {
    times.model.push(await firstWordAfter({ text: 'Tell the time', model: clock }));
    const model = { source: 'agents', id: 'Scripted' };
    // What it takes of itself is less than a millisecond.
    times.agent.push(await firstWordAfter({ text: 'now', model, folder }));
  }
  // Processes and connections are there from the second on.
  const both = (of: readonly number[]) =>
    `${ms(percentile(of.slice(1), 0.5))} / ${ms(percentile(of.slice(1), 0.95))}`;
  figure(
    'first prompt of a new session, process start apart: over the agent’s own time, p50 / p95; a model’s first word in the same run',
    '≤ 50 ms',
    `${both(times.agent)}; ${both(times.model)}`,
  );
}

interface Ref {
  readonly source: string;
  readonly id: string;
}

/** In ms. */
async function firstWordAfter(said: object): Promise<number> {
  const conversation = newId();
  await post('create', { conversation });
  const [message, reply] = [newId(), newId()];
  const began = performance.now();
  await post('send', { conversation, message, reply, parent: null, ...said });
  await firstWords(conversation, reply);
  return performance.now() - began;
}

async function post(name: 'create' | 'send', body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(bough.url + commandPath(name), { method: 'POST', headers, body: JSON.stringify(body) });
}

async function firstWords(conversation: string, reply: string): Promise<void> {
  for (let offset = '-1'; ; ) {
    const live = offset === '-1' ? '' : '&live=long-poll';
    const page = await fetch(`${bough.url}/v1/stream/c/${conversation}/g/${reply}?offset=${offset}${live}`);
    const text = await page.text();
    if (text.includes('"delta"')) return;
    offset = page.headers.get('stream-next-offset') ?? offset;
  }
}
