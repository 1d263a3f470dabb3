import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../protocol/index.ts';
import { type AppendOptions, EngineUnavailable, START } from '../../engine/index.ts';
import { CoarseEngine, FailingEngine, id } from '../testing.ts';
import { append } from './append.ts';
import { personsMessage } from './messages.ts';

const STREAM = 'c/conv-001/b/branch-1';

const said = (name: string, parent: string | null = null): Message =>
  personsMessage({
    id: id(name),
    parent: parent && id(parent),
    text: name,
    origin: { kind: 'send' },
    time: 1,
  });

let engine: FailingEngine;

beforeEach(async () => {
  engine = new FailingEngine();
  await engine.create(STREAM);
});

const ids = async () =>
  (await engine.read(STREAM, START)).items.map((item) => (item as Message).id.replace(/-+$/, ''));

it('puts the first message at the start of a fresh stream and the next one after it', async () => {
  const first = await append(engine, STREAM, said('a'), START);
  expect(first).toMatchObject({ kind: 'done', start: START });
  const second = await append(engine, STREAM, said('b', 'a'), first.end);
  expect(second).toMatchObject({ kind: 'done', start: first.end });
  expect(await ids()).toEqual(['a', 'b']);
});

it('costs a HEAD and a POST at the tip', async () => {
  const { end } = await append(engine, STREAM, said('a'), START);
  engine.calls.length = 0;
  await append(engine, STREAM, said('b', 'a'), end);
  expect(engine.calls).toEqual([`head ${STREAM}`, `append ${STREAM}`]);
});

describe('repeated', () => {
  it('finds itself, as it was stored', async () => {
    const stored = { ...said('a'), time: 5 };
    const first = await append(engine, STREAM, stored, START);
    expect(await append(engine, STREAM, said('a'), START)).toEqual({ ...first, message: stored });
    await append(engine, STREAM, said('b', 'a'), first.end);
    expect(await append(engine, STREAM, said('a'), START)).toMatchObject({ kind: 'done', end: first.end });
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('is done after a lost answer, and tries once more after a lost request', async () => {
    engine.failNext('append', 'after');
    const first = await append(engine, STREAM, said('a'), START);
    expect(first.kind).toBe('done');
    engine.failNext('append', 'before');
    await append(engine, STREAM, said('b', 'a'), first.end);
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('gives up when no answer comes, and can be repeated later', async () => {
    for (let time = 0; time < 3; time += 1) engine.failNext('append', 'before');
    await expect(append(engine, STREAM, said('a'), START)).rejects.toMatchObject({ kind: 'unavailable' });
    expect((await append(engine, STREAM, said('a'), START)).kind).toBe('done');
    expect(await ids()).toEqual(['a']);
  });
});

describe('taken', () => {
  it('by whoever came first: it says by whom and writes nothing', async () => {
    const { end } = await append(engine, STREAM, said('a'), START);
    const other = await append(engine, STREAM, said('b', 'a'), end);
    const taken = await append(engine, STREAM, said('c', 'a'), end);
    expect(taken).toEqual({ kind: 'taken', message: said('b', 'a'), start: end, end: other.end });
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('by who came between HEAD and POST', async () => {
    const { end } = await append(engine, STREAM, said('a'), START);
    const racing = append(engine, STREAM, said('c', 'a'), end);
    await engine.append(STREAM, [said('b', 'a')], { seq: end });
    expect(await racing).toMatchObject({ kind: 'taken', message: { id: id('b') } });
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('by what is no message, or by the end of the stream', async () => {
    await engine.append(STREAM, [{ v: 9, kind: 'hologram' }]);
    expect(await append(engine, STREAM, said('a'), START)).toMatchObject({ kind: 'taken', message: null });
    const other = 'c/conv-001/b/branch-2';
    const { next } = await engine.create(other);
    await engine.close(other);
    expect(await append(engine, other, said('a'), next)).toMatchObject({ kind: 'taken', message: null });
  });
});

it('believes no answer that does not say where the message landed', async () => {
  class Forgetful extends FailingEngine {
    override append(stream: string, items: readonly unknown[], { seq, ...rest }: AppendOptions = {}) {
      return super.append(stream, items, rest);
    }
  }
  const forgetful = new Forgetful();
  await forgetful.create(STREAM);
  const { end } = await append(forgetful, STREAM, said('a'), START);
  const racing = append(forgetful, STREAM, said('c', 'a'), end);
  await forgetful.append(STREAM, [said('b', 'a')]);
  expect(await racing).toMatchObject({ kind: 'taken', message: { id: id('b') } });
});

it('says why there is no answer, where somebody can do something about it', async () => {
  class Full extends FailingEngine {
    override append(): Promise<never> {
      return Promise.reject(new EngineUnavailable('The disk is full.', STREAM, { why: 'full' }));
    }
  }
  const full = new Full();
  await full.create(STREAM);
  await expect(append(full, STREAM, said('a'), START)).rejects.toMatchObject({ why: 'full' });
});

describe('behind pages that the engine cuts', () => {
  let coarse: CoarseEngine;
  beforeEach(async () => {
    coarse = new CoarseEngine();
    await coarse.create(STREAM);
  });

  it('a message that stands there twice in a row is one with a known end', async () => {
    await coarse.append(STREAM, [said('a')]);
    const { next: end } = (await coarse.append(STREAM, [said('a')])) as { next: string };
    expect(await append(coarse, STREAM, said('a'), START)).toMatchObject({ kind: 'done', end });
    const taken = await append(coarse, STREAM, said('b'), START);
    expect(taken).toEqual({ kind: 'taken', message: said('a'), start: START, end });
  });

  it('a message with another behind it has none', async () => {
    await coarse.append(STREAM, [said('a')]);
    await coarse.append(STREAM, [said('c', 'a')]);
    expect(await append(coarse, STREAM, said('b'), START)).toMatchObject({ kind: 'taken', wide: {} });
  });
});

it('throws when there is no such stream', async () => {
  await expect(append(engine, 'c/conv-001/b/branch-9', said('a'), 'm000000000000')).rejects.toMatchObject({
    kind: 'missing',
  });
});
