/**
 * Says in a branch what somebody sends from outside: appended at its tail in the write order, indexed, answered where that was
 * asked for (docs/protocol.md, "Writes").
 */
import {
  branchStream,
  type Conversation,
  filesOf,
  type Message,
  previewOf,
  START,
  titleFromWords,
} from '../../../protocol/index.ts';
import type { OutsideItem } from '../../../protocol/outside-writes.ts';
import {
  type Asking,
  type Branch,
  liveUnder,
  type MessageHeader,
  type ModelRef,
  type Tree,
} from '../../../tree/index.ts';
import type { ModelName } from '../../models/port.ts';
import { createBranch, slotAfter } from '../branch/fork.ts';
import { appendTo, indexTaker, type SlotTaken } from '../branch/place.ts';
import { fileParts } from '../commands/file-parts.ts';
import { askingOf } from '../commands/how-to-ask.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { type AskedReply, announceReply, generationAt, startReply } from '../reply/generations.ts';
import { batchName, idOf, isBy, messageOf, replyId } from './batch.ts';
import { outsideRefusals } from './refusals.ts';
import type { OutsidePost, Posted } from './write.ts';
import { type BranchWriters, isAfter, type Writers } from './writers.ts';

/** Appended before they are indexed together, where nobody else writes: elsewhere one at a time, as pages of engines are coarse. */
const INDEXED_AT_ONCE = 100;
/** Rounds that others, speaking at the same time, may spoil. */
const ATTEMPTS = 20;

/** Whom an item asks, as the token and the item say. */
export interface Asked {
  readonly model: ModelRef;
  readonly named: ModelName | null;
}

/** Idempotent. Throws Refusal before anything is written, EngineError. */
export async function post(store: Store, writers: Writers, given: OutsidePost): Promise<Posted> {
  const said = { ...given, items: await withFiles(store, given.items) };
  const asked = await whomItAsks(store, said);
  return store.queue.run(said.conversation, () => postInQueue(store, writers, said, asked));
}

/** In the conversation's queue. */
export async function postInQueue(
  store: Store,
  writers: Writers,
  said: OutsidePost,
  asked: Asked | null,
): Promise<Posted> {
  const header = await store.list.living(said.conversation);
  const outline = await store.outlines.of(said.conversation);
  const branch = outline.tree.branches.get(said.branch);
  if (!branch) throw outsideRefusals.noBranch();
  const first = await createBranch(store, said.conversation, branch);
  const state = await store.engine.head(branchStream(said.conversation, said.branch));
  const at: At = { store, writers, outline, header, branch, first, said, asked };
  return state?.closed ? whenClosed(at, state.next) : new Saying(at).run();
}

/** What would be refused of it, in a branch that is not made yet. Throws Refusal, EngineError. */
export const checkFirst = (at: Omit<At, 'first'>): Promise<void> =>
  new Saying({ ...at, first: START }).check();

export interface At {
  readonly store: Store;
  readonly writers: Writers;
  readonly outline: Outline;
  readonly header: Conversation;
  readonly branch: Branch;
  /** Where the first own message of the branch goes. */
  readonly first: string;
  readonly said: OutsidePost;
  readonly asked: Asked | null;
}

export async function whomItAsks(store: Store, { by, items }: OutsidePost): Promise<Asked | null> {
  const last = items.at(-1);
  if (last?.role !== 'user' || last.reply === false) return null;
  const model = last.reply?.model ?? by.answers;
  if (!model) return null;
  const named = await store.describe(model);
  if (!named) throw refusals.unknownModel();
  // It would run commands for whoever may write a message (docs/security.md, "Agents").
  if (named.agent) throw outsideRefusals.noAgents();
  return { model, named };
}

