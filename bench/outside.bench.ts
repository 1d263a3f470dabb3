/**
 * 10,000 messages that a program sends in batches of 1,000, beside the time the engine alone takes for them; and whether a tab sees them
 * come: how long the tree it follows says nothing new while they do.
 *
 * The engine's own time: the same messages appended by themselves, as each has to be a place where a fork can begin; and the same as
 * ten appends of 1,000, which gives no such places. Both on a folder of the same disk, by turns with Bough.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoughServer, startBough } from '../e2e/server.ts';
import { commandPath, LIVE_PATH, newId, outlineStream, START } from '../src/protocol/index.ts';
import { openEmbedded } from '../src/server/engine/embedded/index.ts';
import { figure, percentile } from './report.ts';

const MESSAGES = 10_000;
const BATCH = 1_000;
const ROUNDS = 3;
function text(n: number): string {
  return `Message ${n}: ${'a few words of what a program says, '.repeat(5)}`;
}

const sums = {
  bough: [] as number[],
  single: [] as number[],
  batched: [] as number[],
  gaps: [] as number[],
  usual: [] as number[],
};
let batches: number[] = [];
const bough = await startBough();
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    sums.single.push(await engineAlone(1));
    const outside = await throughBough(bough);
    sums.bough.push(outside.seconds);
    sums.gaps.push(outside.longestGap);
    sums.usual.push(outside.usualGap);
    batches = outside.batches;
    sums.batched.push(await engineAlone(BATCH));
  }
} finally {
  await bough.stop();
}
const median = (values: readonly number[]): number => percentile(values, 0.5);
const ratio = (median(sums.bough) / median(sums.single)).toFixed(2);
const seconds = (values: readonly number[]): string => `${median(values).toFixed(2)} s`;
figure(
  `${MESSAGES.toLocaleString('en')} outside messages in batches of ${BATCH.toLocaleString('en')}; the engine alone, each by itself`,
  '≤ 2 ×',
  `${seconds(sums.bough)}; ${seconds(sums.single)} (${ratio} ×)`,
);
figure('the same: the engine alone, in appends of 1,000', '', seconds(sums.batched));
figure(
  'the same: how long a tab’s tree hears nothing meanwhile, usually; at most',
  '',
  `${median(sums.usual).toFixed(0)}; ${Math.max(...sums.gaps).toFixed(0)} ms`,
);
figure(
  'the same: the first and the last batch',
  '',
  `${batches.at(0)?.toFixed(0)}; ${batches.at(-1)?.toFixed(0)} ms`,
);

async function engineAlone(atOnce: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
  const engine = openEmbedded(folder);
  try {
    const stream = 'c/conversation1/b/branch-001';
    await engine.create(stream);
    const items = Array.from({ length: MESSAGES }, (_, n) => itemAt(n));
    const began = performance.now();
    for (let at = 0; at < MESSAGES; at += atOnce) await engine.append(stream, items.slice(at, at + atOnce));
    return (performance.now() - began) / 1000;
  } finally {
    await engine.shutdown();
    await rm(folder, { recursive: true });
  }
}

/** As Bough stores it. */
function itemAt(n: number): object {
  return {
    ...{
      v: 1,
      kind: 'message',
      id: `message-${n}`,
      parent: n === 0 ? null : `message-${n - 1}`,
      role: 'user',
    },
    author: { kind: 'external', name: 'this computer' },
    parts: [{ kind: 'text', text: text(n) }],
    ...{ origin: { kind: 'external' }, time: Date.now() },
    sent: { batch: 'x'.repeat(21), n: n % BATCH, of: BATCH },
  };
}

async function throughBough({ url }: BoughServer) {
  const [conversation, branch] = [newId(), newId()];
  await asked(url + commandPath('create'), 'POST', { conversation });
  const path = `${url}/v1/stream/c/${conversation}/b/${branch}`;
  await asked(path, 'PUT');
  const leaving = new AbortController();
  const heard: number[] = [];
  const following = follow(url, outlineStream(conversation), heard, leaving.signal);
  await following.ready;
  const took: number[] = [];
  const began = performance.now();
  for (let at = 0; at < MESSAGES; at += BATCH) {
    const items = Array.from({ length: BATCH }, (_, n) => ({ role: 'user', content: text(at + n) }));
    const before = performance.now();
    await asked(path, 'POST', items);
    took.push(performance.now() - before);
  }
  const ended = performance.now();
  while (following.messages() < MESSAGES) await new Promise((resolve) => setTimeout(resolve, 5));
  leaving.abort();
  const times = [began, ...heard.filter((time) => time > began && time < ended), ended];
  const gaps = times.slice(1).map((time, n) => time - (times[n] as number));
  const seconds = (ended - began) / 1000;
  return { seconds, longestGap: Math.max(...gaps), usualGap: percentile(gaps, 0.5), batches: took };
}

async function asked(address: string, method: string, body?: object): Promise<void> {
  const response = await fetch(address, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

/** What a tab does: it notes when frames of the outline come, and counts the messages in them. */
function follow(url: string, stream: string, heard: number[], signal: AbortSignal) {
  let messages = 0;
  let begin: () => void;
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const run = async (): Promise<void> => {
    const response = await fetch(url + LIVE_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ streams: [{ stream, offset: START }] }),
      signal,
    });
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter(Boolean)) {
        const said = JSON.parse(line) as { kind: string; items?: { kind: string }[] };
        if (said.kind === 'ready') begin();
        const found = said.items?.filter(({ kind }) => kind === 'message').length ?? 0;
        messages += found;
        if (found > 0) heard.push(performance.now());
      }
    }
  };
  run().catch((error) => {
    if (!signal.aborted) throw error;
  });
  return { ready, messages: () => messages };
}
