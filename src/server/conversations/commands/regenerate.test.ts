import { beforeEach, describe, expect, it } from 'vitest';
import { type Bench, benchWith, CONVERSATION, id, MODEL, readBranch, readTree, send } from '../testing.ts';

let made: Bench;

beforeEach(async () => {
  made = await benchWith();
  await send(made, 'a', null);
});

const regenerate = (parent: string, reply: string) =>
  made.service.execute('regenerate', {
    conversation: CONVERSATION,
    parent: id(parent),
    reply: id(reply),
    model: MODEL,
  });

async function finish(reply: string, text = `said by ${reply}`): Promise<void> {
  await made.runner.say(id(reply), text);
  await made.runner.end(id(reply));
}

it('makes a version on a branch of its own, forked where the first reply began', async () => {
  await finish('ra');
  expect(await regenerate('a', 'r2')).toEqual({ message: id('r2'), branch: id('r2'), forked: true });
  await finish('r2');
  const tree = await readTree(made.engine);
  expect(tree.children.get(id('a'))).toEqual([id('ra'), id('r2')]);
  expect(tree.messages.get(id('r2'))).toMatchObject({
    branch: id('r2'),
    start: tree.messages.get(id('a'))?.end,
    origin: { kind: 'regenerate', of: id('ra') },
  });
  expect((await readBranch(made.engine, id('r2'))).map((message) => message.id)).toEqual([id('a'), id('r2')]);
});

it('takes the place of a reply that ended before its first word', async () => {
  await made.runner.end(id('ra'), { reason: 'failed' });
  expect(await regenerate('a', 'r2')).toEqual({ message: id('r2'), branch: id('a'), forked: false });
  await finish('r2');
  expect((await readBranch(made.engine, id('a'))).map((message) => message.id)).toEqual([id('a'), id('r2')]);
});

it('leaves the place to a reply that is still being written', async () => {
  expect(await regenerate('a', 'r2')).toMatchObject({ branch: id('r2'), forked: true });
  await finish('r2');
  await finish('ra');
  const tree = await readTree(made.engine);
  expect(tree.messages.get(id('ra'))?.branch).toBe(id('a'));
  expect(tree.messages.get(id('r2'))?.branch).toBe(id('r2'));
});

it('answers a repeat as the first time', async () => {
  const first = await regenerate('a', 'r2');
  expect(await regenerate('a', 'r2')).toEqual(first);
  await finish('r2');
  expect(await regenerate('a', 'r2')).toEqual(first);
});

it('refuses what no person said, and ids that are taken', async () => {
  await expect(regenerate('ra', 'r2')).rejects.toMatchObject({ code: 'still-writing' });
  await finish('ra');
  await expect(regenerate('ra', 'r2')).rejects.toMatchObject({ status: 400, code: 'bad-request' });
  await expect(regenerate('zz', 'r2')).rejects.toMatchObject({ status: 404, code: 'not-found' });
  await expect(regenerate('a', 'a')).rejects.toMatchObject({ status: 409, code: 'id-taken' });
  await send(made, 'b', 'ra');
  await expect(regenerate('b', 'ra')).rejects.toMatchObject({ status: 409, code: 'id-taken' });
});

