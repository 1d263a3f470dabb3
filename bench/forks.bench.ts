/**
 * What a fork costs: of a stream of 100,000 messages beside one of ten, and the thousandth version of one message beside the tenth, in the
 * embedded engine alone and through the commands (fork, reply, indexes, settling) on it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, benchWith, CONVERSATION, id, MODEL, send } from '../src/server/conversations/testing.ts';
import { openEmbeddedEngine } from '../src/server/engine/embedded/index.ts';
import type { Engine } from '../src/server/engine/index.ts';
import { figure, ms, percentile } from './report.ts';

const LONG = 100_000;
const SHORT = 10;
const FORKS = 200;
const VERSIONS = 1_000;
/** Versions around the tenth and before the last that are timed, since one alone is noise. */
const AROUND = 10;

const folder = await mkdtemp(join(tmpdir(), 'bough-bench-'));
const engine = await openEmbeddedEngine(folder);
try {
  await forksOfLongAndShort(engine);
  await versionsInTheEngine(engine);
  await versionsByCommand(await benchWith({ engine }));
} finally {
  await engine.shutdown();
  await rm(folder, { recursive: true, force: true });
}

async function forksOfLongAndShort(engine: Engine): Promise<void> {
  const sources = { short: await written(engine, 'short', SHORT), long: await written(engine, 'long', LONG) };
  for (const part of ['at the end', 'in the middle'] as const) {
    const took: Record<keyof typeof sources, number[]> = { short: [], long: [] };
    // In turns, so that whatever else goes on meets both alike.
    for (let n = 0; n < FORKS; n += 1) {
      for (const name of ['short', 'long'] as const) {
        const offset = sources[name][part === 'at the end' ? 'end' : 'middle'];
        const fork = `${name}/${part === 'at the end' ? 'e' : 'm'}${n}`;
        took[name].push(await timed(() => engine.fork(fork, { stream: name, offset })));
      }
    }
    const [short, long] = [percentile(took.short, 0.5), percentile(took.long, 0.5)];
    figure(
      `fork of ${LONG.toLocaleString('en')} messages beside one of ${SHORT}, ${part}`,
      '≤ 1.5 ×',
      `${(long / short).toFixed(2)} × (median ${ms(long)}, ${ms(short)})`,
    );
  }
}

/** One message an append, as the write order does. */
async function written(engine: Engine, stream: string, count: number) {
  let { next } = await engine.create(stream);
  let middle = next;
  for (let n = 0; n < count; n += 1) {
    const appended = await engine.append(stream, [messageNumber(n)], { seq: next });
    if (appended.kind !== 'appended') throw new Error(`Message ${n}: ${appended.kind}`);
    next = appended.next;
    if (n + 1 === count / 2) middle = next;
  }
  return { end: next, middle };
}

function messageNumber(n: number) {
  const text = `Message ${n}. ${'A few words more, as people write. '.repeat(4)}`;
  const id = `message-${String(n).padStart(6, '0')}`;
  return { v: 1, kind: 'message', id, parts: [{ kind: 'text', text }] };
}

async function versionsInTheEngine(engine: Engine): Promise<void> {
  const { end } = await written(engine, 'question', 1);
  const took: number[] = [];
  for (let n = 0; n < VERSIONS; n += 1) {
    const version = async () => {
      await engine.fork(`version/${n}`, { stream: 'question', offset: end });
      await engine.append(`version/${n}`, [messageNumber(n)], { seq: end });
    };
    took.push(await timed(version));
  }
  versionsFigure('fork and append', took);
}

async function versionsByCommand(made: Bench): Promise<void> {
  await send(made, 'question', null);
  await finish(made, id('rquestion'));
  const commands: number[] = [];
  const whole: number[] = [];
  for (let n = 1; n <= VERSIONS; n += 1) {
    const reply = id(`version${n}`);
    const input = { conversation: CONVERSATION, parent: id('question'), reply, model: MODEL };
    const command = await timed(() => made.service.execute('regenerate', input));
    commands.push(command);
    whole.push(command + (await timed(() => finish(made, reply))));
  }
  versionsFigure('the command', commands);
  versionsFigure('from the command to the settled reply', whole);
  if (made.troubles.length > 0) throw made.troubles[0];
  await made.service.shutdown();
}

async function finish({ runner }: Bench, reply: string): Promise<void> {
  await runner.say(reply, `What ${reply} says. `.repeat(5));
  await runner.end(reply);
}

function versionsFigure(what: string, took: readonly number[]): void {
  const tenth = percentile(took.slice(10 - AROUND, 10 + AROUND), 0.5);
  const last = percentile(took.slice(-2 * AROUND), 0.5);
  figure(
    `${VERSIONS.toLocaleString('en')} versions of one message, ${what}: the last beside the tenth`,
    '≤ 1.5 ×',
    `${(last / tenth).toFixed(2)} × (${ms(last)}, ${ms(tenth)})`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
