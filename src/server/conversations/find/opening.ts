/** What a conversation opens with: the end of the path, before its outline is there (decision 0255). */
import { type Message, openingChoices, outlineItemOf } from '../../../protocol/index.ts';
import type { Opening, OpeningPlace } from '../../../protocol/requests/opening.ts';
import {
  followPath,
  hasAlternatives,
  hasPosition,
  isPassed,
  type OutlineChange,
  pathEndReader,
  pathTo,
  shownTree,
  type Tree,
  treeSnapshot,
} from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { viewsOf } from '../kit/views.ts';
import { rangesOf, readRange } from './ranges.ts';

/** An outline of so many messages and replies is sent whole, if that is not long. */
const SMALL = 80;
/** Most of the outline that is sent, as JSON in UTF-16 code units. */
const OUTLINE = 48_000;
/** Most messages of the path that are sent, and of these most that are sent whole: about what a window shows. */
const [PATH, WINDOW] = [40, 12];
/** Whole messages are sent up to this size, as JSON in UTF-16 code units; one is, whatever its size. */
const MESSAGES = 100_000;

/** @throws {Refusal} `not-found`, `gone` */
export async function opening(store: Store, conversation: string, place: OpeningPlace): Promise<Opening> {
  await store.list.living(conversation);
  const { tree, newest: segment, position } = await store.outlines.of(conversation);
  const view = await viewsOf(store.engine, conversation);
  const path = openedPath(tree, view, place);
  const end = smallOutline(tree) ?? endOf(tree, path, place.at);
  if (!end) return null;
  const { from, changes, whole } = end;
  const shown = path.slice(from);
  const above = path.slice(0, from).filter((id) => isCounted(tree, id)).length;
  const messages = await wholeMessages(store, conversation, tree, windowOf(shown, place.at));
  return {
    ...{ segment, position, whole, outline: changes.map(outlineItemOf) },
    ...{ path: shown, above, forks: hasAlternatives(shownTree(tree, new Set(path))) },
    ...{ view: [...view], messages: [...messages] },
  };
}

/** As the page chooses it. */
function openedPath(
  tree: Tree,
  view: Parameters<typeof openingChoices>[1],
  { through }: OpeningPlace,
): readonly string[] {
  const selected = through ?? null;
  const shown = shownTree(tree, new Set(pathTo(tree, selected)));
  return followPath(shown, { selected, previous: openingChoices(tree, view) });
}

interface PathEnd {
  /** Where on the path it begins. */
  readonly from: number;
  readonly changes: readonly OutlineChange[];
  /** It is all there is. */
  readonly whole: boolean;
}

function smallOutline(tree: Tree): PathEnd | undefined {
  if (tree.messages.size + tree.generations.size > SMALL) return undefined;
  const changes = treeSnapshot(tree);
  return sizeOf(changes) <= OUTLINE ? { from: 0, changes, whole: true } : undefined;
}

/** Upward from the end as far as there is room; undefined where `at`, or the last two, are not reached. */
function endOf(tree: Tree, path: readonly string[], at: string | undefined): PathEnd | undefined {
  const { beside, under } = pathEndReader(tree);
  const wanted = at === undefined ? -1 : path.indexOf(at);
  const leaf = path.at(-1);
  if (leaf === undefined) return undefined;
  const changes = under(leaf);
  let size = sizeOf(changes);
  let from = path.length;
  // None begins with what is counted by what is above it.
  const isOpen = () => from < path.length && isPassed(tree, path[from - 1] as string);
  for (; from > 0 && (path.length - from < PATH || isOpen()); from -= 1) {
    const more = beside(path[from - 1] as string);
    size += sizeOf(more);
    if (size > OUTLINE && !isOpen()) break;
    changes.push(...more);
  }
  return from <= (wanted < 0 ? Math.max(0, path.length - 2) : wanted)
    ? { from, changes, whole: false }
    : undefined;
}

const sizeOf = (changes: readonly OutlineChange[]): number => JSON.stringify(changes).length;

function isCounted({ messages }: Tree, id: string): boolean {
  const header = messages.get(id);
  return header === undefined || hasPosition(header);
}

/** What is drawn first, in the order in which it is wanted. */
function windowOf(path: readonly string[], at: string | undefined): readonly string[] {
  const first = at === undefined ? -1 : path.indexOf(at);
  return first < 0 ? path.slice(-WINDOW).reverse() : path.slice(first, first + WINDOW);
}

async function wholeMessages(
  { engine }: Store,
  conversation: string,
  tree: Tree,
  wanted: readonly string[],
): Promise<readonly Message[]> {
  const headers = wanted.flatMap((id) => tree.messages.get(id) ?? []);
  const found = new Map<string, Message>();
  for (const range of rangesOf(headers))
    for (const [id, message] of await readRange(engine, conversation, range)) found.set(id, message);
  let size = 0;
  const taken: Message[] = [];
  for (const { id } of headers) {
    const message = found.get(id);
    if (!message) continue;
    size += JSON.stringify(message).length;
    if (size > MESSAGES && taken.length > 0) break;
    taken.push(message);
  }
  return taken;
}
