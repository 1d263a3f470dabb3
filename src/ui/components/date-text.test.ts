import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayText, localeFor, momentText } from './date-text.ts';

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
