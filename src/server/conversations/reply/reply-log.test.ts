import { beforeEach, describe, expect, it } from 'vitest';
import { replyStream } from '../../../protocol/index.ts';
import type { Finish, Generation } from '../../../tree/index.ts';
import { EngineUnavailable } from '../../engine/index.ts';
import type { ReplyEntry } from '../../replies/port.ts';
import { FailingEngine } from '../testing.ts';
import { endLog } from './end-log.ts';
import { Logs } from './logs.ts';
import { readLog } from './read-log.ts';

const STREAM = replyStream('conv-001', 'reply-01');
const generation: Generation = {
  id: 'reply-01',
  parent: 'message1',
  branch: 'branch-1',
  at: '0_1',
  model: { source: 'demo', id: 'demo' },
  name: 'Demo',
  origin: { kind: 'send' },
  started: 7,
};
const END: Finish = { reason: 'complete', at: 9 };
const words = (text: string): ReplyEntry => ({ kind: 'delta', part: 0, of: 'text', text });

let engine: FailingEngine;

beforeEach(() => {
  engine = new FailingEngine();
});

const open = (logs = new Logs(engine)) => logs.open(STREAM, generation);
const said = async () => {
  const log = await readLog(engine, STREAM);
  const [part] = log?.reply.parts ?? [];
  return { text: part?.kind === 'text' ? part.text : '', end: log?.reply.end?.reason, closed: log?.closed };
};
const interrupt = () => endLog({ engine }, 'conv-001', generation, { reason: 'interrupted', at: 8 });

it('begins with the generation, counts without gaps and is closed with its end', async () => {
  const log = await open();
  await log.write([words('Hel')]);
  await log.write([words('lo'), { kind: 'beat' }]);
  await log.end([words('!')], END, { output: 3 });
  expect((await readLog(engine, STREAM))?.reply).toMatchObject({
    generation,
    seq: 5,
    end: END,
    usage: { output: 3 },
  });
  expect(await said()).toEqual({ text: 'Hello!', end: 'complete', closed: true });
  expect(await log.write([words('more')])).toBe('fenced');
});

describe('after a lost answer', () => {
  it('repeats nothing that landed', async () => {
    const log = await open();
    engine.failNext('append', 'after');
    await expect(log.write([words('a')])).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await log.write([words('a')])).toBe('written');
    await log.end([], END);
    expect(await said()).toEqual({ text: 'a', end: 'complete', closed: true });
  });

  it('goes on with the entries that were not acknowledged and what came since', async () => {
    const log = await open();
    for (const when of ['after', 'before', 'after', 'after'] as const) engine.failNext('append', when);
    await expect(log.write([words('a')])).rejects.toThrow();
    await expect(log.end([words('a'), words('b')], END)).rejects.toThrow();
    await expect(log.end([words('a'), words('b')], END)).rejects.toThrow();
    await log.end([words('a'), words('b')], END);
    expect(await said()).toEqual({ text: 'ab', end: 'complete', closed: true });
  });

  it('knows a POST for its own that lands only after it was missed', async () => {
    const log = await open();
    const append = engine.append.bind(engine);
    engine.append = async (...call) => {
      engine.append = async (...next) => {
        engine.append = append;
        await append(...call);
        return append(...next);
      };
      throw new EngineUnavailable('late');
    };
    await expect(log.write([words('a')])).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await log.write([words('a')])).toBe('written');
    expect(await log.write([words('b')])).toBe('written');
    expect((await said()).text).toBe('ab');
  });

  it('of its start, knows the log for its own when it is opened again', async () => {
    const logs = new Logs(engine);
    engine.failNext('append', 'after');
    await expect(open(logs)).rejects.toThrow();
    engine.failNext('create', 'after');
    await expect(open(logs)).rejects.toThrow();
    expect(await (await open(logs)).write([words('a')])).toBe('written');
  });
});

describe('is fenced', () => {
  it('when somebody else began the log, also if their numbers were forgotten', async () => {
    await (await open()).write([words('a')]);
    const other = await open();
    expect(await other.write([words('b')])).toBe('fenced');
    await other.end([words('b')], END);
    expect(await said()).toMatchObject({ text: 'a', end: undefined });
  });

  it('but for one, when two open it in the same moment', async () => {
    engine.failNext('create', 'after');
    const slow = new Logs(engine);
    await expect(open(slow)).rejects.toThrow();
    const [first, second] = await Promise.all([open(slow), open()]);
    const outcomes = [await first.write([words('a')]), await second.write([words('b')])];
    expect(outcomes.sort()).toEqual(['fenced', 'written']);
  });

  it('when somebody ended it: the first end stands', async () => {
    const log = await open();
    await log.write([words('a')]);
    await interrupt();
    expect(await log.write([words('b')])).toBe('fenced');
    await log.end([words('b')], END);
    expect(await said()).toEqual({ text: 'a', end: 'interrupted', closed: true });
  });

  it('when it was ended while an answer was lost', async () => {
    const log = await open();
    engine.failNext('append', 'before');
    await expect(log.write([words('a')])).rejects.toThrow();
    await interrupt();
    expect(await log.write([words('a')])).toBe('fenced');
  });

  it('when it was settled and deleted', async () => {
    const log = await open();
    await engine.delete(STREAM);
    expect(await log.write([words('a')])).toBe('fenced');
    await log.end([], END);
  });
});

describe('ended by who does not write it', () => {
  it('keeps its words, is made if it was missing, and keeps its first end', async () => {
    await interrupt();
    expect(await said()).toEqual({ text: '', end: 'interrupted', closed: true });
    await endLog({ engine }, 'conv-001', generation, END);
    expect((await said()).end).toBe('interrupted');
  });

  it('reads on when its writer wrote meanwhile', async () => {
    const log = await open();
    const ending = interrupt();
    await log.write([words('a')]);
    await ending;
    expect(await said()).toEqual({ text: 'a', end: 'interrupted', closed: true });
  });

  it('is sure of it after lost answers', async () => {
    await open();
    engine.failNext('append', 'before');
    engine.failNext('append', 'after');
    await interrupt();
    expect((await said()).end).toBe('interrupted');
  });
});