/** What is stored says what a file is. Throws Refusal `unknown-file`. */
export function withFiles(store: Store, items: readonly OutsideItem[]): Promise<OutsideItem[]> {
  return Promise.all(
    items.map(async (item) => {
      const refs = filesOf((item.parts ?? []) as Message['parts']);
      if (refs.length === 0) return item;
      const files = await fileParts(store, refs);
      return { ...item, parts: item.parts?.map((part) => (part.kind === 'file' && files.shift()) || part) };
    }),
  );
}

function whenClosed({ writers, outline, branch, said }: At, next: string): Posted {
  const known = writers.of(said.conversation, branch.id, outline.tree);
  if (said.items.length === 0) return { kind: 'said', fresh: false, next, closed: true };
  const { producer } = said;
  const sent = known.tip?.sent?.producer;
  const isSame = sent?.id === producer?.id && sent?.epoch === producer?.epoch && sent?.seq === producer?.seq;
  return producer && isSame && said.close
    ? { kind: 'said', fresh: false, next, closed: true, producer }
    : { kind: 'closed', next };
}

/** One request on its way into a branch. */
class Saying {
  readonly #at: At;
  readonly #name: string;
  /** Appended, and not indexed yet. */
  #appended: MessageHeader[] = [];
  /** The last of what is said, which may be answered. */
  #last: MessageHeader | undefined;
  #asking: Asking | undefined;
  #wrote = false;

  constructor(at: At) {
    this.#at = at;
    this.#name = batchName(at.said);
  }

