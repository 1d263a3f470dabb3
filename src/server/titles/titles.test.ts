import { expect, test } from 'vitest';
import { ProviderFailure } from '../models/port.ts';
import { fakeHome, fakeModel, generation, quiet } from '../replies/testing.ts';
import { createTitles, type TitleHome } from './titles.ts';

const text = (value: string) => ({ kind: 'text', text: value }) as const;
const finish = { kind: 'finish' } as const;

function setup(options: { patience?: number; exchange?: TitleHome['firstExchange'] } = {}) {
  const model = fakeModel();
  const named: [string, string][] = [];
  const troubles: unknown[] = [];
  const givenUp = new Set<string>();
  const firstExchange =
    options.exchange ??
    (async (_: string, reply: string) => ({
      generation: { ...generation(reply), context: { window: 4_096, read: 1, of: 1 } },
      question: 'How do I plant a pear?',
      answer: 'Dig in autumn.',
    }));
  const home = {
    ...fakeHome(),
    firstExchange,
    entitle: async (conversation: string, title: string) => {
      named.push([conversation, title]);
    },
  };
  const asked: string[] = [];
  const titles = createTitles({
    home,
    source: ({ source }) => (source === 'fake' ? model : undefined),
    running: (reply) => {
      asked.push(reply);
      return !givenUp.has(reply);
    },
    trouble: (error) => troubles.push(error),
    ...(options.patience !== undefined && { patience: options.patience }),
  });
  const begin = (reply: string, source = 'fake') =>
    titles.home.openLog('c1', { ...generation(reply), model: { source, id: 'model' } });
  const settle = async (conversation = 'c1', reply = 'reply-01', source = 'fake') => {
    await begin(reply, source);
    await titles.home.settle(conversation, reply);
    await quiet();
  };
  return { model, named, troubles, titles, begin, settle, home, givenUp, asked };
}

test('after the first exchange its model is asked for a title, as it was asked for the reply', async () => {
  const { model, named, settle } = setup();
  await settle();
  const [request] = model.requests;
  expect(request).toMatchObject({ model: { source: 'fake', id: 'model' }, window: 4_096, think: false });
  expect(JSON.stringify(request?.messages)).toMatch(/How do I plant a pear.*Dig in autumn/s);
  await model.say(text('“Planting '), text('a pear”'), finish);
  expect(named).toEqual([['c1', 'Planting a pear']]);
});

test('settling waits for no title', async () => {
  const { titles, model, home, begin } = setup();
  await begin('reply-01');
  await titles.home.settle('c1', 'reply-01');
  expect(home.settled).toEqual(['reply-01']);
  await quiet();
  expect(model.requests).toHaveLength(1);
});

test('a model that goes on talking is not listened to', async () => {
  const { model, named, settle } = setup();
  await settle();
  await model.say(text('Planting a pear\n'), text('And here is '), text('why'));
  expect(named).toEqual([['c1', 'Planting a pear']]);
});

test('what fails, says nothing or takes too long leaves the title, without a word', async () => {
  const failing = setup();
  await failing.settle();
  await failing.model.fail(new ProviderFailure({ code: 'rate-limit', sentence: 'Wait.' }));
  const silent = setup();
  await silent.settle();
  await silent.model.say(finish);
  const cut = setup();
  await cut.settle();
  await cut.model.say(text('Planting a'));
  await cut.model.cut();
  const late = setup({ patience: 1 });
  await late.settle();
  await expect.poll(() => late.model.requests[0]?.signal.aborted).toBe(true);
  await quiet();
  for (const { named, troubles } of [failing, silent, cut, late]) expect([named, troubles]).toEqual([[], []]);
});

test('replies of the same source go first, then the title is asked for again', async () => {
  const { model, named, settle, begin, titles } = setup();
  await settle();
  await begin('reply-02', 'other');
  expect(model.requests[0]?.signal.aborted).toBe(false);
  await begin('reply-03');
  await begin('reply-04');
  expect(model.requests[0]?.signal.aborted).toBe(true);
  await titles.home.settle('c2', 'reply-03');
  await quiet();
  expect(model.requests).toHaveLength(1);
  await titles.home.settle('c3', 'reply-04');
  await quiet();
  await model.sayTo(1, text('Planting a pear'), finish);
  expect(named).toEqual([['c1', 'Planting a pear']]);
  await model.sayTo(2, text('Two'), finish);
  await model.sayTo(3, text('Three'), finish);
  expect(named.map(([conversation]) => conversation)).toEqual(['c1', 'c2', 'c3']);
});

test('what is said next in the conversation does not lose its title', async () => {
  const exchange: TitleHome['firstExchange'] = async (_, reply) =>
    reply === 'reply-01' ? { generation: generation(reply), question: 'How?', answer: 'So.' } : null;
  const { model, named, settle } = setup({ exchange });
  await settle();
  await settle('c1', 'reply-02');
  await model.sayTo(1, text('How to do it'), finish);
  expect(named).toEqual([['c1', 'How to do it']]);
});

test('a reply that was given up is waited for no longer', async () => {
  const { model, settle, begin, givenUp } = setup();
  await begin('reply-02');
  await settle();
  expect(model.requests).toHaveLength(0);
  givenUp.add('reply-02');
  await settle('c2', 'reply-03');
  expect(model.requests).toHaveLength(1);
});

test('none is asked for where there is nothing to name', async () => {
  const named = setup({ exchange: async () => null });
  await named.settle();
  expect(named.model.requests).toHaveLength(0);
});

test('what nobody foresaw is told; shutting down lets go', async () => {
  const broken = setup({ exchange: async () => Promise.reject(new Error('Down.')) });
  await broken.settle();
  expect(broken.troubles).toHaveLength(1);
  const { model, titles, settle, named } = setup();
  await settle();
  titles.shutdown();
  await quiet();
  expect(model.requests[0]?.signal.aborted).toBe(true);
  await settle('c2', 'reply-02');
  expect([model.requests.length, named]).toEqual([1, []]);
});

test('replies that were given up are forgotten, however many there were', async () => {
  const { begin, settle, givenUp, asked } = setup();
  for (let n = 10; n < 60; n += 1) {
    await begin(`given-${n}`);
    givenUp.add(`given-${n}`);
  }
  await begin('reply-00');
  asked.length = 0;
  await settle();
  expect(asked.filter((reply) => reply.startsWith('given'))).toEqual([]);
});
