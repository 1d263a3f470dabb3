import { beforeEach, expect, it } from 'vitest';
import { CONVERSATIONS, outlineStream, replyStream } from '../../../protocol/index.ts';
import { type Bench, bench, benchWith, CONVERSATION, FailingEngine, id, readTree, send } from '../testing.ts';

const DAY = 24 * 60 * 60_000;

let engine: FailingEngine;
let made: Bench;

beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
});

async function names(): Promise<string[]> {
  const found: string[] = [];
  for await (const name of engine.list('')) found.push(name);
  return found;
}

it('makes the list of conversations at the very first start', async () => {
  const first = bench();
  await first.service.start();
  expect(await first.engine.head(CONVERSATIONS)).not.toBeNull();
});

it('deletes all streams of a conversation that was deleted thirty days ago, and no others', async () => {
  await send(made, 'a', null);
  await send(made, 'b', 'a');
  await send(made, 'c', 'a');
  await made.service.execute('create', { conversation: id('c2') });
  await made.service.execute('delete', { conversation: CONVERSATION });
  const later = bench({ engine, now: () => 1_000 + 31 * DAY });
  await later.service.start();
  await expect.poll(names).toEqual([CONVERSATIONS, outlineStream(id('c2'))]);
  await expect(later.service.execute('undelete', { conversation: CONVERSATION })).rejects.toMatchObject({
    status: 410,
  });
  await bench({ engine, now: () => 1_000 + 32 * DAY }).service.start();
});

it('keeps what was deleted less long ago, or brought back', async () => {
  await made.service.execute('delete', { conversation: CONVERSATION });
  await bench({ engine, now: () => 29 * DAY }).service.start();
  await made.service.execute('undelete', { conversation: CONVERSATION });
  await bench({ engine, now: () => 90 * DAY }).service.start();
  await expect.poll(names).toContain(outlineStream(CONVERSATION));
});

it('deletes logs whose ten minutes a restart cut short, and leaves those of open replies', async () => {
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Hello');
  await made.runner.end(id('ra'));
  await send(made, 'b', 'ra');
  const after = bench({ engine, alone: false });
  await after.service.start();
  await expect.poll(() => engine.head(replyStream(CONVERSATION, id('ra')))).toBeNull();
  expect(await engine.head(replyStream(CONVERSATION, id('rb')))).not.toBeNull();
});

it('starts although a conversation cannot be repaired now, and repairs it when the engine answers again', async () => {
  await send(made, 'a', null);
  const after = bench({ engine });
  engine.failNext('read', 'before', outlineStream(CONVERSATION));
  await after.service.start();
  expect(after.troubles).toHaveLength(1);
  after.clock.pass(1_000);
  await expect
    .poll(async () => (await readTree(engine)).generations.get(id('ra'))?.end?.reason)
    .toBe('interrupted');
});

it('ends a reply whose runner gave up, while the process lives', async () => {
  await send(made, 'a', null);
  await made.runner.say(id('ra'), 'Half a');
  made.runner.forget();
  made.clock.pass(61_000);
  await expect
    .poll(async () => (await readTree(engine)).messages.get(id('ra'))?.finish?.reason)
    .toBe('interrupted');
});

it('settles a stopped reply in the background when the engine does not answer', async () => {
  await send(made, 'a', null);
  made.runner.forget();
  for (let time = 0; time < 3; time += 1) engine.failNext('append', 'before', outlineStream(CONVERSATION));
  await made.service.execute('stop', { conversation: CONVERSATION, reply: id('ra') });
  expect((await readTree(engine)).generations.get(id('ra'))?.end).toBeUndefined();
  made.clock.pass(300);
  await expect
    .poll(async () => (await readTree(engine)).generations.get(id('ra'))?.end?.reason)
    .toBe('stopped');
});

it('leaves no timer behind when it shuts down', async () => {
  await send(made, 'a', null);
  await made.runner.end(id('ra'));
  expect(made.clock.waiting()).toBeGreaterThan(0);
  await made.service.shutdown();
  expect(made.clock.waiting()).toBe(0);
});

it('tells the log what the engine failed at, and people a sentence', async () => {
  engine.failNext('append', 'before', CONVERSATIONS);
  engine.failNext('append', 'before', CONVERSATIONS);
  engine.failNext('append', 'before', CONVERSATIONS);
  const archive = made.service.execute('archive', { conversation: CONVERSATION });
  await expect(archive).rejects.toMatchObject({ name: 'Refusal', status: 503 });
  expect(made.troubles).toMatchObject([{ kind: 'unavailable' }]);
});
