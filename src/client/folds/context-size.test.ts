import { expect, test } from 'vitest';
import type { Message } from '../../protocol/index.ts';
import type { MessageHeader, Usage } from '../../tree/index.ts';
import { type ContextInput, ContextMeter, draftSize } from './context-size.ts';

const model = { source: 'local', id: 'small' };
const other = { source: 'local', id: 'big' };
const user = (id: string, preview: string) =>
  ({
    id,
    role: 'user',
    author: { kind: 'user' },
    origin: { kind: 'send' },
    preview,
  }) as unknown as MessageHeader;
const reply = (id: string, usage?: Usage, rest: Partial<MessageHeader> = {}) =>
  ({
    id,
    role: 'assistant',
    origin: { kind: 'send' },
    author: { kind: 'model', model, name: 'Small' },
    preview: 'x'.repeat(35),
    ...(usage && { usage }),
    ...rest,
  }) as unknown as MessageHeader;
const said = (text: string) => ({ parts: [{ kind: 'text', text }] }) as unknown as Message;
const nothing = () => undefined;
const contextSize = (input: ContextInput) => new ContextMeter(input).size;

test('what the provider counted for the last reply stands for all before it', () => {
  const headers = [user('a', 'long ago…'), reply('b', { input: 900, output: 100, reasoning: 40 })];
  expect(contextSize({ headers, message: nothing, model })).toEqual({
    tokens: 960,
    estimated: false,
    unread: 0,
  });
});

test('what was said after it is estimated and added', () => {
  const headers = [reply('a', { input: 900, output: 100 }), user('b', 'x'.repeat(35))];
  expect(contextSize({ headers, message: nothing, model })).toMatchObject({
    tokens: 1_014,
    estimated: false,
  });
});

test('another model counts otherwise, so its count is an estimate', () => {
  const headers = [reply('a', { input: 900, output: 100 })];
  expect(contextSize({ headers, message: nothing, model: other })).toMatchObject({
    tokens: 1_000,
    estimated: true,
  });
});

test('a reply that could not read everything says nothing of everything', () => {
  const cut = reply('b', { input: 90, output: 10 }, { context: { window: 100, read: 1, of: 3 } });
  const headers = [reply('a', { input: 500, output: 50 }), cut];
  expect(contextSize({ headers, message: nothing, model }).tokens).toBe(550 + 14);
});

test('of system prompts the last alone is read', () => {
  const prompt = (id: string) => ({ ...user(id, 'x'.repeat(35)), role: 'system' }) as MessageHeader;
  const headers = [prompt('p'), user('a', 'x'.repeat(35)), prompt('q')];
  expect(contextSize({ headers, message: nothing, model }).tokens).toBe(28);
});

test('texts that are not loaded are counted as far as they are known, and named', () => {
  const headers = [user('a', `${'x'.repeat(34)}…`), user('b', 'short')];
  const unread = contextSize({ headers, message: nothing, model });
  expect(unread.unread).toBe(1);
  const read = contextSize({
    headers,
    message: (id) => (id === 'a' ? said('x'.repeat(3_500)) : undefined),
    model,
  });
  expect(read.unread).toBe(0);
  expect(read.tokens).toBeGreaterThan(unread.tokens + 900);
});

test('a text that is loaded later counts as one that was there, once', () => {
  const headers = [user('a', `${'x'.repeat(34)}…`), user('b', 'short')];
  const whole = { ...said('x'.repeat(3_500)), id: 'a' };
  const meter = new ContextMeter({ headers, message: nothing, model });
  meter.loaded({ ...whole, id: 'elsewhere' });
  expect(meter.size).toEqual(contextSize({ headers, message: nothing, model }));
  for (let time = 0; time < 2; time += 1) meter.loaded(whole);
  const message = (id: string) => (id === 'a' ? whole : undefined);
  expect(meter.size).toEqual(contextSize({ headers, message, model }));
});

test('a draft counts its words and files, and nothing when it is empty', () => {
  const file = { kind: 'file', hash: 'a', name: 'a', type: 'text/plain', size: 3_500 } as const;
  expect(draftSize(' ', [])).toBe(0);
  expect(draftSize('x'.repeat(35), [])).toBe(14);
  expect(draftSize('', [file])).toBe(1_004);
});

test('a summary stands for what was counted before it', () => {
  const summary = reply('s', undefined, {
    origin: { kind: 'summary' },
    author: { kind: 'user' },
    preview: 'x'.repeat(28),
    summary: { from: 'a', to: 'b', keep: 1, words: 5 },
  });
  const before = [user('a', 'x'.repeat(350)), reply('b', { input: 900, output: 100 })];
  const kept = [user('c', 'x'.repeat(35)), reply('d', { input: 1_900, output: 100 })];
  const headers = [...before, ...kept, summary];
  // The summary, and both messages of the turn it keeps, estimated.
  expect(contextSize({ headers, message: nothing, model })).toEqual({
    tokens: 3 * 14 - 2,
    estimated: true,
    unread: 0,
  });
  const on = [...headers, user('e', 'More'), reply('f', { input: 90, output: 10 })];
  expect(contextSize({ headers: on, message: nothing, model })).toMatchObject({
    tokens: 100,
    estimated: false,
  });
});
