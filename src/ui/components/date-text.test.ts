import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockText, dayText, localeFor, momentText, startOfDay, whenText } from './date-text.ts';

test.each([
  [['en-US'], 'en-US'],
  [['de-DE', 'en'], 'en-DE'],
  [['de-DE', 'en-GB'], 'en-GB'],
  [['de', 'fr-CH'], 'en-CH'],
  [['zh-Hant-TW'], 'en-TW'],
  [['', 'not a tag', 'en-IE'], 'en-IE'],
  [[], 'en'],
])('a browser that wants %j has dates in %s', (wanted, locale) => {
  expect(localeFor('en', wanted)).toBe(locale);
});

test('whatever a browser wants, its dates can be written in the language of the page', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (wanted) => {
      const format = new Intl.DateTimeFormat(localeFor('en', wanted), { month: 'long', timeZone: 'UTC' });
      expect(format.format(0)).toBe('January');
    }),
  );
});

test('any number a stream may say is a date', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (time) => {
      expect(dayText(time)).not.toBe('');
      expect(momentText(time).startsWith(dayText(time))).toBe(true);
    }),
  );
});

test('a time says as much as tells it from now: the clock of today, the day of this year, of others the whole date', () => {
  const now = new Date(2026, 10, 30, 13).getTime();
  const at = (...[year, month, day]: [number, number, number]) => new Date(year, month, day, 9, 5).getTime();
  expect(whenText(at(2026, 10, 30), now)).toBe(clockText(at(2026, 10, 30)));
  expect(whenText(at(2026, 10, 29), now)).toMatch(/29.*9:05|9:05.*29/);
  expect(whenText(at(2026, 10, 29), now)).not.toContain('2026');
  expect(whenText(at(2023, 10, 30), now)).toBe(momentText(at(2023, 10, 30)));
});

test('a day begins at midnight, however long those before it were', () => {
  const now = new Date(2025, 2, 30, 13).getTime();
  expect(startOfDay(now, 0)).toBe(new Date(2025, 2, 30).getTime());
  expect(startOfDay(now, -1)).toBe(new Date(2025, 2, 31).getTime());
  expect(startOfDay(now, 30)).toBe(new Date(2025, 1, 28).getTime());
});
