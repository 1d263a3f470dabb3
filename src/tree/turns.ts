/**
 * Turns: a user message with the replies to it, the unit the diagram shows. Only a reply that was continued has an edge,
 * so regenerations nobody went on from cost no width. What has no card (`COUNTING`) is passed over. Pure, no recursion.
 */
import { type Copy, changedKeys, copyOf } from './layered.ts';
import { bornAt, childrenOf } from './queries.ts';
import { countingOf } from './standing.ts';
import { ROOT, type Tree } from './tree.ts';

/** A turn, and its place among the others. */
export interface Turn {
  /** Id of the prompt, or of the reply itself where no prompt precedes it. */
  readonly id: string;
  readonly prompt: string | null;
  /** Replies to the prompt, unfinished ones included, in creation order. */
  readonly replies: readonly string[];
  readonly parent: string | null;
  /** The reply of `parent` that this turn continues; null when it follows the prompt itself, or for a first turn. */
  readonly via: string | null;
  /** Turns that continue this one, in creation order. */
  readonly children: readonly string[];
  /** Turns above this one. */
  readonly depth: number;
  readonly time: number;
  /** How many of the replies are being written. */
  readonly live: number;
  /** A reply failed or was cut off. */
  readonly broken: boolean;
  /** A reply was stopped by hand. */
  readonly stopped: boolean;
  /** When the latest reply was whole, ms since the epoch; 0 while none is. */
  readonly answered: number;
}

/** All turns of a tree. */
export interface Turns {
  /** The tree they were grouped from. */
  readonly tree: Tree;
  readonly byId: ReadonlyMap<string, Turn>;
  /** First turns, in creation order. */
  readonly roots: readonly string[];
  /** The turn each message and unfinished generation belongs to. */
  readonly turnOf: ReadonlyMap<string, string>;
  /** What `sumOf` has counted so far. */
  readonly sums: Map<string, Sum>;
}

/** What stands at and below a turn. */
export interface Sum {
  readonly turns: number;
  /** Ways it ends: turns nothing continues. */
  readonly branches: number;
  /** Replies being written. */
  readonly live: number;
  /** When the latest message came to be, ms since the epoch. */
  readonly time: number;
}

/** Past so many new messages at once it is cheaper to begin anew. */
const FEW = 500;

/**
 * Groups a tree into turns. With `before`, the turns of an earlier state of the same tree, turns that did not change are the
 * same objects, and it costs what changed of late; without, or where something was taken away, O(messages).
 */
export function turnsOf(tree: Tree, before?: Turns): Turns {
  if (before?.tree === tree) return before;
  const added = before && addedSince(before.tree, tree);
  if (before && added) return grown(before, tree, added);
  const draft = new TurnsDraft(tree);
  draft.place([TOP]);
  return draft.turns();
}

/** So many messages take a millisecond or two. */
const STEP = 300;

/** `turnsOf` a whole tree, step by step. @param step messages that are grouped in one */
export function* turnsBySteps(tree: Tree, step = STEP): Generator<void, Turns> {
  const draft = new TurnsDraft(tree);
  const spots: Spot[] = [TOP];
  while (spots.length > 0) {
    draft.place(spots, undefined, step);
    yield;
  }
  while (draft.summed(step)) yield;
  return draft.turns();
}

/** Counts what stands at and below a turn; remembered until something in it changes. Costs O(turns in it), no recursion. */
export function sumOf(turns: Turns, id: string): Sum {
  const known = turns.sums.get(id);
  if (known) return known;
  const sum = { turns: 0, branches: 0, live: 0, time: 0 };
  const todo = [id];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const turn = turns.byId.get(at);
    if (!turn) continue;
    sum.turns += 1;
    if (turn.children.length === 0) sum.branches += 1;
    sum.live += turn.live;
    sum.time = Math.max(sum.time, turn.time);
    for (const reply of turn.replies) sum.time = Math.max(sum.time, bornAt(turns.tree, reply));
    for (const child of turn.children) todo.push(child);
  }
  turns.sums.set(id, sum);
  return sum;
}

/** New children by parent (`ROOT` for first messages); undefined where something was taken away, or much is new. */
function addedSince(before: Tree, after: Tree): ReadonlyMap<string, readonly string[]> | undefined {
  const added = new Map<string, readonly string[]>();
  let count = 0;
  for (const parent of changedKeys(before.children, after.children)) {
    const [old = none, children = none] = [before.children.get(parent), after.children.get(parent)];
    if (old === children) continue;
    const known = new Set(old);
    const fresh = children.filter((id) => !known.has(id));
    if (fresh.length + known.size !== children.length) return undefined;
    count += fresh.length;
    if (count > FEW) return undefined;
    if (fresh.length > 0) added.set(parent, fresh);
  }
  return added;
}

const none: readonly string[] = [];

/** Where messages hang: below the turn `owner`, from its reply `via` (null: from its prompt). `id` null: the conversation. */
interface Spot {
  readonly id: string | null;
  readonly owner: string | null;
  readonly via: string | null;
}

const TOP: Spot = { id: null, owner: null, via: null };

interface Growing extends Turn {
  children: string[];
  replies: string[];
}

function grown(before: Turns, tree: Tree, added: ReadonlyMap<string, readonly string[]>): Turns {
  const landed = [...changedKeys(before.tree.messages, tree.messages)].filter(
    (id) => !before.tree.messages.has(id),
  );
  if (added.size === 0 && landed.length === 0) return { ...before, tree };
  const draft = new TurnsDraft(tree, before);
  for (const [parent, fresh] of added) {
    const spot = draft.spotOf(parent === ROOT ? null : parent);
    if (spot) draft.place([spot], fresh);
  }
  for (const id of landed) draft.landed(id);
  return draft.turns();
}

