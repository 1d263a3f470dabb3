import { expect, test } from 'vitest';
import known from './known-models.json' with { type: 'json' };
import { kindOf, knownOf } from './known-models.ts';

test('a price says from when it is', () => {
  expect(knownOf('openai', 'gpt-4o').price).toEqual({
    input: 2.5,
    output: 10,
    cached: 1.25,
    date: known.date,
  });
  expect(known.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test('a date behind a name is the same model', () => {
  expect(knownOf('openai', 'gpt-4o-2024-08-06')).toEqual(knownOf('openai', 'gpt-4o'));
  expect(knownOf('anthropic', 'claude-sonnet-4-20250514')).toEqual(knownOf('anthropic', 'claude-sonnet-4'));
  expect(knownOf('anthropic', 'claude-opus-4-0').window).toBe(200_000);
});

test.each(['gpt-6', 'gpt-4o-audio', 'constructor', '__proto__', ''])('nothing is guessed of %s', (id) => {
  expect(knownOf('openai', id)).toEqual({});
});

test('every entry is whole', () => {
  for (const { price, window, images } of [
    ...Object.values(known.openai),
    ...Object.values(known.anthropic),
  ]) {
    expect(price.length).toBeGreaterThanOrEqual(2);
    expect(price.every((dollars) => dollars > 0)).toBe(true);
    expect(window).toBeGreaterThan(1_000);
    expect(typeof images).toBe('boolean');
  }
});

test.each([
  ['nomic-embed-text', 'embedding'],
  ['bge-m3', 'embedding'],
  ['whisper-large-v3', 'speech'],
  ['flux-schnell', 'image'],
  ['llama-guard-3', 'other'],
  ['llama-3.3-70b-versatile', 'chat'],
])('%s is for %s', (id, kind) => {
  expect(kindOf(id)).toBe(kind);
});
