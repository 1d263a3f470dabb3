/** Which hit is looked at, and the one before and after it. Pure. */

import * as strings from './strings.ts';

/** The next of `ids` in a direction, around the ends; from nowhere the first at or after `near`, else the first. */
export function stepIn(
  ids: readonly string[],
  current: string | undefined,
  step: 1 | -1,
  near: readonly string[] = [],
): string | undefined {
  if (ids.length === 0) return undefined;
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (at >= 0) return ids[(at + step + ids.length) % ids.length];
  const here = new Set(near);
  return ids.find((id) => here.has(id)) ?? ids[step === 1 ? 0 : ids.length - 1];
}

/** "3 of 42", "42 found", "Nothing found". */
export function countText(ids: readonly string[], current: string | undefined): string {
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (ids.length === 0) return strings.nothing;
  return at < 0 ? strings.found(ids.length) : strings.hitOf(at + 1, ids.length);
}

/** The start of a day "2026-03-29" by the clock of the browser, in ms; `days` later. Undefined for no date. */
export function dayAt(text: string, days = 0): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return undefined;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + days).getTime();
}
