/**
 * A Bough after years: started on ten thousand conversations of a hundred messages; and thousands of turns in one process, whose last tenth
 * should cost what the first did. BOUGH_GROWTH: conversations of the first part, BOUGH_TURNS: turns of the second.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoughServer, startBough } from '../e2e/server.ts';
import {
  CONVERSATIONS,
  commandPath,
  newId,
  outlineStream,
  replyStream,
  SEGMENT_HEADER,
} from '../src/protocol/index.ts';
import { startClockProvider } from './clock-provider.ts';
import { writeLargeFolder } from './large-folder.ts';
import { cpuSeconds, openFiles, residentMemory } from './process.ts';
import { figure, ms, percentile } from './report.ts';

const CONVERSATIONS_THERE = Number(process.env.BOUGH_GROWTH ?? 10_000);
const MESSAGES = 100;
const TURNS = Number(process.env.BOUGH_TURNS ?? 3_000);
/** Of one conversation, before it is deleted and another begun. */
const TURNS_EACH = 10;
const AT_ONCE = 6;
const clock = 'clock:12x400';

const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const provider = await startClockProvider([clock]);
try {
  await startOnMuch();
  await turnsOfAYear();
} finally {
  provider.close();
  await rm(folder, { recursive: true, force: true });
}

async function startOnMuch(): Promise<void> {
  const data = join(folder, 'large');
  const wrote = performance.now();
  const ids = await writeLargeFolder(data, {
    conversations: CONVERSATIONS_THERE,
    messages: MESSAGES,
    patches: 10_000,
  });
  console.error(`folder written in ${ms(performance.now() - wrote)}`);
  const much = `${CONVERSATIONS_THERE.toLocaleString('en')} conversations, ${(CONVERSATIONS_THERE * MESSAGES).toLocaleString('en')} messages`;
  const began = performance.now();
  const bough = await startBough({ OPENAI_BASE_URL: provider.baseUrl, BOUGH_LOCAL_MODELS: '0' }, data);
  try {
    const answers = performance.now() - began;
    const items = await readAll(bough, `${CONVERSATIONS}?newest&`);
    const listed = performance.now() - began;
    figure(
      `${much}: start until it answers; until the list is read`,
      '≤ 2 s',
      `${ms(answers)}; ${ms(listed)} (${items} items)`,
    );
    const { now, most } = residentMemory(bough.pid);
    figure('the same: memory then; at most', '≤ 300 MB', `${now.toFixed(0)}; ${most.toFixed(0)} MB`);
    const source = await sourceOf(bough);
    const times: number[] = [];
    for (const conversation of ids.slice(-5)) {
      const opening = performance.now();
      await readAll(bough, `${outlineStream(conversation)}?newest&`);
      times.push(performance.now() - opening);
    }
    const sending = performance.now();
    await turn(bough, source, newId(), null);
    figure(
      'the same: a conversation’s outline, median of 5; a whole turn in a new one',
      '-',
      `${ms(percentile(times, 0.5))}; ${ms(performance.now() - sending)}`,
    );
  } finally {
    await bough.end();
  }
}

async function turnsOfAYear(): Promise<void> {
  const bough = await startBough(
    {
      ...{ OPENAI_BASE_URL: provider.baseUrl, BOUGH_LOCAL_MODELS: '0', BOUGH_TITLES: '0' },
      NODE_OPTIONS: `--import ${new URL('./tell-memory.mjs', import.meta.url)}`,
    },
    join(folder, 'year'),
  );
  try {
    const source = await sourceOf(bough);
    const tenths: {
      readonly cpu: number;
      readonly files: number;
      readonly memory: number;
      readonly held: number;
    }[] = [];
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const before = cpuSeconds(bough.pid);
      const conversations = Math.ceil(TURNS / 10 / TURNS_EACH);
      let left = conversations;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (; left > 0; ) {
            left -= 1;
            await conversationOfTurns(bough, source);
          }
        }),
      );
      const cpu = ((cpuSeconds(bough.pid) - before) * 1_000) / (conversations * TURNS_EACH);
      const memory = residentMemory(bough.pid).now;
      tenths.push({ cpu, files: openFiles(bough.pid), memory, held: await heldMemory(bough) });
    }
    const row = (what: (of: (typeof tenths)[number]) => string) => tenths.map(what).join(', ');
    const turns = `${TURNS.toLocaleString('en')} turns in ${(TURNS / TURNS_EACH).toLocaleString('en')} conversations, by tenths`;
    figure(`${turns}: CPU a turn`, 'flat', `${row(({ cpu }) => cpu.toFixed(1))} ms`);
    figure(
      'the same: open files',
      'flat',
      row(({ files }) => String(files)),
    );
    figure('the same: resident memory', '-', `${row(({ memory }) => memory.toFixed(0))} MB`);
    figure('the same: held once garbage is collected', '-', `${row(({ held }) => held.toFixed(0))} MB`);
  } finally {
    await bough.end();
  }
}

