import { beforeEach, describe, expect, it } from 'vitest';
import {
  branchStream,
  CONVERSATIONS,
  foldConversations,
  type Message,
  noConversations,
  outlineStream,
  replyStream,
} from '../../../protocol/index.ts';
import { type Engine, readAll, START } from '../../engine/index.ts';
import { personsMessage } from '../kit/messages.ts';
import {
  type Bench,
  bench,
  benchWith,
  CONVERSATION,
  CoarseEngine,
  FailingEngine,
  id,
  MODEL,
  readTree,
  send,
} from '../testing.ts';

let engine: FailingEngine;
let made: Bench;

beforeEach(async () => {
  engine = new FailingEngine();
  made = await benchWith({ engine });
});

async function open(at: Engine = engine): Promise<readonly string[] | undefined> {
  const { items } = await readAll(at, CONVERSATIONS, START);
  return foldConversations(noConversations, items as never).get(CONVERSATION)?.header.open;
}

/** Lets a send die at its `call` on `stream`, as a crash there would. */
async function cut(call: 'create' | 'append', stream: string) {
  for (let time = call === 'append' ? 3 : 1; time > 0; time -= 1) engine.failNext(call, 'before', stream);
  await expect(send(made, 'a', null)).rejects.toMatchObject({ status: 503, code: 'engine-unavailable' });
  return bench({ engine });
}

describe('a send that was cut', () => {
  it.each([
    ['before its branch was announced', 'append', outlineStream(CONVERSATION)],
    ['before its branch was created', 'create', branchStream(CONVERSATION, id('a'))],
    ['before it was said', 'append', branchStream(CONVERSATION, id('a'))],
    ['before its reply was open', 'append', CONVERSATIONS],
  ] as const)('%s, is finished by its repetition at another process', async (_when, call, stream) => {
    const after = await cut(call, stream);
    await after.service.start();
    expect(await send(after, 'a', null)).toEqual({ message: id('a'), branch: id('a'), forked: false });
    const tree = await readTree(engine);
    expect([...tree.messages.keys()]).toEqual([id('a')]);
    expect(tree.generations.has(id('ra'))).toBe(true);
  });

  it('after it was said is indexed when somebody opens the conversation', async () => {
    await send(made, 'a', null);
    for (let time = 0; time < 3; time += 1) engine.failNext('append', 'before', outlineStream(CONVERSATION));
    await expect(send(made, 'b', 'a')).rejects.toMatchObject({ status: 503 });
    expect((await readTree(engine)).messages.has(id('b'))).toBe(false);
    const after = bench({ engine });
    await after.service.open(CONVERSATION);
    expect((await readTree(engine)).messages.get(id('b'))).toMatchObject({
      branch: id('a'),
      parent: id('a'),
    });
    expect(await send(after, 'b', 'a')).toMatchObject({ branch: id('a') });
    expect((await readTree(engine)).generations.get(id('rb'))?.parent).toBe(id('b'));
  });

  it('after it was said twice in a row, behind pages the engine cuts, is indexed once', async () => {
    const coarse = new CoarseEngine();
    const before = await benchWith({ engine: coarse });
    await send(before, 'a', null);
    for (let time = 0; time < 3; time += 1) coarse.failNext('append', 'before', outlineStream(CONVERSATION));
    await expect(send(before, 'b', 'a')).rejects.toMatchObject({ status: 503 });
    const branch = branchStream(CONVERSATION, id('a'));
    const { items } = await readAll(coarse, branch, START);
    const { next: end } = (await coarse.append(branch, items.slice(-1))) as { next: string };
    const after = bench({ engine: coarse });
    await after.service.open(CONVERSATION);
    expect((await readTree(coarse)).messages.get(id('b'))).toMatchObject({ branch: id('a'), end });
    expect(await send(after, 'b', 'a')).toMatchObject({ branch: id('a') });
    expect(await send(after, 'c', 'b')).toMatchObject({ branch: id('a') });
  });

  it('behind a repetition of the one before it, read as one page with that, is indexed', async () => {
    const coarse = new CoarseEngine();
    const before = await benchWith({ engine: coarse });
    await send(before, 'a', null);
    const branch = branchStream(CONVERSATION, id('a'));
    const { items } = await readAll(coarse, branch, START);
    const [first] = items as Message[];
    await coarse.append(branch, items);
    const next = { ...(first as Message), id: id('b'), parent: id('a') };
    const { next: end } = (await coarse.append(branch, [next])) as { next: string };
    const after = bench({ engine: coarse });
    await after.service.open(CONVERSATION);
    const { messages } = await readTree(coarse);
    expect(messages.get(id('b'))).toMatchObject({ branch: id('a'), start: messages.get(id('a'))?.end, end });
    expect(await send(after, 'c', 'b')).toMatchObject({ branch: id('a') });
  });

  it('asks for one reply only, whoever repeats it', async () => {
    await send(made, 'a', null);
    const input = {
      conversation: CONVERSATION,
      message: id('a'),
      parent: null,
      text: 'says a',
      model: MODEL,
    };
    const other = made.service.execute('send', { ...input, reply: id('r2') });
    await expect(other).rejects.toMatchObject({ status: 409, code: 'id-taken' });
  });
});

