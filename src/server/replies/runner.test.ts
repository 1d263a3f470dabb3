import { expect, test } from 'vitest';
import type { Message, Part } from '../../protocol/index.ts';
import { askingDemo, PERMISSION } from '../counterparts/asking-demo.ts';
import { type Counterpart, modelCounterpart } from '../counterparts/index.ts';
import { ProviderFailure } from '../models/port.ts';
import type { Trouble } from './run.ts';
import { createRunner } from './runner.ts';
import {
  type FakeModel,
  fakeClock,
  fakeHome,
  fakeModel,
  generation,
  type MemoryLog,
  quiet,
} from './testing.ts';

const word = (text: string) => ({ kind: 'text', text }) as const;
const finish = { kind: 'finish', usage: { input: 2, output: 3 } } as const;

function setup(model: FakeModel = fakeModel(), messages: readonly Message[] = []) {
  const clock = fakeClock();
  const home = fakeHome(messages);
  const troubles: Trouble[] = [];
  const runner = createRunner({
    home,
    clock,
    counterpart: (ref) => (ref.source === 'fake' ? modelCounterpart(model) : undefined),
    onTrouble: (trouble) => troubles.push(trouble),
  });
  const log = (id = 'reply-01') => {
    const found = home.logs.get(id);
    if (!found) throw new Error(`There is no log of ${id}.`);
    return found;
  };
  return {
    clock,
    home,
    model,
    runner,
    troubles,
    log,
    start: (id?: string) => runner.start('conversation', generation(id)),
  };
}

/** The demo that asks, in a hurry. */
function asks(counterpart: Counterpart = askingDemo(async () => {})) {
  const clock = fakeClock();
  const home = fakeHome();
  const runner = createRunner({ home, clock, counterpart: () => counterpart });
  const log = () => home.logs.get('reply-01') as MemoryLog;
  return { clock, home, runner, log };
}

const textOf = (parts: readonly Part[]) =>
  parts.map((part) => ('text' in part ? part.text : `(${part.kind})`)).join('');

test('a reply is asked for, written, ended and settled', async () => {
  const { clock, model, runner, start, home, log } = setup();
  start();
  expect(runner.running('reply-01')).toBe(true);
  await quiet();
  expect(model.requests[0]?.model).toEqual({ source: 'fake', id: 'model' });
  await model.say(word('One '));
  expect(log().posts).toEqual([['delta']]);
  await model.say(word('two '), word('three'));
  expect(log().posts).toHaveLength(1);
  await clock.pass(7);
  expect(log().posts).toHaveLength(1);
  await clock.pass(1);
  expect(log().posts).toEqual([['delta'], ['delta']]);
  await model.say(finish);
  expect(log().reply).toMatchObject({
    parts: [{ kind: 'text', text: 'One two three' }],
    end: { reason: 'complete' },
    usage: { input: 2, output: 3 },
  });
  expect(home.settled).toEqual(['reply-01']);
  expect(runner.running('reply-01')).toBe(false);
  expect(clock.waiting()).toBe(0);
});

test('the end says how long the first word took, counted from the question', async () => {
  const { clock, model, start, log } = setup();
  start();
  await clock.pass(700);
  await model.say(word(''), word('One '));
  await clock.pass(900);
  await model.say(word('two'), finish);
  expect(log().reply.end).toEqual({ reason: 'complete', at: 1_600, firstWord: 695 });
});

test('a stop that was said elsewhere ends the reply, at the provider too, once', async () => {
  const { model, start, home, log } = setup();
  start();
  await quiet();
  await model.say(word('One '));
  await home.hear('reply-01', { v: 1, kind: 'stop', at: 3 }, { v: 1, kind: 'stop', at: 4 });
  expect(model.requests[0]?.signal.aborted).toBe(true);
  expect(log().reply).toMatchObject({ parts: [{ text: 'One ' }], end: { reason: 'stopped' } });
  expect(home.settled).toEqual(['reply-01']);
});

