/** Asking for words in a whole conversation, or in all of them (docs/protocol.md, "Reads"). */

import {
  type EverywhereQuery,
  everywhereParams,
  everywhereSchema,
  type FoundEverywhere,
} from '../protocol/find/everywhere.ts';
import { FIND_PATH, type FindQuery, type Found, foundSchema } from '../protocol/find/find.ts';
import { type Http, readJson } from './kit/http.ts';

/** Rejects like `Http.request`; an error's message is a sentence for people only as far as `sentenceOf` makes it one. */
export async function find(
  http: Http,
  conversation: string,
  { words, starred, asides, ...query }: FindQuery,
  { skip = 0, signal }: { readonly skip?: number; readonly signal?: AbortSignal } = {},
): Promise<Found> {
  const asked = new URLSearchParams({ conversation, q: words });
  for (const [name, value] of Object.entries({ ...query, ...(skip > 0 && { skip }) }))
    if (value !== undefined && value !== '') asked.set(name, String(value));
  if (starred) asked.set('starred', '1');
  if (asides) asked.set('asides', '1');
  const response = await http.request(`${FIND_PATH}?${asked}`, signal ? { signal } : {});
  return readJson(response, foundSchema);
}

/** In all conversations. `choices`: with what can be chosen. Rejects as `find`. */
export async function findEverywhere(
  http: Http,
  query: EverywhereQuery,
  { choices = false, signal }: { readonly choices?: boolean; readonly signal?: AbortSignal } = {},
): Promise<FoundEverywhere> {
  const asked = everywhereParams(query);
  if (choices) asked.set('choices', '1');
  const response = await http.request(`${FIND_PATH}?${asked}`, signal ? { signal } : {});
  return readJson(response, everywhereSchema);
}
