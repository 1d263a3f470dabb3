import { expect, it } from 'vitest';
import { idSchema, newId } from './ids.ts';

const taken = (id: unknown): boolean => idSchema.safeParse(id).success;

it('takes 8 to 64 letters, digits, "-" and "_"', () => {
  expect(['a-_4567Z', 'x'.repeat(64)].map(taken)).toEqual([true, true]);
  expect(['short67', 'x'.repeat(65), 'with space', 'a/b/c/d/e', 'ümlaut78', '', 12345678].some(taken)).toBe(
    false,
  );
});

it('refuses the one id that a record of ids cannot hold', () => {
  expect(taken('__proto__')).toBe(false);
  expect(taken('__proto__1')).toBe(true);
});

it('makes ids it takes, never the same', () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(ids.every(taken)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});
