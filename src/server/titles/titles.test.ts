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
  const titles = createTitles({
    home,
    source: ({ source }) => (source === 'fake' ? model : undefined),
    trouble: (error) => troubles.push(error),
    ...(options.patience !== undefined && { patience: options.patience }),
  });
  const settle = async (conversation = 'c1', reply = 'reply-01') => {
    await titles.home.settle(conversation, reply);
    await quiet();
  };
  return { model, named, troubles, titles, settle, home };
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
  const { titles, model, home } = setup();
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

test('a reply that begins at the same source goes first', async () => {
  const { model, named, settle, titles } = setup();
  await settle();
  await titles.home.openLog('c2', { ...generation('reply-02'), model: { source: 'other', id: 'x' } });
  expect(model.requests[0]?.signal.aborted).toBe(false);
  await titles.home.openLog('c2', generation('reply-03'));
  expect(model.requests[0]?.signal.aborted).toBe(true);
  await model.say(text('Planting a pear'), finish);
  expect(named).toEqual([]);
});

test('one title at a time is asked for a conversation, and none where there is nothing to name', async () => {
  const busy = setup();
  await Promise.all([busy.settle(), busy.settle('c1', 'reply-02')]);
  expect(busy.model.requests).toHaveLength(1);
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
