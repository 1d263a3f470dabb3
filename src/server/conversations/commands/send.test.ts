import { describe, expect, it } from 'vitest';
import { START } from '../../engine/index.ts';
import {
  bench,
  benchWith,
  CONVERSATION,
  id,
  MODEL,
  readBranch,
  readList,
  readTree,
  send,
} from '../testing.ts';

describe('a first message', () => {
  it('begins a fresh root branch named after it, and its reply is asked for in the place after it', async () => {
    const made = await benchWith();
    const answer = await send(made, 'a', null);
    expect(answer).toEqual({ message: id('a'), branch: id('a'), forked: false });
    const tree = await readTree(made.engine);
    expect(tree.branches.get(id('a'))).toMatchObject({ kind: 'root', from: null });
    expect(tree.messages.get(id('a'))).toMatchObject({
      parent: null,
      role: 'user',
      start: START,
      preview: 'says a',
    });
    const { end } = tree.messages.get(id('a')) ?? {};
    expect(tree.generations.get(id('ra'))).toMatchObject({
      parent: id('a'),
      branch: id('a'),
      at: end,
      demo: true,
    });
    expect(made.runner.running(id('ra'))).toBe(true);
  });

  it('gives the conversation its first words as a title and marks it as replying', async () => {
    const made = await benchWith();
    await send(made, 'a', null, '  Which city\nfirst?  ');
    const header = (await readList(made.engine)).get(CONVERSATION)?.header;
    expect(header).toMatchObject({ title: { text: 'Which city first?', by: 'words' }, open: [id('ra')] });
    expect(header?.active).toBeGreaterThan(header?.created ?? 0);
  });

  it('may have others beside it: each begins a stream of its own', async () => {
    const made = await benchWith();
    await send(made, 'a', null);
    expect(await send(made, 'b', null)).toEqual({ message: id('b'), branch: id('b'), forked: false });
    expect(await readBranch(made.engine, id('b'))).toHaveLength(1);
  });
});

describe('a message at the tip', () => {
  it('follows a reply in the same branch', async () => {
    const made = await benchWith();
    await send(made, 'a', null);
    await made.runner.say(id('ra'), 'Hello');
    await made.runner.end(id('ra'));
    expect(await send(made, 'b', 'ra')).toEqual({ message: id('b'), branch: id('a'), forked: false });
    const ids = (await readBranch(made.engine, id('a'))).map((message) => message.id);
    expect(ids).toEqual([id('a'), id('ra'), id('b')]);
  });

  it('may follow another message of a person', async () => {
    const made = await benchWith();
    await send(made, 'a', null);
    expect(await send(made, 'b', 'a')).toMatchObject({ branch: id('a'), forked: false });
  });
});

it('forks a stale send: what follows the parent already stays, the message gets a branch of its own', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await send(made, 'b', 'a');
  expect(await send(made, 'c', 'a')).toEqual({ message: id('c'), branch: id('c'), forked: true });
  const [first, second] = await readBranch(made.engine, id('c'));
  expect(first?.id).toBe(id('a'));
  expect(second).toMatchObject({ id: id('c'), parent: id('a'), origin: { kind: 'stale' } });
  const { end } = (await readTree(made.engine)).messages.get(id('a')) ?? {};
  const branch = (await readTree(made.engine)).branches.get(id('c'));
  expect(branch?.from).toEqual({ stream: `c/${CONVERSATION}/b/${id('a')}`, offset: end, message: id('a') });
});

it('records a fork that a person chose as one', async () => {
  const made = await benchWith();
  await send(made, 'a', null);
  await send(made, 'b', 'a');
  const input = { conversation: CONVERSATION, parent: id('a'), text: 'x', reply: id('rc'), model: MODEL };
  const chosen = { ...input, message: id('c'), origin: 'fork' as const };
  expect(await made.service.execute('send', chosen)).toMatchObject({ branch: id('c'), forked: true });
  expect((await readTree(made.engine)).messages.get(id('c'))?.origin).toEqual({ kind: 'fork' });
});

it('answers a repeat as the first time and writes nothing', async () => {
  const made = await benchWith();
  const first = await send(made, 'a', null);
  const tree = await readTree(made.engine);
  expect(await send(made, 'a', null)).toEqual(first);
  expect(await readTree(made.engine)).toEqual(tree);
  await send(made, 'b', 'a');
  const stale = await send(made, 'c', 'a');
  expect(await send(made, 'c', 'a')).toEqual(stale);
});

