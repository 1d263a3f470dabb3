/** Backups of a folder in which Bough runs, taken while people talk: each restores to a state in which nothing acknowledged is missing. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { runs } from '../../child-script.ts';
import { violationsOf } from '../../conversations/simulation/invariants.ts';
import { counter, noneAcknowledged, Person } from '../../conversations/simulation/person.ts';
import { Random } from '../../conversations/simulation/random.ts';
import { trueList, trueTree } from '../../conversations/simulation/truth.ts';
import { startChild } from '../../torture/child-server.ts';
import { readsAt, serversAt } from '../../torture/over-http.ts';
import { folderWith, tempFolders } from '../testing.ts';

vi.setConfig({ testTimeout: 240_000 });

const folderOf = tempFolders();
const seed = Number(process.env.BOUGH_TORTURE_SEED ?? Date.now() % 1_000_000);

/** The command as people run it: a process of its own beside the server's. */
async function bough(data: string, ...args: string[]): Promise<string> {
  const { PATH, HOME } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...runs(join(import.meta.dirname, '../../../command/main.ts')), ...args],
    { env: { PATH, HOME, BOUGH_DATA: data } },
  );
  return stdout;
}

const BACKUPS = 2;
/** Messages that a reader is told of, by conversation. */
async function told(url: () => string): Promise<Map<string, string[]>> {
  const world = { memory: readsAt(url) };
  const found = new Map<string, string[]>();
  for (const id of (await trueList(world)).keys()) {
    found.set(id, [...(await trueTree(world, id)).messages.keys()]);
  }
  return found;
}

/** People in two conversations of a server, until the answer is called: it waits for the last of them. */
async function talkAt(url: () => string, random: Random): Promise<() => Promise<void>> {
  const world = {
    ...{ random, memory: readsAt(url), strays: false, violations: [] },
    id: (prefix: string) => `${prefix}${randomUUID()}`,
    count: counter(),
    turn: () => sleep(random.below(4)),
  };
  let talking = true;
  const work = ['c1', 'c2'].flatMap((name) => {
    const conversation = world.id(name);
    return Array.from({ length: 3 }, async () => {
      await serversAt(url).any().execute('create', { conversation });
      const person = new Person(world, serversAt(url), conversation, noneAcknowledged());
      while (talking) await person.act(1);
    });
  });
  return async () => {
    talking = false;
    await Promise.all(work);
  };
}

async function toldAtLeast(count: number, url: () => string): Promise<Map<string, string[]>> {
  for (;;) {
    const found = await told(url);
    if ([...found.values()].flat().length >= count) return found;
    await sleep(50);
  }
}

test('a backup taken while people talk holds what was said before it began, and breaks no rule', async () => {
  const place = await folderOf();
  const data = join(place, 'data');
  const random = new Random(seed);
  const server = await startChild(data, { words: 20, pause: 20 });
  const url = (): string => server.url;
  const taken: { file: string; before: Map<string, string[]> }[] = [];
  try {
    const end = await talkAt(url, random);
    for (let n = 0; n < BACKUPS; n += 1) {
      const before = await toldAtLeast(10 * (n + 1), url);
      await server.flying(4);
      const file = join(place, `${n}.backup`);
      expect(await bough(data, 'backup', file)).toContain('it is whole');
      taken.push({ file, before });
    }
    await end();
  } finally {
    await server.kill();
  }
  for (const { file, before } of taken) {
    const other = `${file}.data`;
    await bough(other, 'restore', file);
    await folderWith(other, async ({ service }, _, engine) => {
      const world = { random, memory: engine, strays: false };
      const restored = await trueList(world);
      for (const conversation of restored.keys()) await service.open(conversation);
      for (const [conversation, messages] of before) {
        const { messages: after } = await trueTree(world, conversation);
        expect([...after.keys()], `seed ${seed}`).toEqual(expect.arrayContaining(messages));
      }
      for (const conversation of restored.keys()) {
        expect(await violationsOf(world, conversation, noneAcknowledged()), `seed ${seed}`).toEqual([]);
      }
    });
  }
});
