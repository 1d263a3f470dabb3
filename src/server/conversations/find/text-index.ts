/**
 * The words of one conversation in memory: a projection of its branches that can be thrown away (decision 0094). Folded texts are
 * searched one by one, which needs no notion of words; only what is new is read.
 */

import {
  FIND_PAGE,
  type FindQuery,
  type Found,
  type Hit,
  hasAll,
  termsOf,
} from '../../../protocol/find/find.ts';
import { foundIn } from '../../../protocol/index.ts';
import { countingIn, type MessageHeader, markOf, subtreeOf, type Tree } from '../../../tree/index.ts';
import type { Engine } from '../../engine/index.ts';
import { excerptIn, lookAt, searchableIn, type Turns } from './pieces.ts';
import { rangesOf, readRange } from './ranges.ts';

interface IndexedMessage {
  readonly header: MessageHeader;
  readonly text: string;
  readonly fold: string;
}

/** Reads of branches under way at a time. */
const AT_ONCE = 8;

export class TextIndex {
  readonly #engine: Pick<Engine, 'read'>;
  readonly #conversation: string;
  readonly #turns: Turns;
  readonly #known = new Set<string>();
  /** In the order the messages came to be. */
  #entries: IndexedMessage[] = [];
  #characters = 0;
  #reading: Promise<void> = Promise.resolve();
  #followed: Tree['messages'] | undefined;

  /** @param turns shared with all who look through something in this process */
  constructor(engine: Pick<Engine, 'read'>, conversation: string, turns: Turns) {
    this.#turns = turns;
    this.#engine = engine;
    this.#conversation = conversation;
  }

  /** What it holds, in UTF-16 units. */
  get characters(): number {
    return this.#characters;
  }

  /** Reads what the tree has and the index does not; one at a time. Throws EngineError. */
  follow(tree: Tree): Promise<void> {
    const work = this.#reading.catch(() => {}).then(() => this.#read(tree));
    this.#reading = work;
    return work;
  }

  /** All that answers the question, with excerpts of those from `skip` on. */
  async find(tree: Tree, query: FindQuery, skip = 0): Promise<Found> {
    const terms = termsOf(query.words);
    const found = await this.#accepted(filterOf(tree, query, terms));
    const hits: Hit[] = [];
    for (const { header, text } of found.slice(skip, skip + FIND_PAGE))
      hits.push({ id: header.id, ...(await excerptIn(text, terms, this.#turns)) });
    return { ids: found.map(({ header }) => header.id), hits };
  }

  async #accepted(accepts: ((entry: IndexedMessage) => boolean) | undefined): Promise<IndexedMessage[]> {
    const found: IndexedMessage[] = [];
    if (!accepts) return found;
    for (const entry of this.#entries) {
      await lookAt(entry.fold, this.#turns);
      if (accepts(entry)) found.push(entry);
    }
    return found;
  }

  async #read(tree: Tree): Promise<void> {
    if (tree.messages === this.#followed) return;
    const ranges = rangesOf([...tree.messages.values()].filter(({ id }) => !this.#known.has(id)));
    const fresh: IndexedMessage[] = [];
    const next = ranges[Symbol.iterator]();
    const worker = async () => {
      for (let step = next.next(); !step.done; step = next.next())
        for (const entry of await this.#texts(step.value)) fresh.push(entry);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, ranges.length) }, worker));
    for (const { header, text } of fresh) {
      this.#known.add(header.id);
      this.#characters += text.length;
    }
    this.#entries = [...this.#entries, ...fresh].sort(byBirth);
    this.#followed = tree.messages;
  }

  async #texts(range: readonly MessageHeader[]): Promise<IndexedMessage[]> {
    const messages = await readRange(this.#engine, this.#conversation, range);
    const indexed: IndexedMessage[] = [];
    for (const header of range) {
      // Where a branch cannot be read (any more), its first words are in the outline.
      const message = messages.get(header.id);
      const text = message ? foundIn(message.parts) : header.preview;
      indexed.push({ header, text, fold: await searchableIn(text, this.#turns) });
    }
    return indexed;
  }
}

function byBirth({ header: a }: IndexedMessage, { header: b }: IndexedMessage): number {
  return a.time - b.time || (a.id < b.id ? -1 : 1);
}

/** Undefined for a question that asks for nothing. The cheap questions come first. */
function filterOf(
  tree: Tree,
  { role, model, label, after, before, starred, asides }: FindQuery,
  terms: readonly string[],
): ((entry: IndexedMessage) => boolean) | undefined {
  const checks: ((entry: IndexedMessage) => boolean)[] = [];
  if (role) checks.push(({ header }) => header.role === role);
  if (model) checks.push(({ header: { author } }) => author.kind === 'model' && author.name === model);
  if (after !== undefined) checks.push(({ header }) => header.time >= after);
  if (before !== undefined) checks.push(({ header }) => header.time < before);
  if (starred) checks.push(({ header }) => markOf(tree, header.id).star);
  if (label) {
    const inside = labelled(tree, label);
    checks.push(({ header }) => inside.has(header.id));
  }
  if (terms.length > 0) checks.push(({ fold }) => hasAll(fold, terms));
  if (checks.length === 0) return undefined;
  if (!asides) checks.unshift(({ header }) => countingIn(tree, header.id).found === 'yes');
  return (entry) => checks.every((check) => check(entry));
}

/** All messages of branches with this label. */
function labelled(tree: Tree, label: string): ReadonlySet<string> {
  const inside = new Set<string>();
  for (const id of tree.marks.keys()) {
    if (markOf(tree, id).label !== label || inside.has(id)) continue;
    for (const below of subtreeOf(tree, id)) inside.add(below);
  }
  return inside;
}
