/**
 * What a branch says of those who wrote it from outside: where its own messages end, the greatest `Stream-Seq`, the last batch of
 * each producer. Folded from the headers of its own messages, so that it is the same at every server and after every restart.
 */
import { childrenOf, type MessageHeader, type Producer, type Tree } from '../../../tree/index.ts';

/** A batch that was said, or as much of it as is there: ids by their place in it. */
export interface Batch {
  readonly batch: string;
  readonly of: number;
  /** What its first item follows. */
  readonly parent: string | null;
  readonly ids: Map<number, string>;
  readonly producer?: Producer;
}

export type Verdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'known' }
  | { readonly kind: 'fenced'; readonly epoch: number }
  | { readonly kind: 'gap'; readonly expected: number; readonly received: number }
  /** A new epoch begins at 0. */
  | { readonly kind: 'not-from-0' };

export class BranchWriters {
  readonly #branch: string;
  /** Of the branch's own messages. */
  #tip: MessageHeader | undefined;
  #seq: string | undefined;
  readonly #producers = new Map<string, Producer>();
  /** Batches of which something is missing, and the last. */
  readonly #batches = new Map<string, Batch>();
  #last: Batch | undefined;

  constructor(branch: string) {
    this.#branch = branch;
  }

  get tip(): MessageHeader | undefined {
    return this.#tip;
  }

  /** The greatest so far; undefined: none. */
  get seq(): string | undefined {
    return this.#seq;
  }

  producer(id: string): Producer | undefined {
    return this.#producers.get(id);
  }

  /** Takes what is new of the branch's own messages. Costs what is new. */
  advance(tree: Tree): this {
    const from = tree.branches.get(this.#branch)?.from?.message ?? null;
    for (let next = this.#next(tree, from); next; next = this.#next(tree, from)) this.#take(next);
    return this;
  }

  /** The batch of that name if something of it is missing, or if it is what was said last (`after`: but for its answer). */
  batch(name: string, tree: Tree): Batch | undefined {
    const found = this.#batches.get(name);
    if (!found || found.ids.size < found.of) return found;
    return found === this.#last && this.#isLastWord(found, tree) ? found : undefined;
  }

  /** The batch a producer's `seq` stands for, while it is the producer's last one and unfinished. */
  judge({ id, epoch, seq }: Producer): Verdict {
    const last = this.#producers.get(id);
    if (!last) {
      // Whoever was never heard of may begin with any epoch.
      return seq === 0 ? { kind: 'new' } : { kind: 'gap', expected: 0, received: seq };
    }
    if (epoch < last.epoch) return { kind: 'fenced', epoch: last.epoch };
    if (epoch > last.epoch) return seq === 0 ? { kind: 'new' } : { kind: 'not-from-0' };
    if (seq <= last.seq) return { kind: 'known' };
    return seq === last.seq + 1 ? { kind: 'new' } : { kind: 'gap', expected: last.seq + 1, received: seq };
  }

  #next(tree: Tree, from: string | null): MessageHeader | undefined {
    for (const id of childrenOf(tree, this.#tip?.id ?? from)) {
      const header = tree.messages.get(id);
      if (header?.branch === this.#branch) return header;
    }
    return undefined;
  }

  #take(header: MessageHeader): void {
    this.#tip = header;
    const { sent } = header;
    if (!sent) return;
    const { seq, producer } = sent;
    if (seq !== undefined && (this.#seq === undefined || isAfter(seq, this.#seq))) this.#seq = seq;
    if (producer && isLater(producer, this.#producers.get(producer.id)))
      this.#producers.set(producer.id, producer);
    const known = this.#batches.get(sent.batch);
    const open = known && known.ids.size < known.of && !known.ids.has(sent.n) ? known : undefined;
    const batch = open ?? {
      ...{ batch: sent.batch, of: sent.of, parent: header.parent, ids: new Map<number, string>() },
      ...(producer && { producer }),
    };
    batch.ids.set(sent.n, header.id);
    const before = this.#last;
    if (before && before.batch !== sent.batch && before.ids.size >= before.of)
      this.#batches.delete(before.batch);
    this.#batches.set(sent.batch, batch);
    this.#last = batch;
  }

  /** Nothing follows its last message but what was asked for with it. */
  #isLastWord({ ids, of }: Batch, tree: Tree): boolean {
    const own = ids.get(of - 1);
    const tip = this.#tip;
    if (!tip || own === undefined) return false;
    return tip.id === own || (tip.parent === own && tree.generations.has(tip.id));
  }
}

/** Byte by byte, as the protocol has it; both are ASCII. */
export const isAfter = (a: string, b: string): boolean => a > b;

function isLater(a: Producer, b: Producer | undefined): boolean {
  return !b || a.epoch > b.epoch || (a.epoch === b.epoch && a.seq > b.seq);
}

const KEPT = 500;

/** Those of the branches somebody wrote to of late. */
export class Writers {
  readonly #kept = new Map<string, BranchWriters>();

  of(conversation: string, branch: string, tree: Tree): BranchWriters {
    const key = `${conversation} ${branch}`;
    const writers = this.#kept.get(key) ?? new BranchWriters(branch);
    this.#kept.delete(key);
    this.#kept.set(key, writers);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return writers.advance(tree);
  }
}
