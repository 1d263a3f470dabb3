import { expect, test } from 'vitest';
import { gaugeOf, gaugeText, gaugeWords, shareOf } from './gauge.ts';

const size = (tokens: number, rest: Partial<{ estimated: boolean; unread: number }> = {}) => ({
  tokens,
  estimated: false,
  unread: 0,
  ...rest,
});

test.each([
  [0, 'empty', '0 / 8.1k'],
  [1_204, 'fits', '1.2k / 8.1k'],
  [6_500, 'full', '6.5k / 8.1k'],
  // Room is left for the answer: what fills the whole window does not fit.
  [7_169, 'over', '7.1k / 8.1k'],
] as const)('%i tokens of 8,192 are %s', (tokens, state, text) => {
  const gauge = gaugeOf(size(tokens), 0, 8_192);
  expect(gauge.state).toBe(state);
  expect(gaugeText(gauge)).toBe(text);
});

test('what is typed counts, and is an estimate', () => {
  const gauge = gaugeOf(size(1_000), 204, 8_192);
  expect(gauge).toMatchObject({ used: 1_204, how: 'about' });
  expect(gaugeWords(gauge)).toBe('about 1,204 of 8,192 tokens');
  expect(gaugeWords(gaugeOf(size(1_204), 0, 8_192))).toBe('1,204 of 8,192 tokens');
});

test('a window that is not known is said', () => {
  const gauge = gaugeOf(size(1_204, { estimated: true }), 0, undefined);
  expect(gauge.state).toBe('unknown');
  expect(gaugeText(gauge)).toBe('1.2k');
  expect(gaugeWords(gauge)).toBe("about 1,204 tokens; the model's limit is not known");
  expect(shareOf(gauge)).toBe(0);
});

test('texts that are not loaded make it at least that', () => {
  expect(gaugeWords(gaugeOf(size(500, { unread: 2 }), 0, 8_192))).toBe('at least 500 of 8,192 tokens');
});

test('the ring is full when the room is, and never more', () => {
  expect(shareOf(gaugeOf(size(3_584), 0, 8_192))).toBeCloseTo(0.5);
  expect(shareOf(gaugeOf(size(90_000), 0, 8_192))).toBe(1);
});
