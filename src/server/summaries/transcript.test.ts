import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Message, roomIn, tokensOf } from '../../protocol/index.ts';
import { measureFor, partsOf, questionFor } from './transcript.ts';

const said = (text: string, role: 'user' | 'assistant' = 'user'): Message => ({
  ...{ v: 1, kind: 'message', id: 'message1', parent: null, role, author: { kind: 'user' } },
  ...{ parts: [{ kind: 'text', text }], origin: { kind: 'send' }, time: 1 },
});

it('says who said what, and leaves out what says nothing', () => {
  expect(partsOf([said('Hello'), said(' '), said('Hi.', 'assistant')], 1_000)).toEqual([
    'Person: Hello\n\nAssistant: Hi.',
  ]);
  expect(partsOf([], 1_000)).toEqual([]);
});

it('goes in parts that fit, in order, and loses no word', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), fc.integer({ min: 8, max: 120 }), (texts, room) => {
      const parts = partsOf(
        texts.map((text) => said(text)),
        room,
      );
      for (const part of parts) expect(tokensOf(part)).toBeLessThanOrEqual(room);
      const letters = (text: string) => text.replaceAll('Person:', '').replace(/\s/g, '');
      expect(letters(parts.join(''))).toBe(letters(texts.map((text) => `Person:${text}`).join('')));
    }),
  );
});

it('what is asked fits the window with the summary so far and the answer', () => {
  for (const window of [2_000, 4_096, 8_192, 131_072]) {
    const measure = measureFor(window);
    if (!measure) throw new Error(`${window} is too small`);
    const { room, words } = measure;
    const before = 'x'.repeat(Math.floor(words * 1.7 * 3.5));
    const part = 'y'.repeat(Math.floor(room * 3.5));
    expect(tokensOf(questionFor(part, { words, before }))).toBeLessThanOrEqual(roomIn(window) + 40);
  }
  expect(measureFor(undefined)?.room).toBe(Number.POSITIVE_INFINITY);
  expect(measureFor(300)).toBeUndefined();
});
