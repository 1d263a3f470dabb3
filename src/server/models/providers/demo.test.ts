import { expect, test } from 'vitest';
import { type Message, VERSION } from '../../../protocol/index.ts';
import { type ModelEvent, ProviderFailure } from '../port.ts';
import { demoSource } from './demo.ts';

const pause = async () => {};

function message(role: Message['role'], text: string): Message {
  return {
    v: VERSION,
    kind: 'message',
    id: `id-${role}-${text.length}`,
    parent: null,
    role,
    author: { kind: 'user' },
    parts: [{ kind: 'text', text }],
    origin: { kind: 'send' },
    time: 1,
  };
}

async function ask(
  id: string,
  messages: readonly Message[] = [message('user', 'Hello?')],
  signal?: AbortSignal,
) {
  const model = { source: 'demo', id };
  const events: ModelEvent[] = [];
  const source = demoSource({ modes: true, pause });
  for await (const event of source.stream({
    model,
    messages,
    signal: signal ?? new AbortController().signal,
  })) {
    events.push(event);
  }
  return events;
}

const said = (events: readonly ModelEvent[], kind: 'text' | 'reasoning' = 'text') =>
  events.map((event) => (event.kind === kind ? event.text : '')).join('');

test('it says which context reached it, and how to talk to a real model', async () => {
  const events = await ask('demo', [
    message('system', 'Be brief.'),
    message('user', 'First'),
    message('assistant', 'One'),
    message('user', 'And now?'),
  ]);
  expect(said(events)).toContain('3 messages; the last was “And now?”');
  expect(said(events)).toContain('A system prompt came with it.');
  expect(said(events)).toContain('open **Models**');
  expect(said(events)).toContain('add an agent');
  expect(said(events)).toContain('OPENAI_API_KEY');
  expect(said(events)).toContain('not an AI');
  expect(events.at(-1)).toMatchObject({ kind: 'finish', usage: { input: 6 } });
});

test('one message is one message, and no system prompt is mentioned', async () => {
  const text = said(await ask('demo'));
  expect(text).toContain('1 message; the last was “Hello?”');
  expect(text).not.toContain('system prompt');
});

test('what it quotes is one short line and never markdown', async () => {
  const text = said(await ask('demo', [message('user', `# <b>Big</b>\n\n- *list* ${'x'.repeat(300)}`)]));
  expect(text).toContain('“\\# \\<b\\>Big\\</b\\> - \\*list\\* xxx');
  expect(text).toMatch(/x…”/);
});

test('it comes word by word', async () => {
  const words = (await ask('demo')).filter(({ kind }) => kind === 'text');
  expect(words.length).toBeGreaterThan(50);
});

test('it can be hurried, but for what is slow or long on purpose', async () => {
  const waited: number[] = [];
  const source = demoSource({
    modes: true,
    wordPause: 5,
    pause: async (ms) => void waited.push(ms),
  });
  const { signal } = new AbortController();
  for (const id of ['demo', 'fail-first', 'slow', 'long']) {
    const model = { source: 'demo', id };
    const said = source.stream({ model, messages: [message('user', 'Hello?')], signal });
    try {
      for await (const _event of said);
    } catch {
      // One of them fails on purpose.
    }
    waited.push(-1);
  }
  const paces = [...new Set(waited.filter((ms, at) => ms !== waited[at - 1]))];
  expect(paces).toEqual([5, -1, 50, 250, 25]);
});

test('without pauses between words it waits for nothing, not even for a timer', async () => {
  const waited: number[] = [];
  const source = demoSource({ wordPause: 0, pause: async (ms) => void waited.push(ms) });
  const { signal } = new AbortController();
  const said: ModelEvent[] = [];
  for await (const event of source.stream({
    model: { source: 'demo', id: 'demo' },
    messages: [message('user', 'Hello?')],
    signal,
  })) {
    said.push(event);
  }
  expect(said.at(-1)?.kind).toBe('finish');
  expect(waited).toEqual([]);
});

test('without its modes it is one model, and knows no other', async () => {
  const source = demoSource();
  expect(await source.list()).toEqual([
    {
      ref: { source: 'demo', id: 'demo' },
      name: 'Demo (not an AI)',
      sourceName: 'Demo',
      demo: true,
      kind: 'chat',
    },
  ]);
  expect(source.describe('demo')).toEqual({ name: 'Demo (not an AI)', demo: true });
  expect(source.describe('slow')).toBeNull();
});

test('every mode is named as no AI', async () => {
  const models = await demoSource({ modes: true }).list();
  expect(models.map(({ ref }) => ref.id)).toEqual([
    ...['demo', 'slow', 'long', 'reasoning', 'tools', 'ask', 'fail', 'cut', 'fail-first'],
  ]);
  for (const { name, demo } of models)
    expect([name, demo]).toEqual([expect.stringContaining('(not an AI)'), true]);
});

test('long is long, with a table, code and maths', async () => {
  const text = said(await ask('long'));
  expect(text.split(/\s+/).length).toBeGreaterThan(3_900);
  for (const shape of ['|:--|', '```ts', '$$', '1. ', '- [x]', '> ']) expect(text).toContain(shape);
});

test('reasoning thinks before it speaks', async () => {
  const events = await ask('reasoning');
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.indexOf('reasoning')).toBe(0);
  expect(kinds.lastIndexOf('reasoning')).toBeLessThan(kinds.indexOf('text'));
  expect(events.at(-1)).toMatchObject({ usage: { reasoning: expect.any(Number) } });
});

test('tools calls one, whose output comes last', async () => {
  const tools = (await ask('tools')).filter((event) => event.kind === 'tool');
  expect(tools).toMatchObject([
    { input: '' },
    { input: expect.stringContaining('{') },
    { output: '{"messages":1}' },
  ]);
  expect(new Set(tools.map(({ call }) => call)).size).toBe(1);
});

test('cut ends without a finish, after some words', async () => {
  const events = await ask('cut');
  expect(said(events)).toMatch(/\w+ \w+/);
  expect(events.some(({ kind }) => kind === 'finish')).toBe(false);
});

test.each(['fail', 'fail-first', 'unknown'])('%s fails with a sentence', async (id) => {
  await expect(ask(id)).rejects.toBeInstanceOf(ProviderFailure);
});

test('it stops when told', async () => {
  const controller = new AbortController();
  const source = demoSource({ pause });
  const request = { model: { source: 'demo', id: 'demo' }, messages: [], signal: controller.signal };
  const events: ModelEvent[] = [];
  for await (const event of source.stream(request)) {
    events.push(event);
    if (events.length === 3) controller.abort();
  }
  expect(events).toHaveLength(3);
});

test('a pause ends at once when it is told to stop', async () => {
  const controller = new AbortController();
  const source = demoSource({ modes: true });
  const events = source.stream({
    model: { source: 'demo', id: 'slow' },
    messages: [],
    signal: controller.signal,
  });
  const next = events[Symbol.asyncIterator]().next();
  controller.abort();
  expect((await next).done).toBe(true);
});
