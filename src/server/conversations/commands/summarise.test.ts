import { beforeEach, expect, it } from 'vitest';
import { chainTo, contextOf, type Message, partPlain } from '../../../protocol/index.ts';
import type { Generation } from '../../../tree/index.ts';
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

/** a, ra, b, rb, c, rc. */
beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  for (const [name, parent] of [
    ['a', null],
    ['b', 'ra'],
    ['c', 'rb'],
  ] as const)
    await exchange(name, parent);
});

async function exchange(name: string, parent: string | null, on = made): Promise<void> {
  await send(on, name, parent);
  await on.runner.say(id(`r${name}`), `Answer to ${name}`);
  await on.runner.end(id(`r${name}`));
}

const summarise = (name: string, after: string, keep: number, more: object = {}) =>
  made.service.execute('summarise', {
    ...{ conversation: CONVERSATION, message: id(name), after: id(after) },
    ...{ text: `Summary ${name}.`, keep, ...more },
  });

/** What the counterpart of a reply is asked with. */
async function askedWith(reply: string, on = made): Promise<readonly string[]> {
  const generation = (await readTree(engine)).generations.get(id(reply)) as Generation;
  return words(await on.runner.home.context(CONVERSATION, generation));
}

const words = (messages: readonly Message[]): string[] =>
  messages.map(({ role, parts }) => `${role}: ${parts.map(partPlain).join('')}`);

it('follows the tip; from there a model reads it, what it keeps, and what came after', async () => {
  expect(await summarise('s', 'rc', 1)).toEqual({ message: id('s'), branch: id('a'), forked: false });
  const header = (await readTree(engine)).messages.get(id('s'));
  expect(header).toMatchObject({
    ...{ parent: id('rc'), role: 'assistant', author: { kind: 'user' }, origin: { kind: 'summary' } },
    ...{ preview: 'Summary s.', summary: { from: id('a'), to: id('rb'), keep: 1, words: 2 } },
  });
  await send(made, 'd', 's');
  expect(await askedWith('rd')).toEqual([
    ...['user: Summary s.', 'user: says c', 'assistant: Answer to c', 'user: says d'],
  ]);
  await made.runner.end(id('rd'));
});

it('leaves those alone who fork above it', async () => {
  await summarise('s', 'rc', 0);
  await send(made, 'x', 'rb');
  expect(await askedWith('rx')).toEqual([
    ...['user: says a', 'assistant: Answer to a', 'user: says b', 'assistant: Answer to b', 'user: says x'],
  ]);
  await made.runner.end(id('rx'));
});

it('stands for an earlier summary too, and the last system prompt stays in front', async () => {
  await made.service.execute('system', {
    ...{ conversation: CONVERSATION, message: id('p'), after: id('rc'), text: 'Be brief.' },
  });
  await exchange('d', 'p');
  await summarise('s', 'rd', 1);
  await exchange('e', 's');
  await summarise('t', 're', 1, { model: MODEL, usage: { input: 90, output: 9 } });
  const header = (await readTree(engine)).messages.get(id('t'));
  expect(header).toMatchObject({
    ...{ author: { kind: 'model', model: MODEL, name: 'Demo', demo: true }, usage: { input: 90 } },
    ...{ summary: { from: id('a'), to: id('rd'), keep: 1 } },
  });
  await send(made, 'f', 't');
  expect(await askedWith('rf')).toEqual([
    ...['system: Be brief.', 'user: Summary t.', 'user: says e', 'assistant: Answer to e', 'user: says f'],
  ]);
  await made.runner.end(id('rf'));
});

it('is what the chain in the stream says, and reads no more of it than that', async () => {
  await summarise('s', 'rc', 1);
  await send(made, 'd', 's');
  await made.runner.end(id('rd'));
  // Another server, which has read nothing yet.
  const other = await benchWith({ engine });
  const tree = await readTree(engine);
  const generation = { ...(tree.generations.get(id('rd')) as Generation) };
  engine.reads.length = 0;
  const asked = await other.runner.home.context(CONVERSATION, generation);
  const from = tree.messages.get(id('c'))?.start;
  expect(engine.reads.filter(({ stream }) => stream.endsWith(`/b/${id('a')}`))).toEqual([
    { stream: `c/${CONVERSATION}/b/${id('a')}`, from },
  ]);
  const whole = await readBranch(engine, id('a'));
  expect(asked).toEqual(contextOf(whole, id('d')));
  expect(chainTo(whole, id('d'))).toHaveLength(8);
});

it('goes to a branch of its own where something else was said first', async () => {
  await send(made, 'd', 'rc');
  await made.runner.end(id('rd'));
  expect(await summarise('s', 'rc', 1)).toEqual({ message: id('s'), branch: id('s'), forked: true });
  expect(await summarise('s', 'rc', 1)).toEqual({ message: id('s'), branch: id('s'), forked: true });
});

it('is refused where it would stand for nothing, or not follow a reply', async () => {
  const refused = (code: string) => ({ code });
  await expect(summarise('s', 'rc', 3)).rejects.toMatchObject(refused('bad-request'));
  await expect(summarise('s', 'c', 0)).rejects.toMatchObject(refused('bad-request'));
  await expect(summarise('s', 'zz', 0)).rejects.toMatchObject(refused('not-found'));
  await expect(summarise('a', 'rc', 0)).rejects.toMatchObject(refused('id-taken'));
  await send(made, 'd', 'rc');
  await expect(summarise('s', 'rd', 0)).rejects.toMatchObject(refused('still-writing'));
  expect((await readTree(engine)).messages.has(id('s'))).toBe(false);
  await made.runner.end(id('rd'));
});

it.each([
  ['append', 'after', `/b/${id('a')}`],
  ['append', 'before', '/outline'],
  ['append', 'after', '/outline'],
  ['append', 'before', 'conversations'],
  ['append', 'after', 'conversations'],
] as const)('is completed by its repetition after a crash: %s %s %s', async (call, when, stream) => {
  for (let time = 0; time < 3; time += 1) engine.failNext(call, when, stream);
  await summarise('s', 'rc', 1).catch(() => {});
  // The process is gone, and with it what it remembered.
  const after = await benchWith({ engine: engine.healed() });
  const answer = await after.service.execute('summarise', {
    ...{ conversation: CONVERSATION, message: id('s'), after: id('rc'), text: 'Summary s.', keep: 1 },
  });
  expect(answer).toEqual({ message: id('s'), branch: id('a'), forked: false });
  const branch = await readBranch(engine, id('a'));
  expect(branch.filter((message) => message.id === id('s'))).toHaveLength(1);
});

it('is copied as one, with what it stands for', async () => {
  await summarise('s', 'rc', 1);
  await exchange('d', 's');
  const to = id('copied');
  await made.service.execute('copy', {
    conversation: to,
    from: { conversation: CONVERSATION, message: id('rd') },
  });
  const tree = await readTree(engine, to);
  const header = [...tree.messages.values()].find(({ origin }) => origin.kind === 'summary');
  const said = (preview: string) =>
    [...tree.messages.values()].find((message) => message.preview === preview)?.id;
  expect(header?.summary).toMatchObject({ from: said('says a'), to: said('Answer to b'), keep: 1 });
});
