/**
 * Find in all conversations: a folder of many is read for the first time, then asked. BOUGH_FIND: how many conversations of a hundred
 * messages (default 1,000: 100,000 messages; 10,000 is what the figures are for). The text is that of the documents of all packages, so
 * that its words are as rare and as common as words are. BOUGH_FIND_MINUTES: how long the first reading is waited for (default 40); what was read
 * until then is told, and the rest measured with it. BOUGH_FIND_STRAIGHT=1: written without a server, and without resting. BOUGH_FIND_FOLDER: is kept; what an earlier run made
 * there is measured as it is. Questions are measured in work of the thread that answers, and by the clock; memory also without pages of files, which the system takes back.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type BoughServer, startBough } from '../e2e/server.ts';
import type { EverywhereQuery, FoundEverywhere } from '../src/protocol/find/everywhere.ts';
import { openForReading, openForWriting } from '../src/server/word-index/database.ts';
import type { Portion, StoredMessage } from '../src/server/word-index/port.ts';
import { WordReader } from '../src/server/word-index/reader.ts';
import { WordWriter } from '../src/server/word-index/writer.ts';
import { writeLargeFolder } from './large-folder.ts';
import { cpuSeconds, residentMemory } from './process.ts';
import { figure, ms, percentile } from './report.ts';

const CONVERSATIONS = Number(process.env.BOUGH_FIND ?? 1_000);
const MESSAGES = 100;
/** How long a first reading is waited for, in ms. */
const MOST = Number(process.env.BOUGH_FIND_MINUTES ?? 40) * 60_000;

const paragraphs = documentsIn(join(import.meta.dirname, '..', 'node_modules'))
  .flatMap((text) => text.split(/\n{2,}/))
  .filter((text) => text.length > 30 && text.length < 3_000);
const CHINESE = '我们在春天去了京都，看见河边的灯笼和市场。数学问题很有意思，但是时间不够。今天的天气很好';

function documentsIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const documents = names.filter((name) => name.endsWith('.md')).sort();
  return documents.map((name) => readFileSync(join(folder, name), 'utf8')).slice(0, 3_000);
}

let seed = 7;
/** The same at every run. From 0 to 1. */
function chance(): number {
  seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
  return seed / 0x7fff_ffff;
}

let bytes = 0;
/** A question of a line or two, an answer of some paragraphs that stand together; three in a hundred in Chinese. */
function say(n: number): string {
  const text = chance() < 0.03 ? inChinese() : n % 2 === 0 ? some(160) : some(300 + 1_800 * chance());
  bytes += Buffer.byteLength(text);
  return text;
}

function some(length: number): string {
  let at = Math.floor(chance() * paragraphs.length);
  let text = '';
  while (text.length < length) {
    text += `${text && '\n\n'}${paragraphs[at % paragraphs.length]?.slice(0, Math.max(30, length - text.length))}`;
    at += 1;
  }
  return text;
}

const inChinese = (): string =>
  Array.from({ length: 120 }, () => CHINESE[Math.floor(chance() * CHINESE.length)]).join('');

const QUESTIONS: readonly EverywhereQuery[] = [
  ...[
    'the',
    'install',
    'installation',
    'deprecated',
    'webpack',
    'zanzibar',
    'promise',
    'promi',
    'prom',
    'fo',
    'c#',
  ],
  ...[
    'is not supported',
    '"is not supported"',
    'license mit copyright',
    'breaking changes release',
    'quick brown fox',
  ],
  ...['"the following options"', 'ation', 'unicode regular expressions', '灯笼', '数学', '京都问题', '春'],
].map((words) => ({ words }));
const NARROWED: readonly EverywhereQuery[] = [
  { words: 'install', role: 'user' },
  { words: 'the', model: 'Nobody' },
  { words: '', code: true },
  { words: 'promise', code: true },
  { words: '', file: true },
  { words: 'the', file: true },
  { words: 'release', after: Date.now() - 40 * 86_400_000, before: Date.now() },
  { words: 'release', starred: true },
  { words: 'install', label: 'Trip' },
];

async function zanzibar({ url }: BoughServer): Promise<FoundEverywhere> {
  return (await (await fetch(`${url}/api/find?q=zanzibar`)).json()) as FoundEverywhere;
}

async function isReading(bough: BoughServer): Promise<boolean> {
  return (await zanzibar(bough)).reading !== undefined;
}

async function firstReading(bough: BoughServer, folder: string): Promise<void> {
  const began = performance.now();
  const work = cpuSeconds(bough.pid);
  let most = memory(bough.pid);
  for (;;) {
    const { reading } = await zanzibar(bough);
    const now = memory(bough.pid);
    if (now.own > most.own) most = now;
    if (!reading) break;
    if (performance.now() - began > MOST) {
      console.error(`${reading.done} of ${reading.of} conversations were read in time`);
      break;
    }
    await setTimeout(1_000);
  }
  const seconds = (performance.now() - began) / 1_000;
  const worked = cpuSeconds(bough.pid) - work;
  figure(
    'first reading: by the clock; work of all threads; memory at most',
    '≤ 15 min for 1,000,000; half a core; 300 MB',
    `${seconds.toFixed(0)} s; ${worked.toFixed(0)} s, ${((100 * worked) / seconds).toFixed(0)} % of a core; ${most.text}`,
  );
  toldSize(folder);
}

function memory(pid: number): { readonly own: number; readonly text: string } {
  const { now, files } = residentMemory(pid);
  return { own: now - files, text: `${now.toFixed(0)} MB, ${(now - files).toFixed(0)} without files` };
}

