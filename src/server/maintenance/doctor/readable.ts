/**
 * Whether a conversation can be read from any of its messages back to the first, and gone on with from each: what a fork inherits is
 * there, forks leave where a message ends, replies that are open have a place. Pure.
 */
import { parseStream } from '../../../protocol/index.ts';
import type { Branch, Generation, Tree } from '../../../tree/index.ts';
import type { StoredBranch, StoredConversation } from './stored.ts';

/** @param tree the outline as it should be (`rebuild.ts`) */
export function isReadable({ branches }: Pick<StoredConversation, 'branches'>, tree: Tree): boolean {
  const views = new BranchViews(branches);
  for (const { id, branch } of tree.messages.values()) if (!views.of(branch)?.own.has(id)) return false;
  for (const branch of tree.branches.values()) if (!views.canOpen(branch)) return false;
  for (const reply of tree.generations.values()) if (!reply.end && !views.canPlace(reply, tree)) return false;
  return true;
}

/** A branch as a reader sees it: messages whose chain of parents reaches the first of all. */
interface BranchView {
  readonly stored: StoredBranch;
  readonly source: Cut | null;
  /** By id, the number of its append. */
  readonly own: ReadonlyMap<string, number>;
  /** By offset, the number of the append that ends there. */
  readonly ends: ReadonlyMap<string, number>;
}

/** A branch up to an append, that included; -1: none of its own. */
interface Cut {
  readonly view: BranchView;
  readonly last: number;
}

class BranchViews {
  readonly #branches: StoredConversation['branches'];
  /** Null: it cannot be read, or it is being looked at: it leaves itself. */
  readonly #known = new Map<string, BranchView | null>();

  constructor(branches: StoredConversation['branches']) {
    this.#branches = branches;
  }

  of(branch: string): BranchView | null {
    const known = this.#known.get(branch);
    if (known !== undefined) return known;
    this.#known.set(branch, null);
    const view = this.#read(branch);
    this.#known.set(branch, view);
    return view;
  }

  canOpen({ id, kind, from }: Branch): boolean {
    const stored = this.#branches.get(id);
    if (stored && (!this.of(id) || stored.stream.gone)) return false;
    if (!from || (stored && (kind !== 'copy' || stored.messages.length > 0))) return true;
    const cut = this.#cut(from.stream, from.offset);
    return cut !== null && (kind !== 'copy' || holds(cut, from.message));
  }

  canPlace({ parent, branch, at }: Generation, tree: Tree): boolean {
    if (!tree.messages.has(parent)) return false;
    const view = this.of(branch);
    if (view) return cutAt(view, at) !== null;
    return tree.branches.get(branch)?.from?.offset === at;
  }

  #read(branch: string): BranchView | null {
    const stored = this.#branches.get(branch);
    if (!stored) return null;
    const { from } = stored.stream;
    const source = from && this.#cut(from.stream, from.offset);
    if (from && !source) return null;
    const own = new Map<string, number>();
    const ends = new Map<string, number>();
    for (const [at, { header, end }] of stored.messages.entries()) {
      ends.set(end, at);
      if (!header || own.has(header.id)) continue;
      const { parent } = header;
      if (parent === null || own.has(parent) || (source && holds(source, parent))) own.set(header.id, at);
    }
    return { stored, source, own, ends };
  }

  #cut(stream: string, offset: string): Cut | null {
    const name = parseStream(stream);
    const view = name?.kind === 'branch' ? this.of(name.branch) : null;
    return view && cutAt(view, offset);
  }
}

function cutAt(view: BranchView, offset: string): Cut | null {
  for (let at: BranchView | undefined = view; at; at = at.source?.view) {
    const last = at.ends.get(offset) ?? (at.stored.stream.base === offset ? -1 : undefined);
    if (last !== undefined) return { view: at, last };
  }
  return null;
}

function holds(cut: Cut, message: string): boolean {
  for (let at: Cut | null = cut; at; at = at.view.source) {
    const found = at.view.own.get(message);
    if (found !== undefined && found <= at.last) return true;
  }
  return false;
}
