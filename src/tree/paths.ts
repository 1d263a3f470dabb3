/** The visible path of a view: which child is shown at each fork. Pure; unknown ids are ignored. */
import { childrenOf, emptyEndUnder, latestOf, parentOf, pathTo } from './queries.ts';
import { ROOT, type Tree } from './tree.ts';

/** What decides at a fork where the path goes. */
export interface PathOptions {
  /** A message or reply the path must go through. */
  readonly selected?: string | null;
  /** The child this view showed last under each parent (`ROOT` for the conversation): where it has been it goes again. */
  readonly previous?: ReadonlyMap<string, string>;
  /** Parents (`ROOT`) under which an own message is on its way: the path ends there, the message will follow. */
  readonly ends?: ReadonlySet<string>;
}

/**
 * The path from the first message to a leaf: messages and unfinished replies. At each fork: towards `selected`, else the
 * child in `previous`, else towards what was said last (of replies asked for at once the first), else the newest. So a view that is open never moves by what others
 * do; it only grows at its end.
 *
 * The last may be a reply that ended before its first word (tree rule 7): where nothing else follows, and where the view
 * was watching it and nothing younger stands beside it.
 */
export function followPath(tree: Tree, { selected, previous, ends }: PathOptions): readonly string[] {
  const path = pathThrough(tree, selected ?? null);
  // Asked for at forks alone: it is as long as the path.
  let known: ReadonlySet<string> | undefined;
  const latest = () => {
    known ??= new Set(pathTo(tree, latestOf(tree)));
    return known;
  };
  const seen = new Set(path);
  while (true) {
    const at = path[path.length - 1] ?? ROOT;
    if (ends?.has(at) || isEmptyEnd(tree, at)) return path;
    const next = nextUnder(tree, at, previous?.get(at), latest);
    // A chain of parents that bites its own tail cannot come from our writers; it must not hang the page either.
    if (next === undefined || seen.has(next)) return path;
    seen.add(next);
    path.push(next);
  }
}

/** What a view showed along `path`, added to what it showed before: `previous` of the next `followPath`. */
export function withChoices(
  previous: ReadonlyMap<string, string>,
  path: readonly string[],
): ReadonlyMap<string, string> {
  let next: Map<string, string> | undefined;
  let parent = ROOT;
  for (const id of path) {
    if (previous.get(parent) !== id) {
      next ??= new Map(previous);
      next.set(parent, id);
    }
    parent = id;
  }
  return next ?? previous;
}

/** Down to `selected`; to its parent only, if it is a reply that ended without a word and is not the last word there. */
function pathThrough(tree: Tree, selected: string | null): string[] {
  if (selected === null) return [];
  const parent = parentOf(tree, selected);
  if (parent && isEmptyEnd(tree, selected) && emptyEndUnder(tree, parent)?.id !== selected) {
    return [...pathTo(tree, parent)];
  }
  return [...pathTo(tree, selected)];
}

function nextUnder(
  tree: Tree,
  at: string,
  shown: string | undefined,
  latest: () => ReadonlySet<string>,
): string | undefined {
  const children = childrenOf(tree, at === ROOT ? null : at);
  if (shown !== undefined && children.includes(shown)) return shown;
  if (at !== ROOT && (children.length === 0 || (shown !== undefined && isEmptyEnd(tree, shown)))) {
    const end = emptyEndUnder(tree, at);
    if (end && (children.length === 0 || end.id === shown)) return end.id;
  }
  if (children.length < 2) return children[0];
  const towards = children.find((child) => latest().has(child)) ?? children[children.length - 1];
  return towards === undefined ? undefined : firstAskedWith(tree, towards, children);
}

/**
 * Of several replies that were asked for at once, and that nobody went on from yet, the first: it took the place after the message, and
 * the others are versions of it that were asked for while it was being written. Any other reply: itself.
 */
function firstAskedWith(tree: Tree, reply: string, replies: readonly string[]): string {
  const asked = tree.generations.get(reply);
  const { kind, of } = asked?.origin ?? {};
  const first = tree.generations.get(kind === 'regenerate' && of !== undefined ? of : '');
  if (!asked || !first || !replies.includes(first.id) || childrenOf(tree, reply).length > 0) return reply;
  return first.end === undefined || asked.started < first.end.at ? first.id : reply;
}

/** Where a view opens that goes to `reply`: that, or the first of those it was asked for with. */
export function openedFor(tree: Tree, reply: string): string {
  const parent = parentOf(tree, reply);
  return parent == null ? reply : firstAskedWith(tree, reply, childrenOf(tree, parent));
}

/** True for a reply that ended before its first word. */
export function isEmptyEnd(tree: Tree, id: string): boolean {
  return tree.generations.get(id)?.end !== undefined && !tree.messages.has(id);
}
