/**
 * A whole conversation as it is stored, from one engine to another ("bough move", decision 0243): the same items, ids, times, branches
 * and marks. Engines mint their own offsets, so what speaks of offsets (the outline) is made anew of the places messages got.
 *
 * Written in the write order, one message after the other, so that what breaks off is what a crash leaves, and doing it again goes on.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  branchStream,
  type ConversationPatch,
  type Message,
  offersStream,
  outlineItemOf,
  outlineStream,
  Refusal,
  readMessage,
  viewStream,
} from '../../../protocol/index.ts';
import {
  type Branch,
  type Generation,
  isNewIn,
  type KnownChange,
  type MessageHeader,
  type OutlineChange,
  type Tree,
  treeSnapshot,
} from '../../../tree/index.ts';
import { type Engine, type Offset, readAll, START } from '../../engine/index.ts';
import { createBranch } from '../branch/fork.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { isMissing, isUnavailable } from '../kit/refusals.ts';

/** All there is of a conversation, but for logs of replies, which have become messages. */
export interface StoredConversation {
  readonly id: string;
  /** What the list says of it. */
  readonly patches: readonly ConversationPatch[];
  /** As its outline folds. */
  readonly tree: Tree;
  /** Sources before their forks. */
  readonly branches: readonly StoredBranch[];
  readonly view: readonly unknown[];
  readonly offers: readonly unknown[];
  /** Messages the outline has and no branch does: they are lost. */
  readonly lost: readonly string[];
}

interface StoredBranch {
  readonly branch: Branch;
  /** Its own messages as they are stored, in order. */
  readonly items: readonly unknown[];
  readonly closed: boolean;
}

/** What became of it: messages that were written, and that were there. */
export interface Adopted {
  readonly added: number;
  readonly known: number;
}

/** Throws EngineError. */
export async function storedOf(store: Store, conversation: string): Promise<StoredConversation> {
  const { tree } = await store.outlines.of(conversation);
  const branches: StoredBranch[] = [];
  const found = new Set<string>();
  for (const branch of sourcesFirst(tree)) {
    const own = await ownItems(store.engine, conversation, branch, tree);
    for (const id of own.ids) found.add(id);
    branches.push({ branch, items: own.items, closed: own.closed });
  }
  return {
    id: conversation,
    patches: store.list.patchesOf(conversation),
    tree,
    branches,
    view: await itemsOf(store.engine, viewStream(conversation)),
    offers: await itemsOf(store.engine, offersStream(conversation)),
    lost: [...tree.messages.keys()].filter((id) => !found.has(id)),
  };
}

/** A branch is announced after the one it leaves; a roll-over keeps that order, and this does not rely on it. */
function sourcesFirst(tree: Tree): Branch[] {
  const order = new Map<string, Branch>();
  const visit = (branch: Branch | undefined): void => {
    const chain: Branch[] = [];
    for (let at = branch; at && !order.has(at.id) && !chain.includes(at); ) {
      chain.push(at);
      at = tree.branches.get(tree.messages.get(at.from?.message ?? '')?.branch ?? '');
    }
    for (const each of chain.reverse()) order.set(each.id, each);
  };
  for (const branch of tree.branches.values()) visit(branch);
  return [...order.values()];
}

interface OwnItems {
  readonly ids: readonly string[];
  readonly items: readonly unknown[];
  readonly closed: boolean;
}

async function ownItems(
  engine: Engine,
  conversation: string,
  { id, kind, from }: Branch,
  tree: Tree,
): Promise<OwnItems> {
  const start = from && kind !== 'copy' ? from.offset : START;
  const own = new Map<string, unknown>();
  try {
    const { items, closed } = await readAll(engine, branchStream(conversation, id), start);
    for (const item of items) {
      const message = readMessage(item);
      const isOwn = message && tree.messages.get(message.id)?.branch === id && !own.has(message.id);
      if (isOwn) own.set(message.id, item);
    }
    return { ids: [...own.keys()], items: [...own.values()], closed };
  } catch (error) {
    // Announced, and never made.
    if (isMissing(error)) return { ids: [], items: [], closed: false };
    throw error;
  }
}

