/** Times as people read them: words in the language of the page, order and clock as where the reader is (decision 0263). */
import { LANGUAGE } from '../../protocol/language.ts';
import { dateOf } from '../../protocol/reading/date-of.ts';

/**
 * `language` with the region of the first of `wanted` that has one, those in `language` first: 'en' for somebody in Germany is 'en-DE', whose
 * months are English, and whose day has 24 hours. Tags that cannot be read are passed over. @param wanted as `navigator.languages`
 */
export function localeFor(language: string, wanted: readonly string[]): string {
  const locales = wanted.flatMap((tag) => localeOf(tag) ?? []);
  const own = locales.filter((locale) => locale.language === language);
  const region = [...own, ...locales].find((locale) => locale.region)?.region;
  return region ? `${language}-${region}` : language;
}

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

const locale = localeFor(LANGUAGE, globalThis.navigator?.languages ?? []);

const formatted = (options: Intl.DateTimeFormatOptions) => {
  // Made when it is first used: all of them at once would take long.
  let format: Intl.DateTimeFormat | undefined;
  return (time: number): string => {
    format ??= new Intl.DateTimeFormat(locale, options);
    return format.format(dateOf(time));
  };
};

/** "Nov 25, 2026". This and what follows: of ms since the epoch, any number. */
export const dayText = formatted({ dateStyle: 'medium' });
/** "Nov 25, 2026, 9:46 PM". */
export const momentText = formatted({ dateStyle: 'medium', timeStyle: 'short' });
/** "Nov 25, 2026, 9:46:12 PM". */
export const exactText = formatted({ dateStyle: 'medium', timeStyle: 'medium' });
/** "9:46 PM". */
export const clockText = formatted({ hour: 'numeric', minute: '2-digit' });
/** "Nov 25, 9:46 PM". */
const inYearText = formatted({ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });

/** As much of a time as says when it was to somebody who reads it at `now`: the clock of today, with the day of other days, of other years whole. */
export function whenText(time: number, now: number): string {
  const [at, today] = [dateOf(time), new Date(now)];
  if (at.toDateString() === today.toDateString()) return clockText(time);
  return at.getFullYear() === today.getFullYear() ? inYearText(time) : momentText(time);
}

/** Midnight `days` before the day of `now`; by the calendar, since days are not always 24 hours long. */
export function startOfDay(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime();
}

/** "November"; "November 2025". */
export const monthText = formatted({ month: 'long' });
export const monthAndYearText = formatted({ month: 'long', year: 'numeric' });