  async run(): Promise<Posted> {
    const { said, store, branch } = this.#at;
    const verdict = this.#verdict();
    if (verdict) return verdict;
    await this.check();
    try {
      for (let attempt = 0; !(await this.#sayAll()); attempt += 1)
        if (attempt === ATTEMPTS) throw outsideRefusals.sealed();
    } finally {
      // What was appended is there, whatever became of the rest.
      if (this.#appended.length > 0) await this.#index();
    }
    await this.#answerIt();
    if (said.close) await store.engine.close(branchStream(said.conversation, branch.id));
    const writers = this.#writers();
    const producer = said.producer && writers.producer(said.producer.id);
    const next = await this.#tail(writers);
    return { kind: 'said', fresh: this.#wrote, next, closed: said.close, ...(producer && { producer }) };
  }

  #writers(): BranchWriters {
    const { writers, said, outline } = this.#at;
    return writers.of(said.conversation, said.branch, outline.tree);
  }

  /** Null: it is to be said, or what is missing of it. Throws Refusal. */
  #verdict(): Posted | null {
    const { producer, seq, items } = this.#at.said;
    const writers = this.#writers();
    if (producer) {
      const verdict = writers.judge(producer);
      if (verdict.kind === 'not-from-0') throw outsideRefusals.newEpoch();
      if (verdict.kind === 'fenced' || verdict.kind === 'gap') return verdict;
      if (verdict.kind === 'known') return null;
    }
    const isOpen = (this.#batch()?.ids.size ?? items.length) < items.length;
    if (seq !== undefined && writers.seq !== undefined && !isAfter(seq, writers.seq) && !isOpen)
      throw outsideRefusals.sequence();
    return null;
  }

  #batch() {
    return this.#writers().batch(this.#name, this.#at.outline.tree);
  }

  /** Everything that could be refused, before anything is written. Throws Refusal. */
  async check(): Promise<void> {
    const { said, outline, branch, asked } = this.#at;
    const { tree } = outline;
    const writers = this.#writers();
    if (said.close) this.#checkClose(writers);
    if (said.items.length === 0 || this.#isKnown()) return;
    if (!writers.tip && !isBy(branch.author, said.by)) throw outsideRefusals.someonesPlace();
    const under = writers.tip?.id ?? branch.from?.message ?? null;
    if (under !== null && this.#isPromised(under)) throw refusals.stillWriting();
    this.#checkIds(tree, writers, under);
    if (asked) await this.#checkAsking(asked, under);
  }

  /** Nothing of it is missing. Of a producer: it is that one's last, or one of before. */
  #isKnown(): boolean {
    const { producer, items } = this.#at.said;
    const batch = this.#batch();
    if (batch) return batch.ids.size >= items.length;
    if (producer) return this.#writers().judge(producer).kind === 'known';
    return items.length > 0 && items.every(({ id }) => this.#headerOf(id)?.branch === this.#at.said.branch);
  }

  #checkClose({ tip }: BranchWriters): void {
    const { said, branch, outline, asked } = this.#at;
    if (asked) throw outsideRefusals.replyPastEnd();
    if (!isBy(branch.author, said.by)) throw outsideRefusals.notYours();
    for (let at = tip; at?.branch === branch.id; at = outline.tree.messages.get(at.parent ?? ''))
      if (!isBy(at.author, said.by)) throw outsideRefusals.notYours();
  }

  #isPromised(under: string): boolean {
    const { outline, branch } = this.#at;
    return liveUnder(outline.tree, under).some((generation) => generation.branch === branch.id);
  }

  #checkIds(tree: Tree, writers: BranchWriters, under: string | null): void {
    const { items, branch } = this.#at.said;
    if (!writers.tip && tree.generations.has(branch)) throw outsideRefusals.someonesPlace();
    const first = items[0];
    if (!writers.tip && first?.id !== undefined && first.id !== branch) throw outsideRefusals.firstId(branch);
    if (first?.parent !== undefined && first.parent !== under && !this.#batch())
      throw outsideRefusals.movedOn();
    const given = items.flatMap(({ id }) => id ?? []);
    if (new Set(given).size < given.length) throw refusals.idTaken();
    for (const [n, { id, parent }] of items.entries()) {
      if (id !== undefined) this.#checkId(tree, id);
      const before = items[n - 1]?.id;
      if (n > 0 && parent !== undefined && (before === undefined || parent !== before))
        throw outsideRefusals.parentInBatch();
    }
  }

  #checkId(tree: Tree, id: string): void {
    const { said } = this.#at;
    const known = tree.messages.get(id);
    const own = known?.branch === said.branch && isBy(known.author, said.by);
    const taken = tree.generations.has(id) || (tree.branches.has(id) && id !== said.branch);
    if (known ? !own : taken) throw refusals.idTaken();
  }

  async #checkAsking(asked: Asked, under: string | null): Promise<void> {
    const { store, header, said, outline } = this.#at;
    const after = under === null ? null : outline.tree.messages.get(under);
    const messages = said.items.map((_item, n) => this.#draft(n, { id: `${n}`, parent: under, time: 0 }));
    const { model, named } = asked;
    this.#asking = await askingOf(store, {
      header,
      wish: { model },
      named,
      after,
      said: messages,
      tree: outline.tree,
    });
  }

  #draft(
    n: number,
    place: { readonly id: string; readonly parent: string | null; readonly time: number },
  ): Message {
    const { said } = this.#at;
    const { seq, producer, items, by } = said;
    const sent = {
      ...{ batch: this.#name, n, of: items.length },
      ...(seq !== undefined && { seq }),
      ...(producer && { producer }),
    };
    return messageOf(items[n] as OutsideItem, by, { ...place, sent });
  }

  /** False: somebody else spoke in between; what they said is indexed, and the rest follows it. */
  async #sayAll(): Promise<boolean> {
    const { items } = this.#at.said;
    const { alone } = this.#at.store;
    if (this.#isKnown()) {
      this.#last = this.#headerOf(items.at(-1)?.id ?? this.#batch()?.ids.get(items.length - 1));
      return true;
    }
    const batch = this.#batch();
    const parent = batch ? batch.parent : (this.#tip()?.id ?? null);
    const there = new Map(batch?.ids);
    for (const [n, item] of items.entries()) {
      const own = item.id !== undefined && this.#at.outline.tree.messages.has(item.id) ? item.id : undefined;
      const known = there.get(n) ?? own;
      this.#last = known === undefined ? await this.#sayOne(n, parent) : this.#headerOf(known);
      if (!this.#last) return false;
      if (this.#appended.length >= (alone ? INDEXED_AT_ONCE : 1)) await this.#index();
    }
    return true;
  }

  #headerOf(id: string | undefined): MessageHeader | undefined {
    return id === undefined ? undefined : this.#at.outline.tree.messages.get(id);
  }

  /** What was said last on the way: its own last message, else what the branch forks at. */
  #tip(): MessageHeader | undefined {
    const { branch } = this.#at;
    const own = this.#appended.at(-1) ?? this.#writers().tip;
    return own ?? this.#headerOf(branch.from?.message);
  }

  async #sayOne(n: number, batchParent: string | null): Promise<MessageHeader | undefined> {
    const { store, outline, branch, first, said } = this.#at;
    const tip = this.#tip();
    const isFirst = tip?.branch !== branch.id;
    const id = said.items[n]?.id ?? (isFirst ? branch.id : idOf(said, this.#name, n, batchParent));
    const message = this.#draft(n, { id, parent: tip?.id ?? null, time: store.clock.tick() });
    const at = isFirst ? first : tip.end;
    const appended = await appendTo(store, outline, branch.id, message, at);
    if (!('kind' in appended)) {
      this.#appended.push(appended);
      this.#wrote = true;
      return appended;
    }
    await this.#meet(appended);
    return undefined;
  }

  /** Somebody else took the place. */
  async #meet(taker: SlotTaken): Promise<void> {
    const { outline, branch } = this.#at;
    if (this.#appended.length > 0) await this.#index();
    const before = this.#writers().tip?.id;
    await indexTaker(outline, { branch: branch.id, message: this.#tip()?.id ?? null }, taker);
    await outline.refresh();
    if (this.#writers().tip?.id === before) throw outsideRefusals.sealed();
    if (this.#isPromised(this.#writers().tip?.id ?? '')) throw refusals.stillWriting();
  }

  async #index(): Promise<void> {
    const messages = this.#appended;
    this.#appended = [];
    await this.#at.outline.write(messages.map((message) => ({ kind: 'message', message })));
  }

  /** Says in the list that something was said, and starts the answer. */
  async #answerIt(): Promise<void> {
    const { store, outline, header, said, asked } = this.#at;
    const last = this.#last;
    if (!last || (!this.#wrote && !asked)) return;
    const words = said.items.map(({ content, parts }) =>
      previewOf((parts as Message['parts']) ?? [{ kind: 'text', text: content ?? '' }]),
    );
    const fields = {
      active: last.time,
      ...(header.title.text === '' && {
        title: { text: titleFromWords(words[0] ?? ''), by: 'words' as const },
      }),
    };
    const generation = asked && (await this.#generation(last, asked));
    if (generation) await startReply(store, outline, generation, fields);
    else await store.list.patch(said.conversation, fields);
  }

  async #generation(last: MessageHeader, { model, named }: Asked) {
    const { store, outline, header } = this.#at;
    const id = replyId(last.id);
    const known = outline.tree.generations.get(id);
    if (known) return known;
    const asking =
      this.#asking ??
      (await askingOf(store, { header, wish: { model }, named, after: last, tree: outline.tree }));
    const asked: AskedReply = { id, model, named, origin: { kind: 'send' }, asking };
    if (!this.#wrote) return announceReply(store, outline, last, asked);
    const generation = generationAt(store, asked, slotAfter(last));
    const tree = await outline.write([{ kind: 'generation', generation }]);
    return tree.generations.get(id) ?? generation;
  }

  async #tail({ tip }: BranchWriters): Promise<string> {
    if (tip) return tip.end;
    const { store, said, branch } = this.#at;
    return (await store.engine.head(branchStream(said.conversation, branch.id)))?.next ?? this.#at.first;
  }
}