async function itemsOf(engine: Engine, stream: string): Promise<unknown[]> {
  return readAll(engine, stream, START).then(
    ({ items }) => items,
    (error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    },
  );
}

/**
 * @param signal stops between two messages; what was written stays, and the next time goes on
 * @throws {EngineError}
 */
export async function adopt(
  store: Store,
  stored: StoredConversation,
  signal?: AbortSignal,
): Promise<Adopted> {
  const { id } = stored;
  return store.queue.run(id, async () => {
    await store.list.adopt(stored.patches);
    await store.engine.create(outlineStream(id));
    const outline = await store.outlines.of(id);
    const adopting = new Adopting(store, outline, stored.tree);
    for (const branch of stored.branches) await adopting.branch(branch, signal);
    await adopting.rest();
    await adoptItems(store.engine, viewStream(id), stored.view);
    await adoptItems(store.engine, offersStream(id), stored.offers);
    return { added: adopting.added, known: adopting.known };
  });
}

/** Of an exact engine, where nobody else writes, repair finds what a crash left out; of others one message at most. */
const INDEXED_AT_ONCE = 100;

class Adopting {
  added = 0;
  known = 0;
  readonly #store: Store;
  readonly #outline: Outline;
  readonly #source: Tree;
  readonly #atOnce: number;
  #waiting: MessageHeader[] = [];

  constructor(store: Store, outline: Outline, source: Tree) {
    this.#store = store;
    this.#outline = outline;
    this.#source = source;
    this.#atOnce = store.alone ? INDEXED_AT_ONCE : 1;
  }