test('a reply that asks waits for as long as it takes, beats, and goes on with the answer', async () => {
  const { clock, home, runner, log } = asks();
  runner.start('conversation', generation());
  await clock.pass(2_000);
  expect(home.asking).toEqual([['reply-01', true]]);
  await clock.pass(10 * 60_000);
  expect(log().reply.end).toBeUndefined();
  const beats = log().posts.filter(([kind]) => kind === 'beat');
  expect(beats.length).toBeGreaterThan(230);
  const answer = (option: string) =>
    home.hear('reply-01', { v: 1, kind: 'answer', at: 1, question: PERMISSION.id, option });
  await answer('perhaps');
  expect(home.asking).toHaveLength(1);
  await answer('no');
  await answer('once');
  await clock.pass(2_000);
  const { parts, end } = log().reply;
  expect(end?.reason).toBe('complete');
  expect(parts[1]).toMatchObject({ kind: 'question', answer: { option: 'no' } });
  expect(textOf(parts.slice(2))).toBe('You said no, so I counted nothing.');
  expect(home.asking).toEqual([
    ['reply-01', true],
    ['reply-01', false],
  ]);
});

test('one that can be told to stop says what it did, and its reply was stopped all the same', async () => {
  const { clock, home, runner, log } = asks();
  runner.start('conversation', generation());
  await clock.pass(2_000);
  void runner.stop('reply-01');
  void runner.stop('reply-01');
  await clock.pass(2_000);
  const { parts, end } = log().reply;
  expect(end?.reason).toBe('stopped');
  expect(parts[1]).toMatchObject({ answer: {} });
  expect(textOf(parts.slice(2))).toBe('You stopped me, so I counted nothing.');
  expect(home.settled).toEqual(['reply-01']);
  expect(clock.waiting()).toBe(0);
});

test('one that does not stop when told is cut off after ten seconds', async () => {
  const deaf = fakeModel(true);
  const session = modelCounterpart(deaf);
  const { clock, runner, log } = asks({
    open: async (place) => ({ ...(await session.open(place)), cancels: { cancel: () => {} } }),
  });
  runner.start('conversation', generation());
  await clock.pass(100);
  await deaf.say(word('On and on'));
  void runner.stop('reply-01');
  await clock.pass(9_000);
  expect(log().reply.end).toBeUndefined();
  await clock.pass(1_001);
  expect(log().reply).toMatchObject({ parts: [{ text: 'On and on' }], end: { reason: 'stopped' } });
});

test('a shutdown ends what waits for a person as interrupted', async () => {
  const { clock, runner, log } = asks();
  runner.start('conversation', generation());
  await clock.pass(2_000);
  await runner.shutdown();
  expect(log().reply.end?.reason).toBe('interrupted');
});

test('a model is asked as the generation says', async () => {
  const { model, runner } = setup();
  const context = { window: 8_192, read: 3, of: 9 };
  runner.start('conversation', { ...generation(), temperature: 0.3, context });
  await quiet();
  expect(model.requests[0]).toMatchObject({ temperature: 0.3, window: 8_192 });
});

/** A message with these files, none of which is stored. */
function attaching(...names: string[]): Message {
  const parts = names.map((name, at) => ({
    kind: 'file' as const,
    hash: `${at}`,
    name,
    type: 'text/plain',
    size: 1,
  }));
  return {
    ...{ v: 1, kind: 'message', id: 'message-1', parent: null, role: 'user', author: { kind: 'user' } },
    ...{ origin: { kind: 'send' }, time: 1, parts },
  } as Message;
}

const unread = (text: string) => ({ kind: 'notice', text, warns: true });

test('a reply asked without a file says so before its words, once', async () => {
  const { model, start, log } = setup(fakeModel(), [attaching('budget.csv')]);
  start();
  await quiet();
  await model.say(word('No '), word('idea.'), finish);
  expect(log().reply.parts).toEqual([
    unread('“budget.csv” was not on this computer, so the model did not read it.'),
    { kind: 'text', text: 'No idea.' },
  ]);
  expect(log().reply.end?.reason).toBe('complete');
});

test('what it could not read is no answer, nor in the way of thoughts that came as text', async () => {
  const { model, start, log } = setup(fakeModel(), [attaching('a', 'b', 'c', 'd', 'e')]);
  start();
  await quiet();
  await model.say(word('Hm.'), { kind: 'recast', text: 'Hm.' }, finish);
  expect(log().reply.parts).toEqual([
    unread('“a”, “b”, “c” and 2 more files were not on this computer, so the model did not read them.'),
    { kind: 'reasoning', text: 'Hm.' },
  ]);
  expect(log().reply.end?.failure?.code).toBe('only-thoughts');
});

