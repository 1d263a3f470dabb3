import { expect, test } from 'vitest';
import { type Model, type ModelList, modelListSchema } from '../../protocol/index.ts';
import type { ModelRef } from '../../tree/index.ts';
import { type ModelSource, ProviderFailure } from './port.ts';
import { demoSource } from './providers/demo.ts';
import { createModels } from './registry.ts';

type Answer = readonly string[] | Error;

/** A source that answers its list from `answers`, the last one again and again. */
function source(id: string, ...answers: Answer[]): ModelSource & { asked: number } {
  const made = {
    id,
    facts: { name: id, kind: 'openai-compatible' as const, found: 'environment' as const, hasKey: false },
    asked: 0,
    list: async () => {
      const answer = answers[Math.min(made.asked, answers.length - 1)] ?? [];
      made.asked += 1;
      if (answer instanceof Error) throw answer;
      return answer.map((name) => ({
        ...{ ref: { source: id, id: name }, name, sourceName: id },
        ...{ demo: false, kind: 'chat' as const },
      }));
    },
    describe: (name: string) => ({ name }),
    stream: () => {
      throw new Error('Not asked for here.');
    },
  };
  return made;
}

const refused = new ProviderFailure({ code: 'refused', sentence: 'Nothing listens at 127.0.0.1:1.' });
const names = (list: { models: readonly { name: string }[] }) => list.models.map(({ name }) => name);

test('the first real model is the default, the demo only without any', async () => {
  const models = createModels({ sources: [demoSource(), source('real', ['a', 'b'])] });
  expect(await models.list()).toMatchObject({ default: { source: 'real', id: 'a' }, problems: [] });
  const alone = await createModels({ sources: [demoSource()] }).list();
  expect(alone.default).toEqual({ source: 'demo', id: 'demo' });
  expect(modelListSchema.parse(alone)).toEqual(alone);
});

test('a source that fails hides no other, and says why', async () => {
  const models = createModels({
    sources: [
      source('down', refused),
      source('odd', new TypeError('x')),
      source('real', ['a']),
      demoSource(),
    ],
  });
  const list = await models.list();
  expect(names(list)).toEqual(['a', 'Demo (not an AI)']);
  expect(list.problems).toEqual([
    { source: 'down', sentence: 'Nothing listens at 127.0.0.1:1.' },
    { source: 'odd', sentence: expect.stringContaining('could not be listed') },
  ]);
  expect(list.sources.map(({ id, state }) => [id, state])).toEqual([
    ['down', 'failed'],
    ['odd', 'failed'],
    ['real', 'ready'],
    ['demo', 'ready'],
  ]);
});

test('a list is asked for once in 30 seconds, also by many at a time', async () => {
  let now = 0;
  const real = source('real', ['a'], ['a', 'b']);
  const models = createModels({ sources: [real], now: () => now });
  await Promise.all([models.list(), models.list()]);
  now = 29_999;
  expect(names(await models.list())).toEqual(['a']);
  expect(real.asked).toBe(1);
  now = 30_000;
  expect(names(await models.list())).toEqual(['a', 'b']);
});

test('a failure is forgotten sooner than a list, and the list is not forgotten over it', async () => {
  let now = 0;
  const real = source('real', ['a'], refused, ['c']);
  const models = createModels({ sources: [real], now: () => now });
  await models.list();
  now = 30_000;
  expect(await models.list()).toMatchObject({ models: [{ name: 'a' }], problems: [{ source: 'real' }] });
  now = 33_000;
  expect(await models.list()).toMatchObject({ models: [{ name: 'c' }], problems: [] });
});

test('a model is found by its source and described without asking', async () => {
  const real = source('real', ['a']);
  const models = createModels({ sources: [real, demoSource()] });
  expect(models.source({ source: 'real', id: 'a' })).toBe(real);
  expect(await models.describe({ source: 'real', id: 'any' })).toEqual({ name: 'any' });
  expect(await models.describe({ source: 'demo', id: 'demo' })).toEqual({
    name: 'Demo (not an AI)',
    demo: true,
  });
  expect(await models.describe({ source: 'demo', id: 'none' })).toBeNull();
  expect(await models.describe({ source: 'gone', id: 'a' })).toBeNull();
  expect(models.source({ source: 'gone', id: 'a' })).toBeUndefined();
  expect(real.asked).toBe(0);
});