  async branch({ branch, items, closed }: StoredBranch, signal?: AbortSignal): Promise<void> {
    const { conversation } = this.#outline;
    const announced = this.#branchHere(branch);
    await this.#outline.write([{ kind: 'branch', branch: announced }]);
    let at = await createBranch(this.#store, conversation, announced);
    const stream = branchStream(conversation, branch.id);
    let isNew = false;
    try {
      for (const item of items) {
        signal?.throwIfAborted();
        const header = this.#source.messages.get((item as Message).id) as MessageHeader;
        const known = this.#outline.tree.messages.get(header.id);
        if (known) this.known += 1;
        const end = known?.end ?? (await this.#append(stream, item, at, isNew));
        if (!known) await this.#keep({ ...header, start: at, end });
        isNew ||= !known;
        at = end;
      }
    } finally {
      await this.#index();
    }
    if (closed) await this.#store.engine.close(stream);
  }

  /** What follows from no message: replies that were asked for and how they ended, marks, what later versions say. */
  async rest(): Promise<void> {
    const { tree } = this.#outline;
    const changes = treeSnapshot(this.#source);
    const known = changes.flatMap((change): KnownChange[] => {
      if (change.kind === 'generation')
        return [{ kind: 'generation', generation: this.#generationHere(change.generation) }];
      return change.kind === 'generation-end' || change.kind === 'mark' ? [change] : [];
    });
    for (let at = 0; at < known.length; at += INDEXED_AT_ONCE)
      await this.#outline.write(known.slice(at, at + INDEXED_AT_ONCE));
    const others = changes.filter((change) => change.kind === 'other' && isNewIn(tree, change));
    if (others.length > 0) await this.#store.engine.append(this.#outline.newest, others.map(outlineItemOf));
  }

  /** It leaves the branch that owns the message before it, where that one ends here. */
  #branchHere(branch: Branch): Branch {
    const { conversation, tree } = this.#outline;
    if (branch.from === null) return branch;
    const before = tree.messages.get(branch.from.message);
    if (!before) throw unlike(`the branch ${branch.id} leaves a message that is lost`);
    const { id: message, end: offset } = before;
    return { ...branch, from: { stream: branchStream(conversation, before.branch), offset, message } };
  }

  #generationHere(generation: Generation): Generation {
    return { ...generation, at: this.#outline.tree.messages.get(generation.parent)?.end ?? START };
  }

  /**
   * Answers where it ends. Nobody else writes here: as long as each lands, the tail is known, and an append that carries it as its
   * sequence number lands there or nowhere. @param isTail `at` is where the one before landed just now
   */
  async #append(stream: string, item: unknown, at: Offset, isTail: boolean): Promise<Offset> {
    const { engine, append } = this.#store;
    this.added += 1;
    if (isTail) {
      const result = await engine.append(stream, [item], { seq: at }).catch((error: unknown) => {
        if (!isUnavailable(error)) throw error;
        return null;
      });
      if (result?.kind === 'appended') return result.next;
    }
    const appended = await append(engine, stream, item as Message, at);
    if (appended.kind === 'done') return appended.end;
    throw unlike(`${stream} holds something else than it had where it came from`);
  }

  async #keep(header: MessageHeader): Promise<void> {
    this.#waiting.push(header);
    if (this.#waiting.length >= this.#atOnce) await this.#index();
  }

  async #index(): Promise<void> {
    const headers = this.#waiting;
    if (headers.length === 0) return;
    this.#waiting = [];
    await this.#outline.write(headers.map((message) => ({ kind: 'message', message })));
  }
}

const unlike = (why: string): Refusal => new Refusal(409, 'exists', `It cannot be brought here: ${why}.`);

/** Streams whose items fold by their own times: those are said that are not there yet. */
async function adoptItems(engine: Engine, stream: string, items: readonly unknown[]): Promise<void> {
  if (items.length === 0) return;
  await engine.create(stream);
  const there = new Set((await itemsOf(engine, stream)).map((item) => JSON.stringify(item)));
  const missing = items.filter((item) => !there.has(JSON.stringify(item)));
  for (let at = 0; at < missing.length; at += INDEXED_AT_ONCE)
    await engine.append(stream, missing.slice(at, at + INDEXED_AT_ONCE));
}

/**
 * What of a conversation is not here as it was where it came from, in words; nothing: all of it is, item by item. What was said here
 * since is no difference. Reads everything anew. Throws EngineError.
 */
export async function differences(store: Store, stored: StoredConversation): Promise<string[]> {
  const { id, tree: source } = stored;
  store.outlines.forget(id);
  const { tree } = await store.outlines.of(id);
  await store.list.refresh();
  const found: string[] = [];
  for (const { branch, items, closed } of stored.branches) {
    const here = tree.branches.get(branch.id);
    if (!here) found.push(`branch ${branch.id}`);
    const { items: own, ...end } = here ? await ownItems(store.engine, id, here, tree) : NOTHING;
    if (closed && !end.closed) found.push(`the end of branch ${branch.id}`);
    const byId = new Map(own.map((item) => [(item as Message).id, item]));
    for (const item of items)
      if (!isDeepStrictEqual(byId.get((item as Message).id), item))
        found.push(`message ${(item as Message).id}`);
  }
  for (const change of treeSnapshot(source))
    if (!isSaid(tree, change)) found.push(`${change.kind} in the outline`);
  if (!store.list.has(stored.patches)) found.push('what the list says of it');
  for (const [stream, items] of [
    [viewStream(id), stored.view],
    [offersStream(id), stored.offers],
  ] as const) {
    const there = new Set((await itemsOf(store.engine, stream)).map((item) => JSON.stringify(item)));
    if (!items.every((item) => there.has(JSON.stringify(item)))) found.push(stream);
  }
  return found;
}

const NOTHING: OwnItems = { ids: [], items: [], closed: false };

/** But for offsets: each engine has its own. */
function isSaid(tree: Tree, change: OutlineChange): boolean {
  switch (change.kind) {
    case 'branch': {
      const { from, ...said } = change.branch;
      const here = tree.branches.get(said.id);
      if (!here) return false;
      const { from: fromHere, ...saidHere } = here;
      return isDeepStrictEqual(saidHere, said) && fromHere?.message === from?.message;
    }
    case 'message': {
      const here = tree.messages.get(change.message.id);
      const { start, end } = change.message;
      return isDeepStrictEqual(here && { ...here, start, end }, change.message);
    }
    case 'generation': {
      const here = tree.generations.get(change.generation.id);
      const { at } = change.generation;
      return isDeepStrictEqual(here && { ...here, at }, change.generation);
    }
    default:
      return !isNewIn(tree, change);
  }
}
