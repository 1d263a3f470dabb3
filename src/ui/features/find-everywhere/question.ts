/** What is looked for in all chats, in the address and out of it. Pure. */

import {
  type EverywhereQuery,
  everywhereParams,
  everywhereQueryOf,
} from '../../../protocol/find/everywhere.ts';
import { FIND_LIMIT } from '../../../protocol/find/find.ts';

/** What an address asks; what it says that nobody understands is passed over. */
export function questionIn(search: string): EverywhereQuery {
  const params = new URLSearchParams(search);
  const read = everywhereQueryOf(params);
  if (typeof read !== 'string') return read;
  for (const name of [...params.keys()])
    if (typeof everywhereQueryOf(new URLSearchParams([[name, params.get(name) ?? '']])) === 'string')
      params.delete(name);
  const rest = everywhereQueryOf(params);
  return typeof rest === 'string' ? { words: '' } : rest;
}

export function searchOf(question: EverywhereQuery): string {
  const { words, ...rest } = question;
  const params = everywhereParams({ ...rest, words: words.slice(0, FIND_LIMIT) });
  return params.size > 0 ? `?${params}` : '';
}

/** Whether it asks for anything: only where to look is no question. */
export function asksFor({ words, archived: _, pruned: __, asides: ___, ...rest }: EverywhereQuery): boolean {
  return words.trim() !== '' || Object.values(rest).some((value) => value !== undefined && value !== false);
}

/** A day as a date field has it, by the clock of the browser; `days` later. */
export function dayOf(time: number | undefined, days = 0): string {
  if (time === undefined) return '';
  const date = new Date(time);
  date.setDate(date.getDate() + days);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
