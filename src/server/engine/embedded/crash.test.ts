import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { runs } from '../../child-script.ts';
import { collect, range } from '../contract/harness.ts';
import { type Engine, START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { openEmbeddedEngine, type Repair } from './index.ts';
import { tempFolders } from './testing.ts';

const folderOf = tempFolders();
const ROUNDS = 10;

interface Acknowledged {
  /** By stream: the last item. */
  readonly items: Map<string, number>;
  /** By fork: the last item it shares. */
  readonly forks: Map<string, number>;
  readonly closed: Set<string>;
}

const nothing = (): Acknowledged => ({ items: new Map(), forks: new Map(), closed: new Set() });

/** Lets writers run for `lines` acknowledgements, kills them, and answers what they were told. */
async function runAndKill(folder: string, round: number, lines: number): Promise<Acknowledged> {
  const script = join(import.meta.dirname, 'crash.child.ts');
  const args = [...runs(script), folder, String(round)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const told = nothing();
  let heard = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    note(told, line.split(' '));
    heard += 1;
    if (heard === lines) child.kill('SIGKILL');
  }
  expect(await exit).toEqual([null, 'SIGKILL']);
  return told;
}

function note(told: Acknowledged, [what, stream = '', n = '']: string[]): void {
  if (what === 'item') told.items.set(stream, Number(n));
  if (what === 'fork') told.forks.set(stream, Number(n));
  if (what === 'closed') told.closed.add(stream);
}

const pairs = (count: number): unknown[] => range(count).flatMap((n) => [n, n]);
const numbers = (items: readonly unknown[]): unknown[] => items.map((one) => (one as { n?: number }).n);

async function check(engine: Engine, known: Acknowledged): Promise<void> {
  for (const [stream, last] of known.items) {
    const { items, next } = await readAll(engine, stream, START);
    const whole = items.length / 2;
    expect(numbers(items)).toEqual(pairs(whole));
    expect([last + 1, last + 2]).toContain(whole);
    expect((await engine.head(stream))?.next).toBe(next);
  }
  for (const [fork, last] of known.forks) {
    const { items, closed } = await readAll(engine, fork, START);
    expect(numbers(items.slice(0, 2 * (last + 1)))).toEqual(pairs(last + 1));
    if (known.closed.has(fork)) expect([items.length, closed]).toEqual([2 * (last + 1) + 1, true]);
  }
}

const title = `${ROUNDS} times killed while writing: what was acknowledged is there, whole and once`;

test(title, { timeout: 240_000 }, async () => {
  const folder = await folderOf();
  const forks = new Map<string, number>();
  const closed = new Set<string>();
  const lost: Repair[] = [];
  const onRepair = (_: string, repair: Repair): void => {
    if (repair.kind === 'lost') lost.push(repair);
  };
  for (const round of range(ROUNDS)) {
    const told = await runAndKill(folder, round, 20 + Math.floor(Math.random() * 150));
    for (const [fork, last] of told.forks) forks.set(fork, last);
    for (const fork of told.closed) closed.add(fork);
    const engine = await openEmbeddedEngine(folder, { onRepair });
    await check(engine, round < ROUNDS - 1 ? told : { ...told, forks, closed });
    await engine.shutdown();
  }
  expect(forks.size).toBeGreaterThan(0);
  expect(lost).toEqual([]);
});

test('forks outlive their sources across a kill', { timeout: 60_000 }, async () => {
  const folder = await folderOf();
  const told = await runAndKill(folder, 0, 200);
  const engine = await openEmbeddedEngine(folder);
  for (const stream of told.items.keys()) await engine.delete(stream);
  await check(engine, { ...told, items: new Map() });
  for (const fork of await collect(engine.list('f/'))) await engine.delete(fork);
  expect(await collect(engine.list(''))).toEqual([]);
  for (const stream of told.items.keys()) expect((await engine.create(stream)).created).toBe(true);
  await engine.shutdown();
});