test('where nothing is said there is still no reply', async () => {
  const { model, start, log } = setup(fakeModel(), [attaching('a', 'b')]);
  start();
  await quiet();
  await model.say(finish);
  expect(log().reply.parts).toEqual([]);
  expect(log().reply.end?.failure?.code).toBe('empty');
});

test('starting twice is starting once', async () => {
  const { model, start } = setup();
  start();
  start();
  await quiet();
  expect(model.requests).toHaveLength(1);
});

test('of twenty replies at a time each is flushed every tenth of a second', async () => {
  const { clock, model, start, log } = setup();
  for (let n = 1; n <= 19; n += 1) start(`quiet-${n}`);
  start();
  await quiet();
  await model.sayTo(19, word('One '));
  await model.sayTo(19, word('two'));
  await clock.pass(99);
  expect(log().posts).toHaveLength(1);
  await clock.pass(1);
  expect(log().posts).toHaveLength(2);
});

test('silence is written as beats', async () => {
  const { clock, start, log } = setup();
  start();
  await clock.pass(7_500);
  expect(log().posts).toEqual([['beat'], ['beat'], ['beat']]);
});

test('a minute without a byte is a failure, a byte in time is not', async () => {
  const { clock, start, log, model } = setup();
  start();
  await clock.pass(59_000);
  model.requests[0]?.alive?.();
  await clock.pass(59_000);
  expect(log().reply.end).toBeUndefined();
  await clock.pass(1_000);
  expect(log().reply.end).toMatchObject({ reason: 'failed', failure: { code: 'stalled' } });
  expect(model.requests[0]?.signal.aborted).toBe(true);
});

test('stop ends the request at the provider, keeps the words and resolves once settled', async () => {
  const { start, log, model, runner, home } = setup();
  start();
  await quiet();
  await model.say(word('One '), word('two'));
  await runner.stop('reply-01');
  expect(model.requests[0]?.signal.aborted).toBe(true);
  expect(log().reply.end?.reason).toBe('stopped');
  expect(textOf(log().reply.parts)).toBe('One two');
  expect(home.settled).toEqual(['reply-01']);
  await runner.stop('reply-01');
});

test('a provider that ignores the abort holds nothing up, and is not heard any more', async () => {
  const { start, log, model, runner } = setup(fakeModel(true));
  start();
  await quiet();
  await model.say(word('One '));
  await runner.stop('reply-01', 'interrupted');
  await model.say(word('two'), finish);
  expect(log().reply.end?.reason).toBe('interrupted');
  expect(textOf(log().reply.parts)).toBe('One ');
});

test('a reply stopped before its log is open never asks', async () => {
  const { start, model, runner, log } = setup();
  start();
  await runner.stop('reply-01');
  expect(model.requests).toEqual([]);
  expect(log().reply.end?.reason).toBe('stopped');
});

test('a failure of the provider is told in its own sentence', async () => {
  const { start, log, model } = setup();
  start();
  await quiet();
  const failure = { code: 'rate-limit', sentence: 'Too many requests.', retryAfter: 7_000 };
  await model.fail(new ProviderFailure(failure));
  expect(log().reply.end).toMatchObject({ reason: 'failed', failure });
});

test('a stream without a finish was cut, and keeps its words', async () => {
  const { start, log, model } = setup();
  start();
  await quiet();
  await model.say(word('Half a'));
  await model.cut();
  expect(log().reply.end).toMatchObject({ reason: 'failed', failure: { code: 'cut' } });
  expect(textOf(log().reply.parts)).toBe('Half a');
});

test('an exception of an adapter becomes a plain sentence, and is logged', async () => {
  const { start, log, model, troubles } = setup();
  start();
  await quiet();
  await model.fail(new TypeError('x is undefined'));
  expect(log().reply.end?.failure).toMatchObject({ code: 'unexpected' });
  expect(log().reply.end?.failure?.sentence).not.toContain('undefined');
  expect(troubles).toMatchObject([
    { reply: 'reply-01', what: 'model', error: { message: 'x is undefined' } },
  ]);
});

