import { beforeEach, describe, expect, it } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  foldConversations,
  noConversations,
  replyStream,
} from '../../../protocol/index.ts';
import { readAll, START } from '../../engine/index.ts';
import {
  type Bench,
  benchWith,
  CONVERSATION,
  FailingEngine,
  id,
  MODEL,
  readBranch,
  readTree,
  send,
} from '../testing.ts';
import { LOG_KEPT } from './settle.ts';

let engine: FailingEngine;
let made: Bench;

beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  await send(made, 'a', null);
});

const log = replyStream(CONVERSATION, id('ra'));
const settle = () => made.service.settle(CONVERSATION, id('ra'));

async function open(): Promise<readonly string[] | undefined> {
  const { items } = await readAll(engine, CONVERSATIONS, START);
  return foldConversations(noConversations, items as never).get(CONVERSATION)?.header.open;
}

it('folds the log into its place and both indexes, message and end in one POST', async () => {
  await made.runner.say(id('ra'), 'Hello');
  const before = (await readAll(engine, `c/${CONVERSATION}/outline`, START)).next;
  await made.runner.end(id('ra'));
  const added = await engine.read(`c/${CONVERSATION}/outline`, before, { maxItems: 1 });
  expect(added.items.map((item) => (item as { kind: string }).kind)).toEqual(['message', 'generation-end']);
  expect(added.upToDate).toBe(true);
  const tree = await readTree(engine);
  expect(tree.messages.get(id('ra'))).toMatchObject({
    branch: id('a'),
    preview: 'Hello',
    finish: { at: 9_000 },
  });
  expect(await open()).toEqual([]);
});

it('writes nothing to the branch for a reply without words, but says that it ended', async () => {
  await made.runner.end(id('ra'), {
    reason: 'failed',
    failure: { code: 'key', sentence: 'The key is wrong.' },
  });
  expect(await readBranch(engine, id('a'))).toHaveLength(1);
  expect((await readTree(engine)).generations.get(id('ra'))?.end?.failure?.sentence).toBe(
    'The key is wrong.',
  );
  expect(await open()).toEqual([]);
});

it('does nothing while the log has no end, nor for what it does not know', async () => {
  await made.runner.say(id('ra'), 'Hello');
  await settle();
  await made.service.settle(CONVERSATION, id('rz'));
  await made.service.settle(id('other'), id('ra'));
  expect(await readBranch(engine, id('a'))).toHaveLength(1);
  expect(await open()).toEqual([id('ra')]);
});

it('takes a branch of its own when its place was taken meanwhile', async () => {
  await made.runner.say(id('ra'), 'Hello');
  await send(made, 'b', 'a');
  await made.runner.end(id('ra'));
  const tree = await readTree(engine);
  expect(tree.messages.get(id('ra'))).toMatchObject({
    branch: id('ra'),
    start: tree.messages.get(id('a'))?.end,
  });
  expect((await readBranch(engine, id('ra'))).map((message) => message.id)).toEqual([id('a'), id('ra')]);
  expect(await send(made, 'c', 'ra')).toMatchObject({ branch: id('ra'), forked: false });
});

describe('may be cut anywhere and repeated', () => {
  const steps = [
    ['the append', 'append', branchStream(CONVERSATION, id('a'))],
    ['the index', 'append', `c/${CONVERSATION}/outline`],
    ['the list', 'append', CONVERSATIONS],
  ] as const;

  it.each(steps)('at %s', async (_step, call, stream) => {
    await made.runner.say(id('ra'), 'Hello');
    for (let time = 0; time < 3; time += 1) engine.failNext(call, 'before', stream);
    await expect(made.runner.end(id('ra'))).rejects.toMatchObject({ kind: 'unavailable' });
    engine.failNext(call, 'after', stream);
    await settle();
    await settle();
    expect((await readBranch(engine, id('a'))).map((message) => message.id)).toEqual([id('a'), id('ra')]);
    expect((await readTree(engine)).generations.get(id('ra'))?.end?.reason).toBe('complete');
    expect(await open()).toEqual([]);
  });
});

it('keeps the log for ten minutes, then deletes it', async () => {
  await made.runner.say(id('ra'), 'Hello');
  await made.runner.end(id('ra'));
  made.clock.pass(9 * 60_000);
  expect(await engine.head(log)).not.toBeNull();
  made.clock.pass(2 * 60_000);
  await expect.poll(() => engine.head(log)).toBeNull();
  await settle();
  expect((await readTree(engine)).messages.get(id('ra'))?.preview).toBe('Hello');
});

it('leaves no timer behind but the one that deletes the log, and in the end not that', async () => {
  await made.runner.end(id('ra'));
  made.clock.pass(LOG_KEPT);
  const before = made.clock.waiting();
  for (let n = 1; n <= 20; n += 1) {
    await send(made, `t${n}`, null);
    await made.runner.end(id(`rt${n}`));
  }
  expect(made.clock.waiting()).toBe(before + 20);
  made.clock.pass(LOG_KEPT);
  expect(made.clock.waiting()).toBe(before);
});

it('settles a log that is closed without an end that can be read', async () => {
  await made.runner.say(id('ra'), 'Half a');
  await engine.append(log, [{ v: 9, kind: 'finale' }], { close: true });
  await settle();
  expect((await readTree(engine)).messages.get(id('ra'))).toMatchObject({
    preview: 'Half a',
    finish: { reason: 'interrupted' },
  });
});

describe('a reply that has ended and is not in its branch yet', () => {
  const execute: Bench['service']['execute'] = (name, input) => made.service.execute(name, input);
  const at = { conversation: CONVERSATION };
  const asks = { reply: id('rb'), model: MODEL };

  it.each<[string, () => Promise<unknown>]>([
    ['answered', () => send(made, 'b', 'ra')],
    ['edited', () => execute('edit', { ...at, of: id('ra'), message: id('b'), text: 'Kept' })],
    [
      'gone on from',
      () => execute('regenerate', { ...at, ...asks, parent: id('a'), begin: { of: id('ra') } }),
    ],
    ['copied', () => execute('copy', { conversation: id('c2'), from: { ...at, message: id('ra') } })],
    [
      'followed by a system prompt',
      () => execute('system', { ...at, message: id('b'), after: id('ra'), text: 'x' }),
    ],
    [
      'summarised',
      () => execute('summarise', { ...at, message: id('b'), after: id('ra'), text: 'x', keep: 0 }),
    ],
    ['covered', () => made.service.covered({ ...at, after: id('ra'), keep: 0 })],
  ])('is %s by who has read its end', async (_, work) => {
    await made.runner.say(id('ra'), 'Hello');
    await expect(work()).rejects.toMatchObject({ code: 'still-writing' });
    const log = await made.runner.logs.get(id('ra'));
    await log?.end([], { reason: 'complete', at: 9_000 });
    expect((await readTree(engine)).messages.has(id('ra'))).toBe(false);
    await work();
    expect((await readTree(engine)).messages.has(id('ra'))).toBe(true);
  });

  it('is not settled twice where its writer comes to it meanwhile', async () => {
    await made.runner.say(id('ra'), 'Hello');
    const log = await made.runner.logs.get(id('ra'));
    await log?.end([], { reason: 'complete', at: 9_000 });
    await Promise.all([send(made, 'b', 'ra'), settle(), send(made, 'd', 'ra'), settle()]);
    const tree = await readTree(engine);
    expect(tree.children.get(id('ra'))).toEqual([id('b'), id('d')]);
    expect((await readBranch(engine, id('a'))).map((message) => message.id)).toEqual([
      id('a'),
      id('ra'),
      id('b'),
    ]);
  });
});