/** Of what an earlier run wrote nobody knows how much text it was. */
function toldSize(folder: string): void {
  if (bytes === 0) return;
  const size = sizeOf(folder);
  figure(
    'size on disk, of the text’s',
    '≤ 1.2',
    `${(size / bytes).toFixed(2)} (${(size / 1e6).toFixed(0)} of ${(bytes / 1e6).toFixed(0)} MB)`,
  );
}

const sizeOf = (folder: string): number =>
  readdirSync(join(folder, 'find')).reduce((sum, name) => sum + statSync(join(folder, 'find', name)).size, 0);

async function asked(bough: BoughServer): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1)
    for (const { words } of QUESTIONS) {
      const began = performance.now();
      await (await fetch(`${bough.url}/api/find?q=${encodeURIComponent(words)}`)).arrayBuffer();
      times.push(performance.now() - began);
    }
  figure(
    'a question over HTTP, by the clock',
    '-',
    `p50 ${ms(percentile(times, 0.5))}, p95 ${ms(percentile(times, 0.95))}`,
  );
}

/** What one answer takes of a processor, in ms: as a page of fifty hits, nothing kept from the question before but what SQLite keeps. */
async function worked(folder: string): Promise<void> {
  const database = await openForReading(join(folder, 'find', 'words.db'));
  const all: number[] = [];
  for (const query of [...QUESTIONS, ...NARROWED]) {
    const times: number[] = [];
    let hits = 0;
    for (let round = 0; round < 3; round += 1) {
      const reader = new WordReader(database);
      const before = process.cpuUsage();
      hits = reader.find(query).hits.length;
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1_000);
    }
    console.error(
      `${JSON.stringify(query)}: ${hits} hits, ${times.map((time) => time.toFixed(1)).join(' ')} ms`,
    );
    all.push(...times);
  }
  database.close();
  figure(
    'a question, work of its thread',
    'p95 ≤ 50 ms',
    `p50 ${ms(percentile(all, 0.5))}, p95 ${ms(percentile(all, 0.95))}`,
  );
}

/** Without a server, and without resting: the thread that writes, alone. Its text goes by the same rules. */
async function straight(folder: string): Promise<void> {
  const database = await openForWriting({ path: join(folder, 'find', 'words.db'), engine: 'folder' });
  const writer = new WordWriter(database);
  let made = 0;
  const before = process.cpuUsage();
  for (let at = 0; at < CONVERSATIONS; at += 5) {
    const began = process.cpuUsage();
    const portions = Array.from({ length: 5 }, (_, n) => portionOf(at + n));
    const { user, system } = process.cpuUsage(began);
    made += user + system;
    writer.take(portions);
    if (at % 500 === 0) console.error(`${at} of ${CONVERSATIONS} conversations`);
  }
  const { user, system } = process.cpuUsage(before);
  database.close();
  figure(
    `${CONVERSATIONS * MESSAGES} messages, ${(bytes / 1e6).toFixed(0)} MB of text: work of the thread that writes`,
    '≤ 450 s for 1,000,000',
    `${((user + system - made) / 1e6).toFixed(0)} s`,
  );
  toldSize(folder);
}

function portionOf(at: number): Portion {
  const conversation = `conversation-${at}`;
  const messages = Array.from({ length: MESSAGES }, (_, n): StoredMessage => {
    const text = say(n);
    const isReply = n % 2 === 1;
    return {
      ...{
        id: `${at}-message-${n}-0123456789`,
        time: Date.now() - at * 3_600_000 + n * 1_000,
        text,
        branch: '',
      },
      ...{ role: isReply ? 'assistant' : 'user', author: isReply ? `Model ${at % 7}` : '' },
      ...{ model: isReply ? `Model ${at % 7}` : '', file: n % 50 === 0, code: text.includes('```') },
    };
  });
  return {
    conversation,
    archived: at % 20 === 0,
    messages,
    age: 'old',
    whole: { cursor: 'x', standings: [], hidden: 0 },
  };
}

const given = process.env.BOUGH_FIND_FOLDER;
const folder = given ?? (await mkdtemp(join(tmpdir(), 'bough-bench-')));
try {
  if (process.env.BOUGH_FIND_STRAIGHT) await straight(folder);
  else await withServer();
  await worked(folder);
} finally {
  if (given === undefined) await rm(folder, { recursive: true, force: true });
}

async function withServer(): Promise<void> {
  const there = existsSync(join(folder, 'find'));
  const wrote = performance.now();
  if (!there)
    await writeLargeFolder(folder, { conversations: CONVERSATIONS, messages: MESSAGES, patches: 1_000, say });
  const much = `${CONVERSATIONS * MESSAGES} messages${there ? '' : `, ${(bytes / 1e6).toFixed(0)} MB of text`}`;
  console.error(`${much}, ${there ? 'as they are' : `written in ${ms(performance.now() - wrote)}`}`);
  const bough = await startBough({}, folder);
  try {
    if (!there) {
      await bough.end();
      const first = await startTime(bough);
      figure(
        `${much}: start without an index; memory then`,
        '≤ 2 s; ≤ 300 MB',
        `${ms(first)}; ${memory(bough.pid).text}`,
      );
    }
    if (await isReading(bough)) {
      await firstReading(bough, folder);
      await asked(bough);
    }
    await bough.end();
    const started = await startTime(bough);
    const fresh = memory(bough.pid).text;
    await asked(bough);
    figure(
      `${much}: start; memory after it; after ${3 * QUESTIONS.length} questions`,
      '≤ 2 s; ≤ 300 MB',
      `${ms(started)}; ${fresh}; ${memory(bough.pid).text}`,
    );
  } finally {
    await bough.stop();
  }
}

async function startTime(bough: BoughServer): Promise<number> {
  const began = performance.now();
  await bough.restart();
  return performance.now() - began;
}
