import { beforeEach, expect, it } from 'vitest';
import { CONVERSATIONS, textOf } from '../../../protocol/index.ts';
import { pathTo } from '../../../tree/index.ts';
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

let made: Bench;
let engine: FailingEngine;
const NEW = id('copied');

/** a, ra, b, rb, c; another reply to b. */
beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  for (const [name, parent] of [
    ['a', null],
    ['b', 'ra'],
    ['c', 'rb'],
  ] as const) {
    await send(made, name, parent);
    await made.runner.say(id(`r${name}`), `Answer to ${name}`);
    await made.runner.end(id(`r${name}`));
  }
  await made.service.execute('regenerate', {
    conversation: CONVERSATION,
    parent: id('b'),
    reply: id('rb2'),
    model: MODEL,
  });
  await made.runner.say(id('rb2'), 'Another answer');
  await made.runner.end(id('rb2'));
});

const copy = (message: string) =>
  made.service.execute('copy', {
    conversation: NEW,
    from: { conversation: CONVERSATION, message: id(message) },
  });

it('makes a conversation of the way to a message, and of nothing else', async () => {
  const { message } = await copy('rb2');
  const tree = await readTree(engine, NEW);
  expect(tree.messages.size).toBe(4);
  const path = pathTo(tree, message).map((one) => tree.messages.get(one));
  expect(path.map((header) => header?.preview)).toEqual([
    'says a',
    'Answer to a',
    'says b',
    'Another answer',
  ]);
  expect(path.map((header) => header?.origin)).toEqual(
    ['a', 'ra', 'b', 'rb2'].map((of) => ({ kind: 'copy', of: id(of) })),
  );
  expect(tree.branches.size).toBe(1);
  const [branch] = tree.branches.keys();
  const stored = await readBranch(engine, branch as string, NEW);
  expect(stored.map(({ parts }) => textOf(parts))).toEqual([
    'says a',
    'Answer to a',
    'says b',
    'Another answer',
  ]);
});

it('can be gone on with, without touching what it came from', async () => {
  const before = await readTree(engine);
  const { message } = await copy('ra');
  await made.service.execute('send', {
    ...{
      conversation: NEW,
      message: id('z'),
      parent: message,
      text: 'And now?',
      reply: id('rz'),
      model: MODEL,
    },
  });
  expect((await readTree(engine, NEW)).messages.get(id('z'))?.parent).toBe(message);
  expect(await readTree(engine)).toEqual(before);
});

it('repeated, answers the same and writes nothing', async () => {
  const first = await copy('rb');
  const tree = await readTree(engine, NEW);
  const { items } = await readAll(engine, CONVERSATIONS, START);
  expect(await copy('rb')).toEqual(first);
  expect(await readTree(engine, NEW)).toEqual(tree);
  expect((await readAll(engine, CONVERSATIONS, START)).items.length).toBe(items.length);
});

it.each(['before', 'after'] as const)('goes on where the storage failed %s a step', async (when) => {
  for (const stream of ['/outline', '/b/'])
    for (let time = 0; time < 3; time += 1) engine.failNext('append', when, stream);
  for (let time = 0; time < 9; time += 1) await copy('rb').catch(() => {});
  await copy('rb');
  const tree = await readTree(engine, NEW);
  expect([...tree.messages.values()].map(({ preview }) => preview)).toEqual([
    'says a',
    'Answer to a',
    'says b',
    'Answer to b',
  ]);
});

it('is refused of what is not there, or still being written', async () => {
  await expect(copy('zz')).rejects.toMatchObject({ status: 404 });
  await send(made, 'd', 'rc');
  await expect(copy('rd')).rejects.toMatchObject({ status: 409, code: 'still-writing' });
  expect(await engine.head(`c/${NEW}/outline`)).toBeNull();
});