class TurnsDraft {
  private readonly tree: Tree;
  private readonly byId: Copy<Turn>;
  private readonly turnOf: Copy<string>;
  private readonly roots: string[];
  private readonly sums: Map<string, Sum>;
  /** Turns made or copied here: the others belong to the turns before. */
  private readonly own = new Map<string, Growing>();
  /** Of how many of them it is said what their replies are. */
  private said = 0;

  constructor(tree: Tree, before?: Turns) {
    this.tree = tree;
    this.byId = before ? copyOf(before.byId) : new Map();
    this.turnOf = before ? copyOf(before.turnOf) : new Map();
    this.roots = [...(before?.roots ?? [])];
    this.sums = new Map(before?.sums);
  }

  turns(): Turns {
    const { tree, byId, roots, turnOf, sums } = this;
    this.summed(this.own.size);
    return { tree, byId, roots, turnOf, sums };
  }

  /** Says of turns what their replies are, of `most` at once. Returns whether more are left. */
  summed(most: number): boolean {
    const own = [...this.own.values()].slice(this.said, this.said + most);
    for (const turn of own) Object.assign(turn, repliesOf(this.tree, turn.replies));
    this.said += own.length;
    return this.said < this.own.size;
  }

  /** What was being written is a message. */
  landed(id: string): void {
    const turn = this.byId.get(this.turnOf.get(id) ?? '');
    if (!turn) return;
    this.owned(turn);
    this.forgetSums(turn.id);
  }

  /** The spot a message is; undefined while it hangs from nothing that is known. */
  spotOf(message: string | null): Spot | undefined {
    let at = message;
    const passed = new Set<string>();
    while (at !== null && hasNoCard(this.tree, at)) {
      // Parents in a circle hang from nothing.
      if (passed.has(at)) return undefined;
      passed.add(at);
      at = this.tree.messages.get(at)?.parent ?? null;
    }
    if (at === null) return { id: message, owner: null, via: null };
    const owner = this.turnOf.get(at);
    if (owner === undefined) return undefined;
    const prompt = this.byId.get(owner)?.prompt;
    return { id: message, owner, via: at === prompt ? null : at };
  }

  /**
   * Places all that hangs from the spots; of the first spot only `fresh`, where it is given. After `most` of them (default: all) it stops:
   * `spots` are those that are left.
   */
  place(spots: Spot[], fresh?: readonly string[], most = Number.POSITIVE_INFINITY): void {
    let only = fresh;
    let left = most;
    for (let spot = spots.pop(); spot; spot = left > 0 ? spots.pop() : undefined) {
      left -= 1;
      for (const id of only ?? childrenOf(this.tree, spot.id)) {
        if (!this.turnOf.has(id)) spots.push(this.placeOne(id, spot));
      }
      only = undefined;
    }
  }

  /** Places a message; returns the spot it is for what follows it. */
  private placeOne(id: string, { owner, via }: Spot): Spot {
    const role = this.tree.messages.get(id)?.role;
    if (hasNoCard(this.tree, id)) return { id, owner, via };
    const above = owner === null ? undefined : this.byId.get(owner);
    if (owner !== null) this.forgetSums(owner);
    if (role !== 'user' && above && via === null && above.prompt !== null) {
      insert(this.tree, this.owned(above).replies, id);
      this.turnOf.set(id, above.id);
      return { id, owner: above.id, via: id };
    }
    return this.begin(id, above, via, role === 'user');
  }

  private begin(id: string, above: Turn | undefined, via: string | null, prompt: boolean): Spot {
    const turn: Growing = {
      id,
      prompt: prompt ? id : null,
      replies: prompt ? [] : [id],
      parent: above?.id ?? null,
      via,
      children: [],
      depth: above ? above.depth + 1 : 0,
      time: bornAt(this.tree, id),
      ...unanswered,
    };
    this.byId.set(id, turn);
    this.own.set(id, turn);
    this.turnOf.set(id, id);
    insert(this.tree, above ? this.owned(above).children : this.roots, id);
    return { id, owner: id, via: prompt ? null : id };
  }

  private owned(turn: Turn): Growing {
    const known = this.own.get(turn.id);
    if (known) return known;
    const copy = { ...turn, children: [...turn.children], replies: [...turn.replies] };
    this.own.set(turn.id, copy);
    this.byId.set(turn.id, copy);
    return copy;
  }

  private forgetSums(from: string): void {
    if (this.sums.size === 0) return;
    for (let at: string | null = from; at !== null; at = this.byId.get(at)?.parent ?? null) {
      this.sums.delete(at);
    }
  }
}

const hasNoCard = (tree: Tree, id: string): boolean => countingOf(tree, id).card === 'past';

type RepliesState = Pick<Turn, 'live' | 'broken' | 'stopped' | 'answered'>;

const unanswered: RepliesState = { live: 0, broken: false, stopped: false, answered: 0 };

function repliesOf({ messages }: Tree, replies: readonly string[]): RepliesState {
  let { live, broken, stopped, answered } = unanswered;
  for (const id of replies) {
    const message = messages.get(id);
    if (!message) live += 1;
    else {
      const reason = message.finish?.reason;
      broken ||= reason === 'failed' || reason === 'interrupted';
      stopped ||= reason === 'stopped';
      answered = Math.max(answered, message.finish?.at ?? message.time);
    }
  }
  return { live, broken, stopped, answered };
}

/** Puts `id` where its birth belongs among the others; mostly at the end. */
function insert(tree: Tree, ids: string[], id: string): void {
  const born = bornAt(tree, id);
  let at = ids.length;
  for (; at > 0; at -= 1) {
    const other = ids[at - 1] as string;
    const time = bornAt(tree, other);
    if (time < born || (time === born && other < id)) break;
  }
  ids.splice(at, 0, id);
}
