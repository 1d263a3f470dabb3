/** Questions to a tree. All are pure; unknown ids give empty answers, never errors. No recursion: chains may be long. */
import { layersOf } from './layered.ts';
import { inAsides } from './standing.ts';
import { ROOT, type Tree } from './tree.ts';
import { type Generation, sameModel } from './types.ts';

/** Children of a message (null: the first messages), in creation order; unfinished generations included. */
export function childrenOf(tree: Tree, parent: string | null): readonly string[] {
  return tree.children.get(parent ?? ROOT) ?? none;
}

const none: readonly string[] = [];

/** The parent of a message or generation; null for a first message, undefined for an unknown id. */
export function parentOf(tree: Tree, id: string): string | null | undefined {
  return (tree.messages.get(id) ?? tree.generations.get(id))?.parent;
}

/** All that share a parent with `id`, itself and system prompts included, in creation order. */
export function siblingsOf(tree: Tree, id: string): readonly string[] {
  const parent = parentOf(tree, id);
  return parent === undefined ? none : childrenOf(tree, parent);
}

/** Somewhere the conversation goes more than one way. */
export function hasForks(tree: Tree): boolean {
  for (const children of tree.children.values()) if (children.length > 1) return true;
  return false;
}

/** Up to two names of models, by the large map of messages whose replies are by them. */
const modelsIn = new WeakMap<Tree['messages'], ReadonlySet<string>>();

/** Replies of a tree are by more than one model. Costs what changed of late, and one look at each message for each large map. */
export function hasSeveralModels({ messages }: Tree): boolean {
  const { base, recent } = layersOf(messages);
  const known = modelsIn.get(base) ?? withModels(new Set(), base);
  modelsIn.set(base, known);
  return known.size > 1 || withModels(known, recent).size > 1;
}

function withModels(known: ReadonlySet<string>, messages: Tree['messages']): ReadonlySet<string> {
  const names = new Set(known);
  for (const { author } of messages.values()) {
    if (author.kind === 'model') names.add(author.name);
    if (names.size > 1) break;
  }
  return names;
}

/** The line from a first message to `id`, both included. Stops where a parent is not known (yet). */
export function pathTo(tree: Tree, id: string | null): readonly string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  let at: string | null | undefined = id;
  while (at != null && !seen.has(at)) {
    const parent = parentOf(tree, at);
    if (parent === undefined) break;
    seen.add(at);
    path.push(at);
    at = parent;
  }
  return path.reverse();
}

/**
 * The leaf to show under `id` (null: the whole conversation): walks down, at each fork to the child `choose` names
 * (the last-viewed one), else to the newest. Null only for an empty conversation.
 */
export function leafUnder(
  tree: Tree,
  id: string | null,
  choose: (parent: string | null, children: readonly string[]) => string | undefined = () => undefined,
): string | null {
  let at = id;
  for (let steps = 0; steps <= tree.messages.size + tree.generations.size; steps += 1) {
    const children = childrenOf(tree, at);
    if (children.length === 0) break;
    at = choose(at, children) ?? (children[children.length - 1] as string);
  }
  return at;
}

const liveOf = new WeakMap<Tree['generations'], readonly Generation[]>();

/** All replies that are being written, pruned branches included. Looked for once for each set of replies. */
export function liveIn(tree: Tree): readonly Generation[] {
  const { generations, messages } = tree.whole ?? tree;
  const known = liveOf.get(generations);
  if (known) return known;
  const live = [...generations.values()].filter(({ id, end }) => !end && !messages.has(id));
  liveOf.set(generations, live);
  return live;
}

/** The unfinished generations directly under a message. */
export function liveUnder(tree: Tree, parent: string): readonly Generation[] {
  return childrenOf(tree, parent)
    .map((id) => tree.generations.get(id))
    .filter((generation) => generation !== undefined)
    .filter((generation) => !generation.end);
}

/**
 * The latest generation under `parent` that ended without leaving a message, if nothing younger stands beside it:
 * what "Try again" is offered for (tree rule 7).
 */
export function emptyEndUnder(tree: Tree, parent: string): Generation | undefined {
  let latest: Generation | undefined;
  for (const generation of tree.generations.values()) {
    if (generation.parent !== parent || !generation.end || tree.messages.has(generation.id)) continue;
    if (!latest || generation.started >= latest.started) latest = generation;
  }
  if (!latest) return undefined;
  const { started } = latest;
  const younger = childrenOf(tree, parent).some((id) => bornAt(tree, id) > started);
  return younger ? undefined : latest;
}

