/** Reading JSON that somebody else wrote: nothing is what it says it is. Pure. */

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Halves of characters. */
const HALVES = /\p{Surrogate}/gu;

/** Halves of characters are replaced: they could not be written in UTF-8. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.replace(HALVES, '\uFFFD') : '';

/** The first of them that is a text with something in it. */
export function someText(...values: readonly unknown[]): string | undefined {
  const found = values.find((value) => typeof value === 'string' && value.trim() !== '');
  return found === undefined ? undefined : textOf(found);
}

/** An id, also where it is a number. */
export function idOf(...values: readonly unknown[]): string | undefined {
  const found = values.find(
    (value) => (typeof value === 'string' && value !== '') || typeof value === 'number',
  );
  return found === undefined ? undefined : String(found);
}

/** Year 2000 and year 2100: what is outside is no time of a chat. */
const EARLIEST = 946_684_800_000;
const LATEST = 4_102_444_800_000;

/** ms since the epoch, of seconds, milliseconds, microseconds or a date as text; undefined for what is none. */
export function timeOf(...values: readonly unknown[]): number | undefined {
  for (const value of values) {
    const time =
      typeof value === 'number' ? inMs(value) : typeof value === 'string' ? ofText(value) : Number.NaN;
    if (time >= EARLIEST && time < LATEST) return Math.floor(time);
  }
  return undefined;
}

function inMs(value: number): number {
  if (value > 1e14) return value / 1_000;
  return value < 1e11 ? value * 1_000 : value;
}

function ofText(value: string): number {
  if (/^\d{9,17}(\.\d+)?$/.test(value)) return inMs(Number(value));
  return Date.parse(value);
}