describe('a reply that goes on from another', () => {
  const goOn = (reply: string, begin: { of: string; text?: string }) =>
    made.service.execute('regenerate', {
      ...{ conversation: CONVERSATION, parent: id('a'), reply: id(reply), model: MODEL },
      begin: { ...begin, of: id(begin.of) },
    });
  const begunOf = async (reply: string) => {
    const generation = (await readTree(made.engine)).generations.get(id(reply));
    if (!generation) throw new Error(`${reply} was not asked for`);
    return made.service.begun(CONVERSATION, generation);
  };
  const originOf = async (reply: string) => (await readTree(made.engine)).generations.get(id(reply))?.origin;

  beforeEach(async () => {
    await made.runner.say(id('ra'), 'The quick brown fo');
    await made.runner.end(id('ra'), { reason: 'stopped' });
  });

  it('is another version, and says in its origin with how much of which it begins', async () => {
    expect(await goOn('r2', { of: 'ra' })).toEqual({ message: id('r2'), branch: id('r2'), forked: true });
    expect(await originOf('r2')).toEqual({ kind: 'regenerate', of: id('ra'), begun: 18 });
    expect(await begunOf('r2')).toBe('The quick brown fo');
    await made.runner.say(id('r2'), 'The quick brown fo');
    await finish('r2', 'x');
    const origin = { kind: 'regenerate', of: id('ra'), begun: 18 };
    expect((await readTree(made.engine)).messages.get(id('r2'))).toMatchObject({
      origin,
      preview: 'The quick brown fox',
    });
    expect((await readBranch(made.engine, id('r2'))).at(-1)).toMatchObject({ origin });
  });

  it('from a place that was chosen', async () => {
    await goOn('r2', { of: 'ra', text: 'The quick ' });
    expect(await originOf('r2')).toEqual({ kind: 'regenerate', of: id('ra'), begun: 10, cut: true });
    expect(await begunOf('r2')).toBe('The quick ');
  });

  it('writes nothing where no word of its own came, and is asked for again as it was', async () => {
    await goOn('r2', { of: 'ra', text: 'The quick ' });
    await made.runner.say(id('r2'), 'The quick ');
    await made.runner.end(id('r2'), { reason: 'failed' });
    expect((await readTree(made.engine)).messages.has(id('r2'))).toBe(false);
    await goOn('r3', { of: 'r2' });
    expect(await originOf('r3')).toEqual({ kind: 'regenerate', of: id('ra'), begun: 10, cut: true });
  });

  it('is the same when it is asked for once more', async () => {
    const first = await goOn('r2', { of: 'ra' });
    expect(await goOn('r2', { of: 'ra' })).toEqual(first);
  });

  it('is refused where that is not what the other says, or not its beginning, or not to this message', async () => {
    const notItsBeginning = { status: 400, code: 'bad-request' };
    await expect(goOn('r2', { of: 'ra', text: 'The slow' })).rejects.toMatchObject(notItsBeginning);
    await expect(goOn('r2', { of: 'a' })).rejects.toMatchObject(notItsBeginning);
    await expect(goOn('r2', { of: 'zz' })).rejects.toMatchObject(notItsBeginning);
    await send(made, 'b', 'ra');
    await expect(goOn('r2', { of: 'rb' })).rejects.toMatchObject({ code: 'still-writing' });
    await finish('rb');
    await expect(goOn('r2', { of: 'rb' })).rejects.toMatchObject(notItsBeginning);
    expect(await originOf('r2')).toBeUndefined();
  });
});

it('tells the model what was asked beside the question, and says so in the origin', async () => {
  await made.runner.say(id('ra'), 'Hello');
  await made.runner.end(id('ra'));
  const ask = (instruction: string, reply = 'r2') =>
    made.service.execute('regenerate', {
      ...{ conversation: CONVERSATION, parent: id('a'), reply: id(reply), model: MODEL, instruction },
    });
  await ask('Shorter, with an example');
  const generation = (await readTree(made.engine)).generations.get(id('r2'));
  expect(generation?.origin).toEqual({
    ...{ kind: 'regenerate', of: id('ra'), instruction: 'Shorter, with an example' },
  });
  const asked = await made.service.context(CONVERSATION, generation as never);
  expect(
    asked
      .at(-1)
      ?.parts.map((part) => (part.kind === 'text' ? part.text : ''))
      .join(''),
  ).toBe('says a\n\n[For this answer: Shorter, with an example]');
  await made.runner.say(id('r2'), 'Hi');
  await made.runner.end(id('r2'));
  const tree = await readTree(made.engine);
  expect(tree.messages.get(id('r2'))?.origin.instruction).toBe('Shorter, with an example');
  expect(tree.messages.get(id('a'))?.preview).toBe('says a');
});
