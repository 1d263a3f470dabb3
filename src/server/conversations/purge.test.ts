import { expect, test } from 'vitest';
import { outlineStream, replyStream } from '../../protocol/index.ts';
import { CannotList, type Engine } from '../engine/index.ts';
import { MemoryEngine } from '../engine/memory.ts';
import { RECALL } from './purge.ts';
import { bench, benchWith, CONVERSATION, id, send } from './testing.ts';

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

async function conversationOn(engine: Engine) {
  const made = await benchWith({ engine });
  await send(made, 'm1', null);
  await made.runner.say(id('rm1'), 'a word');
  await made.runner.end(id('rm1'));
  await send(made, 'm2', null);
  await made.runner.end(id('rm2'));
  await made.service.openView(CONVERSATION);
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
  const later = bench({ engine, now: clock.now });
  await later.service.start();
  await turns();
  expect(await left(engine)).toEqual([]);
  expect(later.troubles).toEqual([]);
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
