import { expect, test } from 'vitest';
import { excerpt } from './target.ts';

test('the first words of a message, without marks, on one line, whole words only', () => {
  expect(excerpt('Then plant a **fern**.')).toBe('Then plant a fern.');
  expect(excerpt('# Trip\n\n> to `Kyoto`')).toBe('Trip to Kyoto');
  expect(excerpt('Start with the soil, not with the plants that grow in it')).toBe(
    'Start with the soil, not with the plants…',
  );
});