describe('after a crash while a reply is written', () => {
  it('a start ends it as interrupted, with its text, and lets the log go', async () => {
    await send(made, 'a', null);
    await made.runner.say(id('ra'), 'Half a');
    const after = bench({ engine });
    await after.service.start();
    expect((await readTree(engine)).messages.get(id('ra'))).toMatchObject({
      preview: 'Half a',
      finish: { reason: 'interrupted' },
    });
    expect(await open()).toEqual([]);
    expect(await made.runner.say(id('ra'), ' sentence')).toBe('fenced');
  });

  it('a start ends one whose log was never made, and settles one that had ended', async () => {
    await send(made, 'a', null);
    await made.runner.say(id('ra'), 'Whole.');
    await (await made.runner.logs.get(id('ra')))?.end([], { reason: 'complete', at: 5 });
    await send(made, 'b', 'a');
    await engine.delete(replyStream(CONVERSATION, id('rb')));
    await bench({ engine }).service.start();
    const { generations } = await readTree(engine);
    expect(generations.get(id('ra'))?.end?.reason).toBe('complete');
    expect(generations.get(id('rb'))?.end?.reason).toBe('interrupted');
    expect(await open()).toEqual([]);
  });

  it('a start ends one whose log was damaged, though it has counted further than can be read', async () => {
    await send(made, 'a', null);
    const log = replyStream(CONVERSATION, id('ra'));
    await made.runner.logs.get(id('ra'));
    await engine.append(log, [{ kind: 'lost' }], { seq: '000000000009' });
    const after = bench({ engine });
    await after.service.start();
    expect((await readTree(engine)).generations.get(id('ra'))?.end?.reason).toBe('interrupted');
    expect(await engine.head(log)).toMatchObject({ closed: true });
    expect(after.troubles).toEqual([]);
  });

  it('a server that is not alone leaves it open, until somebody says that its writer is gone', async () => {
    await send(made, 'a', null);
    await made.runner.say(id('ra'), 'Half a');
    const other = bench({ engine, alone: false });
    await other.service.start();
    await other.service.open(CONVERSATION);
    expect(await open()).toEqual([id('ra')]);
    await other.service.interrupt(CONVERSATION, id('ra'));
    expect(await open()).toEqual([]);
  });

  it('opening ends one that only the outline knows of', async () => {
    for (let time = 0; time < 3; time += 1) engine.failNext('append', 'before', CONVERSATIONS);
    await expect(send(made, 'a', null)).rejects.toMatchObject({ status: 503 });
    const after = bench({ engine });
    await after.service.start();
    expect((await readTree(engine)).generations.get(id('ra'))?.end).toBeUndefined();
    await after.service.open(CONVERSATION);
    expect((await readTree(engine)).generations.get(id('ra'))?.end?.reason).toBe('interrupted');
    expect(await open()).toEqual([]);
  });

  it('opening closes one that only the list knows of', async () => {
    const patch = {
      v: 1,
      kind: 'conversation',
      id: CONVERSATION,
      at: 5,
      generations: { [id('rx')]: 'open' },
    };
    await engine.append(CONVERSATIONS, [patch]);
    await bench({ engine }).service.start();
    expect(await open()).toEqual([]);
  });
});

it('never indexes a stray, which seals its branch: the next send forks', async () => {
  await send(made, 'a', null);
  await made.runner.end(id('ra'), { reason: 'failed' });
  const stray = personsMessage({
    id: id('x'),
    parent: id('zz'),
    text: 'x',
    origin: { kind: 'send' },
    time: 1,
  });
  await engine.append(branchStream(CONVERSATION, id('a')), [stray]);
  const after = bench({ engine });
  await after.service.open(CONVERSATION);
  expect((await readTree(engine)).messages.has(id('x'))).toBe(false);
  expect(await send(after, 'b', 'a')).toEqual({ message: id('b'), branch: id('b'), forked: true });
});

describe('opening', () => {
  it('repairs once per process', async () => {
    await made.service.open(CONVERSATION);
    engine.calls.length = 0;
    await made.service.open(CONVERSATION);
    expect(engine.calls).toEqual([]);
  });

  it('repairs again after it failed', async () => {
    const after = bench({ engine });
    engine.failNext('read', 'before', outlineStream(CONVERSATION));
    await expect(after.service.open(CONVERSATION)).rejects.toMatchObject({ status: 503 });
    await after.service.open(CONVERSATION);
  });

  it('does nothing for a conversation that does not exist, and makes the outline of one that has none', async () => {
    await made.service.open(id('other'));
    expect(await engine.head(outlineStream(id('other')))).toBeNull();
    engine.failNext('create', 'before', outlineStream(CONVERSATION));
    const other = id('c2');
    engine.failNext('create', 'before', outlineStream(other));
    await expect(made.service.execute('create', { conversation: other })).rejects.toMatchObject({
      status: 503,
    });
    const after = bench({ engine });
    await after.service.open(other).catch(() => after.service.open(other));
    expect(await engine.head(outlineStream(other))).not.toBeNull();
  });
});