/**
 * The replies to `parent` that ended without leaving a message and belong beside those that came: one of several that were asked for
 * together until its model was asked again, any other until anything came after it. In the order they were asked for. Costs O(generations).
 */
export function emptyEndsBeside(tree: Tree, parent: string): readonly Generation[] {
  const asked = [...tree.generations.values()].filter((generation) => generation.parent === parent);
  const isOver = ({ id, end }: Generation) => end !== undefined && !tree.messages.has(id);
  const ends = asked.filter((one) => isOver(one) && !isReplaced(tree, one, asked));
  return ends.sort((a, b) => a.started - b.started || (a.id < b.id ? -1 : 1));
}

function isReplaced(tree: Tree, ended: Generation, asked: readonly Generation[]): boolean {
  const over = ended.end?.at ?? ended.started;
  const after = asked.filter(({ started }) => started > over);
  const together = asked.some(
    ({ id, started, end }) =>
      id !== ended.id && started <= over && (end === undefined || end.at >= ended.started),
  );
  if (together) return after.some(({ model }) => sameModel(model, ended.model));
  return after.length > 0 || childrenOf(tree, ended.parent).some((id) => bornAt(tree, id) > over);
}

/**
 * Messages after which something was said although their reply ended without a word, each with the latest such end: none
 * of their children is a reply. Costs O(generations).
 */
export function unanswered(tree: Tree): ReadonlyMap<string, Generation> {
  const ends = new Map<string, Generation>();
  for (const generation of tree.generations.values()) {
    const { id, parent, started, end } = generation;
    if (!end || tree.messages.has(id) || started < (ends.get(parent)?.started ?? 0)) continue;
    const children = childrenOf(tree, parent);
    const asked = children.every((child) => tree.messages.get(child)?.role === 'user');
    if (asked && children.length > 0) ends.set(parent, generation);
  }
  return ends;
}

/** The message or unfinished reply that came to be last, anywhere in the tree but in asides; null for an empty conversation. Costs what changed of late. */
export function latestOf(tree: Tree): string | null {
  if (tree.asides.size > 0) return latestBesideAsides(tree).id;
  const { base, recent } = layersOf(tree.children);
  let known = latestIn.get(base);
  if (!known) {
    known = laterUnder(tree, base, never);
    latestIn.set(base, known);
  }
  // A reply that ended without a word is gone.
  if (!isUnder(tree, known)) known = laterUnder(tree, tree.children, never);
  return laterUnder(tree, recent, known).id;
}

interface Latest {
  readonly id: string | null;
  readonly parent: string;
  readonly born: number;
}

const never: Latest = { id: null, parent: ROOT, born: Number.NEGATIVE_INFINITY };

/** By the part of `Tree.children` that many states of a tree share: asked at each step of the reader and with each message. */
const latestIn = new WeakMap<Tree['children'], Latest>();
/** The same where there are asides, by what of them there were: what is in them is passed over. */
const latestBeside = new WeakMap<
  Tree['children'],
  { readonly asides: Tree['asides']; readonly latest: Latest }
>();

function latestBesideAsides(tree: Tree): Latest {
  const inside = inAsides(tree);
  const { base, recent } = layersOf(tree.children);
  const known = latestBeside.get(base);
  let latest = known?.asides === tree.asides ? known.latest : undefined;
  if (!latest) {
    latest = laterUnder(tree, base, never, inside);
    latestBeside.set(base, { asides: tree.asides, latest });
  }
  // What came late may have put it into an aside.
  if (!isUnder(tree, latest) || (latest.id !== null && inside.has(latest.id)))
    latest = laterUnder(tree, tree.children, never, inside);
  return laterUnder(tree, recent, latest, inside);
}

const isUnder = (tree: Tree, { id, parent, born }: Latest): boolean =>
  id !== null && tree.children.get(parent)?.includes(id) === true && bornAt(tree, id) === born;

function laterUnder(
  tree: Tree,
  among: Tree['children'],
  than: Latest,
  but: ReadonlySet<string> = new Set(),
): Latest {
  let latest = than;
  for (const [parent, children] of among) {
    for (const id of children) {
      const born = bornAt(tree, id);
      if (but.has(id) || born < latest.born || (born === latest.born && id < (latest.id ?? ''))) continue;
      latest = { id, parent, born };
    }
  }
  return latest;
}

/** When a message or reply came to be, in ms since the epoch; 0 for an unknown id. */
export function bornAt(tree: Tree, id: string): number {
  return tree.messages.get(id)?.time ?? tree.generations.get(id)?.started ?? 0;
}
