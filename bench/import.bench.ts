/**
 * Exports of others as large as they get: what a server takes of memory while it looks through one and brings it in. Words are as rare as
 * words are, so that the index of finding has its work too. BOUGH_IMPORT_MB: how much of each (default 1,000, half an hour each);
 * BOUGH_IMPORT: which (`chatgpt`, `claude`, `jsonl`, `one`; default all), of which `one` is a single conversation of 40 MB.
 * BOUGH_IMPORT_LOOK=1: the preview alone.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { type BoughServer, startBough } from '../e2e/server.ts';
import type { ImportLine } from '../src/protocol/requests/transfer.ts';
import { cpuSeconds, residentMemory } from './process.ts';
import { figure } from './report.ts';

const SIZE = Number(process.env.BOUGH_IMPORT_MB ?? 1_000) * 1e6;
const LARGEST = 40e6;
const SHARD = 100e6;
const KINDS = (process.env.BOUGH_IMPORT ?? 'chatgpt,claude,jsonl,one').split(',');
const LOOK = process.env.BOUGH_IMPORT_LOOK === '1';
/** Of a conversation. */
const MESSAGES = 60;

let seed = 7;
/** The same at every run. From 0 to 1. */
function chance(): number {
  seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
  return seed / 0x7fff_ffff;
}

const SOUNDS = 'ba de fi go lu ma ne pi ro su ta ve wi xo zu ken lor mis pan tur'.split(' ');
const VOCABULARY = Array.from({ length: 20_000 }, () =>
  Array.from(
    { length: 1 + Math.floor(4 * chance()) },
    () => SOUNDS[Math.floor(chance() * SOUNDS.length)],
  ).join(''),
);

/** Some words are common and most are rare. */
function say(characters: number): string {
  let text = '';
  while (text.length < characters) text += `${VOCABULARY[Math.floor(chance() ** 3 * VOCABULARY.length)]} `;
  return text;
}

/** A question of a line or two, an answer of a screen or three. */
const wordsOf = (n: number): string => say(n % 2 === 0 ? 160 : 500 + 5_000 * chance());

const BEGAN = 1_700_000_000;

/** Every twelfth message is said another time, and goes on from the first. */
function chatgptConversation(at: number, messages: number): string {
  const mapping: Record<string, object> = { root: { id: 'root', message: null, parent: null, children: [] } };
  let parent = 'root';
  for (let n = 0; n < messages; n += 1) {
    const said = (id: string) => ({
      ...{ id, parent, children: [] },
      message: {
        ...{ id, author: { role: n % 2 === 0 ? 'user' : 'assistant' }, create_time: BEGAN + at * 100 + n },
        ...{ content: { content_type: 'text', parts: [wordsOf(n)] }, metadata: { model_slug: 'gpt-4o' } },
      },
    });
    mapping[`m${n}`] = said(`m${n}`);
    if (n % 12 === 11) mapping[`m${n}b`] = said(`m${n}b`);
    parent = `m${n}`;
  }
  return JSON.stringify({
    ...{ conversation_id: `chat-${at}`, title: `Chat ${at}`, create_time: BEGAN + at * 100 },
    ...{ mapping, current_node: parent },
  });
}

function claudeConversation(at: number): string {
  const uuid = (n: number): string =>
    `00000000-0000-4000-8000-${String(at * 1_000 + n + 1).padStart(12, '0')}`;
  const chat_messages = Array.from({ length: MESSAGES }, (_, n) => {
    const text = wordsOf(n);
    const created_at = new Date((BEGAN + at * 100 + n) * 1_000).toISOString();
    const parent = n === 0 ? '00000000-0000-4000-8000-000000000000' : uuid(n - 1);
    return {
      ...{
        uuid: uuid(n),
        text,
        content: [{ type: 'text', text }],
        sender: n % 2 === 0 ? 'human' : 'assistant',
      },
      ...{ created_at, parent_message_uuid: parent, attachments: [], files: [] },
    };
  });
  return JSON.stringify({ uuid: uuid(999), name: `Chat ${at}`, chat_messages });
}

const messagesLine = (at: number): string =>
  JSON.stringify({
    id: `line-${at}`,
    messages: Array.from({ length: MESSAGES }, (_, n) => ({
      ...{ role: n % 2 === 0 ? 'user' : 'assistant', content: wordsOf(n) },
    })),
  });

/** Texts of conversations until so many bytes, a list of JSON. */
function* listed(bytes: number, make: (at: number) => string, from = 0): Generator<Buffer> {
  let done = 0;
  for (let at = from; done < bytes; at += 1) {
    const text = Buffer.from(`${at === from ? '[' : ',\n'}${make(at)}`);
    done += text.length;
    yield text;
  }
  yield Buffer.from(']');
}

function* lines(bytes: number): Generator<Buffer> {
  let done = 0;
  for (let at = 0; done < bytes; at += 1) {
    const text = Buffer.from(`${messagesLine(at)}\n`);
    done += text.length;
    yield text;
  }
}

