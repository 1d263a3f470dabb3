import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replyStream } from '../../../protocol/index.ts';
import { MemoryEngine } from '../../engine/testing/memory.ts';
import { bench, benchWith, CONVERSATION, FailingEngine, id, readBranch, send } from '../testing.ts';
import { isGone, LOOK, seeing, type WatchedLog } from './observer.ts';

function after(tails: readonly (readonly [at: number, tail: string | null])[]): WatchedLog | undefined {
  return tails.reduce<WatchedLog | undefined>((seen, [at, tail]) => seeing(seen, { at, tail }), undefined);
}

const every = (count: number, tail: string | null = 'a', from = 0) =>
  Array.from({ length: count }, (_, n) => [from + n * LOOK, tail] as const);

test('a tail that stands still over four good looks and ten seconds has lost its writer', () => {
  expect(isGone(after(every(4)) as WatchedLog)).toBe(false);
  expect(isGone(after(every(5)) as WatchedLog)).toBe(true);
  expect(isGone(after(every(5, null)) as WatchedLog)).toBe(true);
});

test('one that moves, or was not looked at for a while, has not', () => {
  expect(isGone(after([...every(4), ...every(4, 'b', 4 * LOOK)]) as WatchedLog)).toBe(false);
  const slept = 60_000;
  expect(isGone(after([...every(4), ...every(2, 'a', slept)]) as WatchedLog)).toBe(false);
  expect(isGone(after([...every(4), ...every(5, 'a', slept)]) as WatchedLog)).toBe(true);
});

test('nobody who says something every 2.5 s is ended, however the looks fall', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(gaps, (waits) => {
      let at = 0;
      let seen: WatchedLog | undefined;
      for (const wait of waits) {
        at += wait;
        seen = seeing(seen, { at, tail: String(Math.floor(at / 2500)) });
        expect(isGone(seen)).toBe(false);
      }
    }),
  );
});

/** Two servers on one engine; the first writes a reply and is never heard of again. */
async function twoServers(engine = new MemoryEngine()) {
  const first = await benchWith({ engine, alone: false });
  const second = bench({ engine, alone: false });
  await second.service.start();
  await send(first, 'm1', null);
  await first.runner.say(id('rm1'), 'so far');
  return { engine, first, second };
}

async function pass(clock: { pass(ms: number): void }, looks: number): Promise<void> {
  for (let n = 0; n < looks; n += 1) {
    clock.pass(LOOK);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  }
}

test('a server ends the reply of another that is gone, with its text, and settles it', async () => {
  const { engine, second } = await twoServers();
  await pass(second.clock, 4);
  expect((await engine.head(replyStream(CONVERSATION, id('rm1'))))?.closed).toBe(false);
  await pass(second.clock, 2);
  const [, reply] = await readBranch(engine, id('m1'));
  expect(reply).toMatchObject({
    id: id('rm1'),
    parts: [{ text: 'so far' }],
    finish: { reason: 'interrupted' },
  });
});

test('not while it is written, nor its own', async () => {
  const { engine, first, second } = await twoServers();
  for (let n = 0; n < 8; n += 1) {
    await first.runner.say(id('rm1'), ` ${n}`);
    await pass(second.clock, 1);
  }
  await pass(first.clock, 8);
  expect((await engine.head(replyStream(CONVERSATION, id('rm1'))))?.closed).toBe(false);
});

test('a writer that was only slow is fenced', async () => {
  const { first, second } = await twoServers();
  await pass(second.clock, 6);
  expect(await first.runner.say(id('rm1'), 'too late')).toBe('fenced');
});

test('after the engine was away it begins to count anew', async () => {
  const engine = new FailingEngine();
  const { second } = await twoServers(engine);
  await pass(second.clock, 4);
  engine.failNext('head', 'before', 'rm1-----');
  await pass(second.clock, 4);
  expect((await engine.head(replyStream(CONVERSATION, id('rm1'))))?.closed).toBe(false);
  await pass(second.clock, 3);
  expect((await engine.head(replyStream(CONVERSATION, id('rm1'))))?.closed).toBe(true);
});

test('one that is alone observes nobody', async () => {
  const alone = await benchWith();
  const before = alone.clock.waiting();
  await pass(alone.clock, 1);
  expect(alone.clock.waiting()).toBe(before);
});
