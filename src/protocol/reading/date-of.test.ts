import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOf } from './date-of.ts';

test('any number a stream may say can be written as a date', () => {
  const times = fc.oneof(
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    fc.constantFrom(0, 8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER),
  );
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
  fc.assert(
    fc.property(times, (time) => {
      expect(dateOf(time).toISOString()).toMatch(/Z$/);
      expect(format.format(dateOf(time))).not.toBe('');
      if (time <= 8.64e15) expect(dateOf(time).getTime()).toBe(time);
    }),
  );
});
