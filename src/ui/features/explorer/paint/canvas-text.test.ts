import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextFitter } from './canvas-text.ts';

/** Every character is 10 px wide. */
const ctx = {
  font: 'plain',
  measureText: (text: string) => ({ width: [...text].length * 10 }) as TextMetrics,
};
const fitter = () => new TextFitter();

test('what fits stays, what does not is cut and says so', () => {
  expect(fitter().fit(ctx, 'Kyoto', 60)).toBe('Kyoto');
  expect(fitter().fit(ctx, 'Kyoto and Nara', 60)).toBe('Kyoto…');
  expect(fitter().fit(ctx, 'Kyoto', 5)).toBe('');
});

test('nothing is wider than its room', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 0, max: 400 }), (text, room) => {
      expect(ctx.measureText(fitter().fit(ctx, text, room)).width).toBeLessThanOrEqual(room);
      for (const line of fitter().twoLines(ctx, text, room, room)) {
        expect(ctx.measureText(line).width).toBeLessThanOrEqual(room);
      }
    }),
  );
});

test('two lines part between words', () => {
  expect(fitter().twoLines(ctx, 'What should we see in Kyoto?', 120, 200)).toEqual([
    'What should',
    'we see in Kyoto?',
  ]);
  expect(fitter().twoLines(ctx, 'Kyoto', 120, 200)).toEqual(['Kyoto', '']);
});

test('what stands behind a text is kept, and the text cut', () => {
  const line = (width: number, tail = '3 turns') => fitter().withTail(ctx, 'Where do we sleep?', tail, width);
  expect(line(1_000, '3 turns · 2 branches')).toBe('Where do we sleep? · 3 turns · 2 branches');
  expect(line(300, '3 turns · 2 branches')).toBe('Where do we sleep? · 3 turns');
  // 28 characters of 10 px.
  expect(line(280)).toBe('Where do we sleep? · 3 turns');
  expect(fitter().fit(ctx, 'Kyoto', 50)).toBe('Kyoto');
  expect(line(200)).toBe('Where do… · 3 turns');
  expect(line(80)).toBe('3 turns');
  expect(fitter().withTail(ctx, 'Where do we sleep?', '3 turns', 170, 100)).toBe('Where do we sle…');
});
