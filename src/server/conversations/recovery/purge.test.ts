import { expect, test } from 'vitest';
import { outlineStream, replyStream, segmentStream } from '../../../protocol/index.ts';
import { CannotList, type Engine } from '../../engine/index.ts';
import { MemoryEngine } from '../../engine/testing/memory.ts';
import { type Bench, bench, benchWith, CONVERSATION, id, send } from '../testing.ts';
import { RECALL } from './purge.ts';

class Unlisted extends MemoryEngine {
  // biome-ignore lint/correctness/useYield: it cannot
  override async *list(): AsyncIterable<string> {
    throw new CannotList();
  }
}

async function left(engine: Engine): Promise<string[]> {
  const names: string[] = [];
  for await (const name of MemoryEngine.prototype.list.call(engine, 'c/')) names.push(name);
  return names.sort();
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
}

/** One in which full segments are closed. */
async function quietMoment({ clock }: Pick<Bench, 'clock'>): Promise<void> {
  clock.pass(10_000);
  await turns();
}

async function conversationOn(engine: Engine, segmentItems?: number) {
  const made = await benchWith({ engine, ...(segmentItems && { segmentItems }) });
  await send(made, 'm1', null);
  await made.runner.say(id('rm1'), 'a word');
  await made.runner.end(id('rm1'));
  await quietMoment(made);
  await send(made, 'm2', null);
  await made.runner.end(id('rm2'));
  await made.service.openView(CONVERSATION);
  await quietMoment(made);
  return made;
}

test.each([
  ['that lists its streams', () => new MemoryEngine()],
  ['that cannot', () => new Unlisted()],
])('behind an engine %s a conversation goes for good, with all it has', async (_what, make) => {
  const engine = make();
  const { service, clock } = await conversationOn(engine);
  await service.execute('delete', { conversation: CONVERSATION });
  expect(await left(engine)).toHaveLength(6);
  await service.shutdown();
  clock.pass(RECALL + 60_000);
  const gone: string[] = [];
  const purged = async (conversation: string) => void gone.push(conversation);
  const later = bench({ engine, now: clock.now, purged });
  await later.service.start();
  await turns();
  expect(await left(engine)).toEqual([]);
  expect(gone).toEqual([CONVERSATION]);
  expect(later.troubles).toEqual([]);
});

test.each([
  ['that lists its streams', () => new MemoryEngine()],
  ['that cannot', () => new Unlisted()],
])('behind an engine %s it goes with all segments of its outline', async (_what, make) => {
  const engine = make();
  const made = await conversationOn(engine, 2);
  const { service, clock } = made;
  await send(made, 'm3', null);
  await made.runner.end(id('rm3'));
  await quietMoment(made);
  expect(await left(engine)).toContain(segmentStream(outlineStream(CONVERSATION), 3));
  await service.execute('delete', { conversation: CONVERSATION });
  await service.shutdown();
  clock.pass(RECALL + 60_000);
  await bench({ engine, now: clock.now, segmentItems: 2 }).service.start();
  await turns();
  expect(await left(engine)).toEqual([]);
});

test.each([
  ['that lists its streams', () => new MemoryEngine()],
  ['that cannot', () => new Unlisted()],
])('behind an engine %s logs that a restart left are swept', async (_what, make) => {
  const engine = make();
  await conversationOn(engine);
  expect(await left(engine)).toContain(replyStream(CONVERSATION, id('rm1')));
  const next = bench({ engine });
  await next.service.start();
  await turns();
  const streams = await left(engine);
  expect(streams).not.toContain(replyStream(CONVERSATION, id('rm1')));
  expect(streams).toContain(outlineStream(CONVERSATION));
  expect(next.troubles).toEqual([]);
});

test('a log is swept also when the list has forgotten that its reply ended, and never before it has', async () => {
  const engine = new MemoryEngine();
  const made = await conversationOn(engine, 1);
  await send(made, 'm3', null);
  await made.runner.say(id('rm3'), 'a word');
  // Three days later somebody speaks elsewhere: the next snapshots leave out what ended here.
  made.clock.pass(4 * 24 * 60 * 60_000);
  await made.service.execute('create', { conversation: id('c2') });
  await made.service.execute('rename', { conversation: id('c2'), title: 'elsewhere' });
  const later = bench({ engine, alone: false, now: made.clock.now, segmentItems: 1 });
  await later.service.start();
  await turns();
  const streams = await left(engine);
  expect(streams).not.toContain(replyStream(CONVERSATION, id('rm1')));
  expect(streams).toContain(replyStream(CONVERSATION, id('rm3')));
});