test('a model nobody serves, and a context nobody can read, are failures', async () => {
  const { runner, log, start, home } = setup();
  runner.start('conversation', { ...generation('reply-02'), model: { source: 'gone', id: 'old model' } });
  await quiet();
  expect(log('reply-02').reply.end?.failure?.sentence).toContain('“old model”');
  home.context = async () => {
    throw new Error('The message m1 is missing from the context.');
  };
  start();
  await quiet();
  expect(log().reply.end?.failure?.code).toBe('no-context');
});

test('an engine that is away loses nothing and doubles nothing', async () => {
  const { clock, start, log, model, home, runner } = setup();
  home.fates.open = ['unavailable'];
  home.fates.write = ['landed', 'unavailable', 'well', 'landed'];
  home.fates.end = ['landed', 'unavailable'];
  home.fates.settle = ['unavailable'];
  start();
  await clock.pass(300);
  await model.say(word('One '), word('two '));
  await clock.pass(5_000);
  await model.say({ kind: 'tool', call: 'c', name: 'n', input: '{}' }, word('three '));
  await model.say(word('four'), finish);
  await clock.pass(60_000);
  expect(textOf(log().reply.parts)).toBe('One two (tool)three four');
  expect(log().reply.end?.reason).toBe('complete');
  expect(home.settled).toEqual(['reply-01']);
  expect(runner.running('reply-01')).toBe(false);
});

test('an engine that does not come back leaves the reply to repair', async () => {
  const { clock, start, model, home, runner, troubles } = setup();
  home.fates.write = home.fates.end = Array.from({ length: 50 }, () => 'unavailable' as const);
  start();
  await quiet();
  await model.say(word('One '));
  await clock.pass(300_000);
  expect(model.requests[0]?.signal.aborted).toBe(true);
  expect(runner.running('reply-01')).toBe(false);
  expect(troubles.at(-1)).toEqual({ reply: 'reply-01', what: 'given-up' });
  expect(clock.waiting()).toBe(0);
});

test('a fenced writer stops its provider and settles', async () => {
  const { start, model, home, log } = setup();
  home.fates.write = ['fenced'];
  start();
  await quiet();
  await model.say(word('One '));
  expect(model.requests[0]?.signal.aborted).toBe(true);
  expect(log().closed).toBe(false);
  expect(home.settled).toEqual(['reply-01']);
});

test('a shutdown interrupts all replies and starts no more', async () => {
  const { start, model, log, runner } = setup();
  start('reply-01');
  start('reply-02');
  await quiet();
  await model.say(word('One '));
  await runner.shutdown();
  expect([log('reply-01').reply.end?.reason, log('reply-02').reply.end?.reason]).toEqual([
    'interrupted',
    'interrupted',
  ]);
  start('reply-03');
  expect(runner.running('reply-03')).toBe(false);
});

test('a shutdown does not wait for an engine that hangs', async () => {
  const { clock, start, model, home, runner } = setup();
  home.fates.write = ['hangs'];
  start();
  await quiet();
  await model.say(word('One '));
  let closed = false;
  const shutdown = runner.shutdown().then(() => {
    closed = true;
  });
  await clock.pass(1_999);
  expect(closed).toBe(false);
  await clock.pass(1);
  await shutdown;
  expect(clock.waiting()).toBe(0);
});

test('an answer that ends with a call of a tool nobody has says so; one that was answered, or is talked about, does not', async () => {
  const call = { kind: 'tool', call: 'c', name: 'look', input: '{}' } as const;
  const endOf = async (...said: Parameters<FakeModel['say']>) => {
    const { model, start, log } = setup();
    start();
    await quiet();
    await model.say(...said, finish);
    return log().reply.end;
  };
  expect(await endOf(word('Let me look.'), call)).toMatchObject({
    ...{ reason: 'failed', failure: { code: 'no-tool', sentence: expect.stringContaining('“look”') } },
  });
  for (const said of [
    [call, { ...call, output: '"stone"' }],
    [{ ...call, error: 'no light' }],
    [call, word('It is stone.')],
  ]) {
    expect(await endOf(...said)).toMatchObject({ reason: 'complete' });
  }
});