/** `conversations-000.json` and so on, as ChatGPT sends them, with a picture that nothing names. */
async function* zipped(bytes: number): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    waiting.push(chunk);
  });
  for (let shard = 0; shard * SHARD < bytes; shard += 1) {
    const file = new ZipDeflate(`conversations-${String(shard).padStart(3, '0')}.json`, { level: 1 });
    zip.add(file);
    for (const text of listed(
      Math.min(SHARD, bytes - shard * SHARD),
      (at) => chatgptConversation(at, MESSAGES),
      shard * 100_000,
    )) {
      file.push(text);
      yield* waiting.splice(0);
    }
    file.push(new Uint8Array(), true);
  }
  const picture = new ZipPassThrough('file-abc.png');
  zip.add(picture);
  picture.push(new Uint8Array(1_000), true);
  zip.end();
  yield* waiting.splice(0);
}

/** One conversation of many messages. */
function* oneLarge(): Generator<Buffer> {
  yield Buffer.from(`[${chatgptConversation(0, Math.round(LARGEST / 2_000))}]`);
}

const EXPORTS: Readonly<
  Record<
    string,
    { readonly name: string; readonly make: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array> }
  >
> = {
  chatgpt: { name: 'chatgpt.zip', make: () => zipped(SIZE) },
  claude: { name: 'conversations.json', make: () => listed(SIZE, claudeConversation) },
  jsonl: { name: 'messages.jsonl', make: () => lines(SIZE) },
  one: { name: 'one.json', make: oneLarge },
};

const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
try {
  for (const kind of KINDS) {
    const wanted = EXPORTS[kind];
    if (!wanted) throw new Error(`There is no export “${kind}”: ${Object.keys(EXPORTS).join(', ')}.`);
    const path = join(folder, wanted.name);
    await pipeline(Readable.from(wanted.make()), createWriteStream(path));
    await measured(kind, path);
    await rm(path);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measured(kind: string, path: string): Promise<void> {
  const { size } = await stat(path);
  const bough = await startBough();
  try {
    const began = performance.now();
    const watch = watchMemory(bough.pid);
    const start = residentMemory(bough.pid).now;
    const id = await uploaded(bough, path, kind);
    const most = { upload: residentMemory(bough.pid).most };
    const seen = await told(bough, id, 'preview');
    const looked = { most: residentMemory(bough.pid).most, seconds: (performance.now() - began) / 1_000 };
    const brought = LOOK ? seen : await told(bough, id, 'run');
    const seconds = (performance.now() - began) / 1_000;
    watch.stop();
    figure(
      `${kind}, a file of ${(size / 1e6).toFixed(0)} MB, ${seen.total} MB of JSON, ${brought.conversations} conversations, ${brought.messages} messages: memory at the start; at most by its upload; its preview; its run, and of that without pages of files`,
      '≤ 300 MB',
      `${start.toFixed(0)}; ${most.upload.toFixed(0)}; ${looked.most.toFixed(0)}; ${residentMemory(bough.pid).most.toFixed(0)} MB, of its own ${watch.own().toFixed(0)}`,
    );
    figure(
      `${kind}: until previewed; until all is there; work of all threads`,
      '',
      `${looked.seconds.toFixed(0)} s; ${seconds.toFixed(0)} s; ${cpuSeconds(bough.pid).toFixed(0)} s`,
    );
  } finally {
    await bough.stop();
  }
}

/** What a process has at most beside pages of files, in MB. */
function watchMemory(pid: number): { readonly own: () => number; readonly stop: () => void } {
  let most = 0;
  const timer = setInterval(() => {
    const { now, files } = residentMemory(pid);
    most = Math.max(most, now - files);
  }, 100);
  return { own: () => most, stop: () => clearInterval(timer) };
}

async function uploaded(bough: BoughServer, path: string, name: string): Promise<string> {
  const answer = await fetch(`${bough.url}/api/imports?name=${name}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/octet-stream' }, duplex: 'half' },
    body: Readable.toWeb(createReadStream(path)) as unknown as BodyInit,
  } as RequestInit);
  return ((await answer.json()) as { id: string }).id;
}

async function told(bough: BoughServer, id: string, what: 'preview' | 'run') {
  const answer = await fetch(`${bough.url}/api/imports/${id}/${what}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
  });
  const sums = { conversations: 0, messages: 0, total: '' };
  let rest = '';
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const line = JSON.parse(part) as ImportLine;
      if (line.kind === 'conversation' || line.kind === 'brought') sums.conversations += 1;
      if (line.kind === 'conversation') sums.messages += line.messages;
      if (line.kind === 'brought') sums.messages += line.added;
      if (line.kind === 'progress') sums.total = (line.total / 1e6).toFixed(0);
      if (line.kind === 'unreadable' || line.kind === 'stopped' || line.kind === 'failed')
        throw new Error(line.sentence);
    }
  }
  return sums;
}
