/** The fold of `c/{conversation}/view`: what was viewed last under each fork (tree rule 12). Pure. */
import {
  bornAt,
  inAsides,
  latestOf,
  openedFor,
  pathTo,
  ROOT,
  type Tree,
  withChoices,
} from '../../tree/index.ts';
import type { ViewItem } from './items.ts';

/**
 * The child viewed last under each parent (`ROOT` for the conversation). An item speaks for `at` and for every message
 * between it and `leaf`; for each of them the latest wins, ties by leaf. So items may come in any order, more than once,
 * and one item a change is enough. The very latest speaks for the forks above `at` too: what was on the screen then is what one comes
 * back to, although another tab looked elsewhere at one of them before. What the tree does not know is skipped.
 */
export function viewedChoices(tree: Tree, items: Iterable<ViewItem>): ReadonlyMap<string, string> {
  const choices = new Map<string, string>();
  const aside = inAsides(tree);
  let last: readonly string[] = [];
  for (const { at, leaf, time } of [...items].sort(byTime)) {
    const path = pathTo(tree, leaf);
    const from = at === null ? 0 : path.indexOf(at) + 1;
    if (at !== null && from === 0) continue;
    if (aside.has(leaf) && (at === null || !aside.has(at))) continue;
    for (let index = from; index < path.length; index += 1)
      choices.set(path[index - 1] ?? ROOT, path[index] as string);
    // An aside hangs beside the path, and did before it was kept: who looked into one is still where they were.
    if (!aside.has(leaf) && !isBeforeKept(tree, at, time)) last = path;
  }
  for (const [index, id] of last.entries()) choices.set(last[index - 1] ?? ROOT, id);
  return choices;
}

/**
 * The same as a view opens: it is stored some seconds late, so that a message that came after it was seen by its writer, and the view opens
 * there.
 */
export function openingChoices(
  tree: Tree,
  items: readonly ViewItem[],
  viewed = viewedChoices(tree, items),
): ReadonlyMap<string, string> {
  const latest = latestOf(tree);
  if (latest === null || items.some(({ time }) => time >= bornAt(tree, latest))) return viewed;
  return withChoices(viewed, pathTo(tree, openedFor(tree, latest)));
}

/** What is viewed from the first message of an aside on was viewed beside the path, until it was kept as a branch. */
function isBeforeKept(tree: Tree, at: string | null, time: number): boolean {
  if (at === null || tree.messages.get(at)?.origin.kind !== 'aside') return false;
  return time < (tree.marks.get(at)?.kept?.at ?? Number.POSITIVE_INFINITY);
}

function byTime(a: ViewItem, b: ViewItem): number {
  return a.time - b.time || (a.leaf < b.leaf ? -1 : a.leaf > b.leaf ? 1 : 0);
}
