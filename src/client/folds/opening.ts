/** What conversations open with: the end of the path as the server sends it, before the outline is read (decision 0255). */
import type { QueryClient } from '@tanstack/query-core';
import { type Message, readItems, readMessages, readOutline, viewItemSchema } from '../../protocol/index.ts';
import {
  OPENING_PATH,
  type Opening,
  type OpeningPlace,
  openingSchema,
} from '../../protocol/requests/opening.ts';
import { emptyTree, foldOutline, parentOf, pathTo, type Tree } from '../../tree/index.ts';
import { isAbort } from '../kit/errors.ts';
import { type Http, readJson } from '../kit/http.ts';
import type { FoldPosition } from '../kit/segments.ts';

/** The end of a path, and what stands around it. Nothing else of the tree is known, and nothing may be concluded from that. */
export interface PathEnd extends FoldPosition {
  readonly tree: Tree;
  readonly path: ReadonlySet<string>;
  readonly leaf: string;
  /** How many messages with a position come before it. */
  readonly above: number;
  /** Whether anything in the whole tree has other versions; undefined: nobody said. */
  readonly forks: boolean | undefined;
  /** What was said live since. */
  readonly heard: readonly unknown[];
}

/** What was read of a conversation at once: all of its outline, or the end of a path. */
export type Opened = { readonly whole: FoldPosition & { readonly tree: Tree } } | { readonly end: PathEnd };

export interface OpeningOptions {
  readonly queryClient: QueryClient;
  readonly http: Http;
  readonly seed: (conversation: string, message: Message) => void;
}

/**
 * Asks for it, and puts what is whole (messages, what was viewed) where it belongs. Undefined where the server does not say, for whatever
 * reason: reading the outline tells which. Rejects when `signal` aborts.
 */
export async function readOpening(
  { queryClient, http, seed }: OpeningOptions,
  conversation: string,
  place: OpeningPlace,
  signal: AbortSignal,
): Promise<Opened | undefined> {
  const { through, at } = place;
  const query = new URLSearchParams({ conversation, ...(through && { through }), ...(at && { at }) });
  let said: Opening;
  try {
    said = await readJson(await http.request(`${OPENING_PATH}?${query}`, { signal }), openingSchema);
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  }
  if (!said) return undefined;
  for (const message of readMessages(said.messages)) seed(conversation, message);
  const viewKey = ['view', conversation];
  if (queryClient.getQueryData(viewKey) === undefined)
    queryClient.setQueryData(viewKey, readItems(viewItemSchema, said.view));
  return openedOf(said);
}

function openedOf({
  segment,
  position,
  outline,
  whole,
  path,
  above,
  forks,
}: NonNullable<Opening>): Opened | undefined {
  const tree = foldOutline(emptyTree, readOutline(outline));
  const place = { segment, position, tree };
  if (whole) return { whole: place };
  const leaf = path.at(-1);
  return leaf === undefined
    ? undefined
    : { end: { ...place, path: new Set(path), leaf, above, forks, heard: [] } };
}

/** Whether the path through `selected` can be shown although only its end is known. */
export function reaches({ tree, path, leaf }: PathEnd, selected: string | null): boolean {
  if (selected === null || path.has(selected)) return true;
  return parentOf(tree, selected) !== undefined && pathTo(tree, selected).includes(leaf);
}
