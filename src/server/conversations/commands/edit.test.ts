import { beforeEach, describe, expect, it } from 'vitest';
import { textOf } from '../../../protocol/index.ts';
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

beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
  await send(made, 'a', null);
  await finish('ra');
  await send(made, 'b', 'ra');
  await finish('rb');
});

async function finish(reply: string): Promise<void> {
  await made.runner.say(id(reply), `said by ${reply}`);
  await made.runner.end(id(reply));
}

const base = (of: string, message: string) => ({
  conversation: CONVERSATION,
  of: id(of),
  message: id(message),
  text: `says ${message}`,
});

const save = (of: string, message: string) => made.service.execute('edit', base(of, message));

const saveAndAsk = (of: string, message: string, reply = `r${message}`) =>
  made.service.execute('edit', { ...base(of, message), reply: id(reply), model: MODEL });

const idsIn = async (branch: string) => (await readBranch(engine, id(branch))).map((message) => message.id);

describe('of a message of a person', () => {
  it('saves a version beside it, forked at the end of their parent; what followed stays with the old one', async () => {
    expect(await save('b', 'c')).toEqual({ message: id('c'), branch: id('c'), forked: true });
    const tree = await readTree(engine);
    expect(tree.children.get(id('ra'))).toEqual([id('b'), id('c')]);
    expect(tree.messages.get(id('c'))).toMatchObject({
      role: 'user',
      author: { kind: 'user' },
      origin: { kind: 'edit', of: id('b') },
      start: tree.messages.get(id('ra'))?.end,
    });
    expect(await idsIn('c')).toEqual([id('a'), id('ra'), id('c')]);
    expect(await idsIn('a')).toEqual([id('a'), id('ra'), id('b'), id('rb')]);
    expect(made.runner.started.size).toBe(0);
  });

  it('asks for a reply too when it is to be regenerated', async () => {
    expect(await saveAndAsk('b', 'c')).toEqual({ message: id('c'), branch: id('c'), forked: true });
    expect(made.runner.running(id('rc'))).toBe(true);
    await finish('rc');
    expect(await idsIn('c')).toEqual([id('a'), id('ra'), id('c'), id('rc')]);
  });

  it('begins a fresh stream for another first message', async () => {
    expect(await saveAndAsk('a', 'c')).toEqual({ message: id('c'), branch: id('c'), forked: false });
    const tree = await readTree(engine);
    expect(tree.branches.get(id('c'))).toMatchObject({ kind: 'root', from: null });
    expect(await idsIn('c')).toEqual([id('c')]);
  });

  it('leaves the source where it owns the fork point, also from a version of a version', async () => {
    await save('b', 'c');
    await save('c', 'd');
    const tree = await readTree(engine);
    expect(tree.branches.get(id('d'))?.from).toEqual(tree.branches.get(id('c'))?.from);
    expect(tree.messages.get(id('d'))?.origin).toEqual({ kind: 'edit', of: id('c') });
  });

  it('takes a branch of its own even where the place after the parent is free', async () => {
    await send(made, 'x', 'rb');
    await made.runner.end(id('rx'), { reason: 'failed' });
    await saveAndAsk('x', 'y');
    await finish('ry');
    expect(await save('ry', 'z')).toEqual({ message: id('z'), branch: id('z'), forked: true });
    await made.service.execute('regenerate', {
      conversation: CONVERSATION,
      parent: id('x'),
      reply: id('rx2'),
      model: MODEL,
    });
    await made.runner.end(id('rx2'), { reason: 'failed' });
    expect((await readTree(engine)).children.get(id('x'))).toBeUndefined();
  });
});

it('of a reply is a reply in a person’s words, without an answer', async () => {
  await save('rb', 'c');
  const tree = await readTree(engine);
  expect(tree.messages.get(id('c'))).toMatchObject({
    parent: id('b'),
    role: 'assistant',
    author: { kind: 'user' },
    origin: { kind: 'edit', of: id('rb') },
  });
  expect(textOf((await readBranch(engine, id('c'))).at(-1)?.parts ?? [])).toBe('says c');
  await send(made, 'd', 'c');
  expect(await idsIn('c')).toEqual([id('a'), id('ra'), id('b'), id('c'), id('d')]);
});

describe('repeated', () => {
  it('answers as the first time and writes nothing', async () => {
    const first = [await save('b', 'c'), await saveAndAsk('a', 'd')];
    const tree = await readTree(engine);
    expect([await save('b', 'c'), await saveAndAsk('a', 'd')]).toEqual(first);
    expect(await readTree(engine)).toEqual(tree);
  });

  it.each(['before', 'after'] as const)('goes on where the storage failed %s a step', async (when) => {
    for (const [call, stream] of [
      ['append', '/outline'],
      ['fork', `/b/${id('c')}`],
      ['append', `/b/${id('c')}`],
    ] as const) {
      for (let time = 0; time < 3; time += 1) engine.failNext(call, when, stream);
      await saveAndAsk('b', 'c').catch((error) => expect(error).toMatchObject({ status: 503 }));
    }
    for (let time = 0; time < 9; time += 1) await saveAndAsk('b', 'c').catch(() => {});
    expect(await saveAndAsk('b', 'c')).toEqual({ message: id('c'), branch: id('c'), forked: true });
    expect(await idsIn('c')).toEqual([id('a'), id('ra'), id('c')]);
  });
});

describe('is refused before anything is written', () => {
  it('where a reply would get a reply', async () => {
    const refused = { status: 400, code: 'bad-request', message: expect.stringContaining('Save this one') };
    await expect(saveAndAsk('rb', 'c')).rejects.toMatchObject(refused);
  });

  it('of what is still being written, or not there', async () => {
    await send(made, 'c', 'rb');
    const { branches } = await readTree(engine);
    await expect(save('rc', 'd')).rejects.toMatchObject({ status: 409, code: 'still-writing' });
    await made.runner.end(id('rc'), { reason: 'failed' });
    await expect(save('rc', 'd')).rejects.toMatchObject({ status: 404, code: 'not-found' });
    await expect(save('zz', 'd')).rejects.toMatchObject({ status: 404, code: 'not-found' });
    expect((await readTree(engine)).branches).toEqual(branches);
  });

  it('with ids that are something else already', async () => {
    const taken = { status: 409, code: 'id-taken' };
    await expect(save('b', 'a')).rejects.toMatchObject(taken);
    await expect(save('b', 'b')).rejects.toMatchObject(taken);
    await expect(save('b', 'ra')).rejects.toMatchObject(taken);
    await expect(saveAndAsk('b', 'c', 'rb')).rejects.toMatchObject(taken);
    await expect(saveAndAsk('b', 'c', 'c')).rejects.toMatchObject({ status: 400 });
    await save('b', 'c');
    await expect(save('a', 'c')).rejects.toMatchObject(taken);
    await expect(send(made, 'c', 'ra')).rejects.toMatchObject(taken);
  });

  it('with a model that is not there', async () => {
    const input = { ...base('b', 'c'), reply: id('rc'), model: { source: 'demo', id: 'other' } };
    await expect(made.service.execute('edit', input)).rejects.toMatchObject({ status: 422 });
    expect((await readTree(engine)).messages.has(id('c'))).toBe(false);
  });
});