/** The same, but looked for on this machine. */
function local(id: string, ...answers: Answer[]) {
  const made = source(id, ...answers);
  return Object.assign(made, { facts: { ...made.facts, found: 'local' as const } });
}

const states = (list: ModelList) => list.sources.map(({ state }) => state);

test('a server on this machine never holds the list up, and is asked again later', async () => {
  let now = 0;
  let answer = (_: readonly Model[]) => {};
  const slow = local('127.0.0.1:8080', ['a']);
  const whole = slow.list;
  slow.list = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const models = createModels({ sources: [slow, demoSource()], now: () => now });
  expect(states(await models.list())).toEqual(['asking', 'ready']);
  expect(states(await models.list())).toEqual(['asking', 'ready']);
  answer(await whole());
  const found = await models.list();
  expect(states(found)).toEqual(['ready', 'ready']);
  expect(found.default).toEqual({ source: '127.0.0.1:8080', id: 'a' });
  now = 30_000;
  // What was known is given while it is asked again.
  expect(names(await models.list())).toContain('a');
});

test('nothing on this machine is no problem, and what went away is gone once it fails twice', async () => {
  let now = 0;
  const server = local('127.0.0.1:1234', refused, ['a'], refused);
  const models = createModels({ sources: [server, demoSource()], now: () => now });
  const absent = await models.list();
  expect([states(absent), absent.problems]).toEqual([['absent', 'ready'], []]);
  now = 3_000;
  await models.list();
  expect(states(await models.list())).toEqual(['ready', 'ready']);
  now = 33_000;
  await models.list();
  // A busy moment: nothing leaves the list for it.
  expect(names(await models.list())).toContain('a');
  now = 36_000;
  await models.list();
  const gone = await models.list();
  expect([names(gone), gone.problems]).toEqual([['Demo (not an AI)'], []]);
});

test('the default is what was used last and is served, of what chats', async () => {
  const real = source('real', ['a', 'b']);
  const embedding = source('embedding', ['e']);
  const list = embedding.list;
  embedding.list = async () => (await list()).map((model) => ({ ...model, kind: 'embedding' as const }));
  let used: ModelRef[] = [];
  const models = createModels({ sources: [embedding, real, demoSource()], lastUsed: () => used });
  const chosen = async (...refs: ModelRef[]) => {
    used = refs;
    return (await models.list()).default;
  };
  const [a, b] = ['a', 'b'].map((id) => ({ source: 'real', id }));
  expect(await chosen()).toEqual(a);
  expect(await chosen(b as ModelRef)).toEqual(b);
  expect(await chosen({ source: 'gone', id: 'x' }, b as ModelRef)).toEqual(b);
  expect(await chosen({ source: 'embedding', id: 'e' })).toEqual(a);
  expect(await chosen({ source: 'demo', id: 'demo' })).toEqual(a);
});

test("of two sources at one place the person's counts, else the first", async () => {
  const mine = source('127.0.0.1:1234', ['mine']);
  const person = Object.assign(mine, { facts: { ...mine.facts, found: 'person' as const } });
  const listed = async (...sources: ModelSource[]) => names(await createModels({ sources }).list());
  expect(await listed(source('localhost:1234', ['env']), local('127.0.0.1:1234', ['local']))).toEqual([
    'env',
  ]);
  expect(await listed(source('localhost:1234', ['env']), person, local('127.0.0.1:1234', ['x']))).toEqual([
    'mine',
  ]);
  expect(await listed(source('localhost:1234/x', ['env']), local('127.0.0.1:1234', ['local']))).toEqual([
    'env',
    'local',
  ]);
});

test('sources may come and go', async () => {
  let sources: ModelSource[] = [demoSource()];
  const models = createModels({ sources: () => sources });
  expect(names(await models.list())).toEqual(['Demo (not an AI)']);
  sources = [source('real', ['a']), ...sources];
  expect(names(await models.list())).toEqual(['a', 'Demo (not an AI)']);
});

test('it says what was taken away, unless another source serves the same place', async () => {
  const removed = () => ['127.0.0.1:8080', 'real'];
  const models = createModels({ sources: [source('real', ['a']), demoSource()], removed });
  expect((await models.list()).removed).toEqual(['127.0.0.1:8080']);
  expect(await createModels({ sources: [demoSource()] }).list()).not.toHaveProperty('removed');
});