describe('is refused before anything is written', () => {
  it('when the conversation does not exist, or is deleted', async () => {
    const made = bench();
    await expect(send(made, 'a', null)).rejects.toMatchObject({ status: 404, code: 'not-found' });
    await made.service.execute('create', { conversation: CONVERSATION });
    await made.service.execute('delete', { conversation: CONVERSATION });
    await expect(send(made, 'a', null)).rejects.toMatchObject({ status: 410, code: 'gone' });
    expect((await readTree(made.engine)).branches.size).toBe(0);
  });

  it('when its parent is unknown, is still being written, or said nothing', async () => {
    const made = await benchWith();
    await send(made, 'a', null);
    await expect(send(made, 'b', 'zz')).rejects.toMatchObject({ status: 404, code: 'not-found' });
    await expect(send(made, 'b', 'ra')).rejects.toMatchObject({ status: 409, code: 'still-writing' });
    await made.runner.end(id('ra'), { reason: 'failed' });
    await expect(send(made, 'b', 'ra')).rejects.toMatchObject({ status: 404, code: 'not-found' });
    expect((await readTree(made.engine)).messages.size).toBe(1);
  });

  it('when an id is something else already', async () => {
    const made = await benchWith();
    await send(made, 'a', null);
    await send(made, 'b', 'a');
    await expect(send(made, 'b', null)).rejects.toMatchObject({ status: 409, code: 'id-taken' });
    await expect(send(made, 'ra', 'a')).rejects.toMatchObject({ status: 409, code: 'id-taken' });
    const input = { conversation: CONVERSATION, message: id('c'), parent: null, text: 'x', model: MODEL };
    const execute = (reply: string) => made.service.execute('send', { ...input, reply });
    await expect(execute(id('ra'))).rejects.toMatchObject({ status: 409, code: 'id-taken' });
    await expect(execute(id('a'))).rejects.toMatchObject({ status: 409, code: 'id-taken' });
    await expect(execute(id('c'))).rejects.toMatchObject({ status: 400, code: 'bad-request' });
  });

  it('when its model is not there, unless it was sent before', async () => {
    const made = await benchWith();
    await send(made, 'a', null);
    const model = { source: 'demo', id: 'other' };
    const input = { conversation: CONVERSATION, parent: null, text: 'x', model };
    const known = { ...input, message: id('a'), reply: id('ra') };
    await expect(made.service.execute('send', known)).resolves.toMatchObject({ branch: id('a') });
    const fresh = { ...input, message: id('b'), reply: id('rb') };
    await expect(made.service.execute('send', fresh)).rejects.toMatchObject({
      status: 422,
      code: 'unknown-model',
    });
    expect((await readTree(made.engine)).branches.size).toBe(1);
  });
});

describe('the default system prompt', () => {
  const first = (made: Awaited<ReturnType<typeof benchWith>>, more: object = {}) =>
    made.service.execute('send', {
      ...{ conversation: CONVERSATION, message: id('a'), parent: null, text: 'Which city?' },
      ...{ reply: id('ra'), model: MODEL, system: id('s'), ...more },
    });

  it('begins a conversation that is new where that is asked for, and once', async () => {
    const made = await benchWith({ defaultPrompt: () => 'Be brief.' });
    expect(await first(made)).toMatchObject({ message: id('a') });
    expect(await first(made)).toMatchObject({ message: id('a') });
    const { messages } = await readTree(made.engine);
    expect([...messages.values()].map(({ id, parent, role }) => [id, parent, role])).toEqual([
      [id('s'), null, 'system'],
      [id('a'), id('s'), 'user'],
    ]);
  });

  it('is not there where there is none, or where something was said already', async () => {
    const none = await benchWith();
    await first(none);
    expect((await readTree(none.engine)).messages.get(id('a'))?.parent).toBeNull();
    const begun = await benchWith({ defaultPrompt: () => 'Be brief.' });
    await send(begun, 'b', null);
    await first(begun);
    expect((await readTree(begun.engine)).messages.has(id('s'))).toBe(false);
  });

  it('is not written where the message is refused', async () => {
    const made = await benchWith({ defaultPrompt: () => 'Be brief.', models: { describe: () => null } });
    await expect(first(made)).rejects.toMatchObject({ status: 422 });
    expect((await readTree(made.engine)).messages.size).toBe(0);
  });
});