/** What is left of the heap, and outside it, after its garbage was collected; in MB. */
async function heldMemory(bough: BoughServer): Promise<number> {
  const before = bough.said.length;
  process.kill(bough.pid, 'SIGUSR2');
  for (;;) {
    const line = bough.said.slice(before).find((said) => said.startsWith('held '));
    if (line) return Number(line.slice('held '.length));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Said, said again in other words, answered again, gone on with, deleted. */
async function conversationOfTurns(bough: BoughServer, source: string): Promise<void> {
  const conversation = newId();
  await post(bough, 'create', { conversation });
  let parent: string | null = null;
  for (let n = 0; n < TURNS_EACH; n += 1) {
    // Every third turn goes another way from where the conversation began.
    const { message, reply } = await turn(bough, source, conversation, n % 3 === 2 ? null : parent, n > 0);
    if (n % 4 === 1) await answered(bough, conversation, await again(bough, source, conversation, message));
    parent = reply;
  }
  await post(bough, 'delete', { conversation });
}

async function turn(
  bough: BoughServer,
  source: string,
  conversation: string,
  parent: string | null,
  there = false,
) {
  if (!there) await post(bough, 'create', { conversation });
  const [message, reply] = [newId(), newId()];
  await post(bough, 'send', {
    conversation,
    message,
    parent,
    text: 'Tell the time',
    reply,
    model: { source, id: clock },
  });
  await answered(bough, conversation, reply);
  return { message, reply };
}

async function again(
  bough: BoughServer,
  source: string,
  conversation: string,
  parent: string,
): Promise<string> {
  const reply = newId();
  await post(bough, 'regenerate', { conversation, parent, reply, model: { source, id: clock } });
  return reply;
}

/** Until its log is closed and its message can be answered. */
async function answered(bough: BoughServer, conversation: string, reply: string): Promise<void> {
  const name = replyStream(conversation, reply);
  let offset = '-1';
  for (;;) {
    const response = await fetch(`${bough.url}/v1/stream/${name}?offset=${offset}&live=long-poll`);
    await response.arrayBuffer();
    if (response.status >= 400) throw new Error(`${name}: ${response.status}`);
    if (response.headers.get('stream-closed') === 'true') return;
    offset = response.headers.get('stream-next-offset') ?? offset;
  }
}

async function readAll(bough: BoughServer, stream: string): Promise<number> {
  let [offset, items] = ['-1', 0];
  for (;;) {
    const response = await fetch(`${bough.url}/v1/stream/${stream}offset=${offset}`);
    items += ((await response.json()) as unknown[]).length;
    offset = response.headers.get('stream-next-offset') as string;
    if (response.headers.get('stream-up-to-date') === 'true') return items;
    stream = `${response.headers.get(SEGMENT_HEADER) ?? stream.replace(/\?.*/, '')}?`;
  }
}

async function sourceOf(bough: BoughServer): Promise<string> {
  const list = await (await fetch(`${bough.url}/api/models`)).json();
  return list.default.source;
}

async function post(
  bough: BoughServer,
  name: Parameters<typeof commandPath>[0],
  body: object,
): Promise<void> {
  for (;;) {
    const response = await fetch(bough.url + commandPath(name), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return;
    const told = await response.text();
    // The reply's log is closed a moment before its message stands.
    if (!told.includes('still-writing')) throw new Error(`${name}: ${told}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
