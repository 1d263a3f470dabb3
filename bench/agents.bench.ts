/** What an agent costs beside a model: from its update to paint, a turn full of tool calls and changes, the first prompt. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  await page.addInitScript({ path: join(import.meta.dirname, 'watch-frames.js') });
  const chat = await openWith(page, 'Scripted');
  await chat.ask('hello', 2);
  const idle = await framesWhile(page, () => page.waitForTimeout(2_000));
  await chat.send('flood 5000 200');
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  let stored = 0;
  const busy = await framesWhile(page, async () => {
    stored = await logBytes(chat);
  });
  const own = ownTimes(await browser.stopTracing());
  await chat.settled();
  const [, sent = '0'] = /(\d+) bytes/.exec((await chat.assistant(4).textContent()) ?? '') ?? [];
  figure(
    'a turn of 5,000 tool updates and 200 diffs: frame p95 of the page (idle beside it)',
    '≤ 33 ms',
    `${ms(percentile(busy, 0.95))} (${ms(percentile(idle, 0.95))}), ${busy.length} frames`,
  );
  figure(
    'the same: the page’s own time for a task, waiting for a processor apart, p95 / most',
    '≤ 33 ms',
    `${ms(percentile(own, 0.95))} / ${ms(percentile(own, 1))}`,
  );
  figure(
    'the same: bytes of the stream beside what the agent sent',
    '≤ 1.3 ×',
    `${(stored / Number(sent)).toFixed(2)} × (${Math.round(stored / 1_000)} of ${Math.round(Number(sent) / 1_000)} kB)`,
  );
  await page.close();
}

/** Times from frame to frame, in ms, while something goes on. */
async function framesWhile(page: Page, work: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate('frames.watch()');
  await work();
  return page.evaluate('frames.stop()');
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Time of its own that it took of a processor, in µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What each task of the page took of a processor, in ms; those under 1 ms are none that anybody waits for. */
function ownTimes(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const of = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const named = ({ name, args }: TraceEvent) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const mains = new Set(traceEvents.filter(named).map(of));
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && mains.has(of(event)));
  return tasks.map(({ tdur = 0 }) => tdur / 1_000).filter((time) => time >= 1);
}

/** Of the log of the last reply, read to its end. Not by looking at the page: that would be most of its work. */
async function logBytes(chat: ChatPage): Promise<number> {
  const conversation = chat.conversationId();
  const outline = await fetch(`${bough.url}/v1/stream/c/${conversation}/outline?offset=-1`);
  const items = (await outline.json()) as { kind: string; generation?: { id: string } }[];
  const reply = items.filter(({ kind }) => kind === 'generation').at(-1)?.generation?.id;
  let bytes = 0;
  for (let offset = '-1'; ; ) {
    const live = offset === '-1' ? '' : '&live=long-poll';
    const page = await fetch(`${bough.url}/v1/stream/c/${conversation}/g/${reply}?offset=${offset}${live}`);
    bytes += (await page.arrayBuffer()).byteLength;
    offset = page.headers.get('stream-next-offset') ?? '';
    if (page.headers.get('stream-closed') || offset === '') return bytes;
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
