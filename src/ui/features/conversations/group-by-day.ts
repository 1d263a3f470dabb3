/** The list's headings: Today, Yesterday, Previous 7 days, then months. Pure; days are the reader's own. */
import type { Conversation } from '../../../protocol/index.ts';
import * as strings from './strings.ts';

export type ListRow =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'conversation'; readonly header: Conversation };

/** Rows for conversations that are ordered newest activity first. `now` is in ms since the epoch. */
export function groupByDay(list: readonly Conversation[], now: number): ListRow[] {
  const headingOf = headings(now);
  const rows: ListRow[] = [];
  let last: string | undefined;
  for (const header of list) {
    const text = headingOf(header.active);
    if (text !== last) rows.push({ kind: 'heading', text });
    last = text;
    rows.push({ kind: 'conversation', header });
  }
  return rows;
}

function headings(now: number): (time: number) => string {
  const today = startOfDay(now, 0);
  const yesterday = startOfDay(now, 1);
  const week = startOfDay(now, 7);
  const year = new Date(now).getFullYear();
  return (time) => {
    if (time >= today) return strings.today;
    if (time >= yesterday) return strings.yesterday;
    if (time >= week) return strings.lastWeek;
    const date = new Date(time);
    return date.getFullYear() === year ? MONTH.format(date) : MONTH_AND_YEAR.format(date);
  };
}

const MONTH = new Intl.DateTimeFormat('en', { month: 'long' });
const MONTH_AND_YEAR = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });

/** Midnight `days` before the day of `now`; by the calendar, since days are not always 24 hours long. */
function startOfDay(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime();
}

/** When the headings must be made anew: the next midnight. */
export function endOfDay(now: number): number {
  return startOfDay(now, -1);
}
