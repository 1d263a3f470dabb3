/** Loads messages in batches: what is asked for in one tick is read with as few GETs as possible. */
import { branchStream, type Message, readMessages } from '../../protocol/index.ts';
import { emptyTree, type MessageHeader, type Tree } from '../../tree/index.ts';
import { ServerError } from '../kit/errors.ts';
import { type MessageRange, rangesFor } from '../kit/ranges.ts';
import type { StreamReader } from '../kit/streams.ts';

export interface LoaderOptions {
  readonly reader: StreamReader;
  /** The tree as far as it is known. */
  readonly tree: (conversation: string) => Tree | undefined;
  /** True for a message that was loaded already. */
  readonly has: (conversation: string, id: string) => boolean;
  /** Those of `ids` that were read before and are kept, by id. Default: none is. */
  readonly kept?: (conversation: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Message>>;
  /** Takes messages that were read along with those asked for. */
  readonly found: (conversation: string, messages: readonly Message[]) => void;
}

interface WantedMessage {
  readonly header: MessageHeader;
  readonly signal: AbortSignal;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: unknown) => void;
}

/** A range on its way, and those who wait for something in it. */
interface Reading {
  readonly conversation: string;
  readonly ids: ReadonlySet<string>;
  readonly wishes: WantedMessage[];
  readonly abort: AbortController;
}

export class MessageLoader {
  private readonly options: LoaderOptions;
  /** Wishes of this tick, by conversation. */
  private readonly wishes = new Map<string, WantedMessage[]>();
  private readonly readings = new Set<Reading>();

  constructor(options: LoaderOptions) {
    this.options = options;
  }

  /**
   * Reads one message from the branch that owns it. Rejects like `Http.request`, or with a 404 of our own when the branch
   * does not hold it. `signal` gives it up; the request ends when all who share it have.
   */
  load(conversation: string, header: MessageHeader, signal: AbortSignal): Promise<Message> {
    return new Promise((resolve, reject) => {
      const wish = { header, signal, resolve, reject };
      const reading = [...this.readings].find((one) => holds(one, conversation, header.id));
      if (reading) return join(reading, wish);
      const waiting = this.wishes.get(conversation);
      if (waiting) return void waiting.push(wish);
      this.wishes.set(conversation, [wish]);
      setTimeout(() => void this.flush(conversation), 0);
    });
  }

  private async flush(conversation: string): Promise<void> {
    const asked = (this.wishes.get(conversation) ?? []).filter(({ signal }) => !signal.aborted);
    this.wishes.delete(conversation);
    const { tree, has } = this.options;
    const wishes = await this.withoutKept(conversation, asked);
    const wanted = new Map(wishes.map(({ header }) => [header.id, header]));
    const known = tree(conversation) ?? emptyTree;
    for (const range of rangesFor(known, wanted.values(), (id) => has(conversation, id))) {
      const ids = new Set(range.map(({ id }) => id));
      const reading = { conversation, ids, wishes: [], abort: new AbortController() };
      for (const wish of wishes) if (ids.has(wish.header.id)) join(reading, wish);
      void this.fulfil(range, reading);
    }
  }

  /** Answers what is kept; the rest is to be read. */
  private async withoutKept(
    conversation: string,
    wishes: readonly WantedMessage[],
  ): Promise<readonly WantedMessage[]> {
    const { kept } = this.options;
    if (!kept) return wishes;
    const ids = wishes.map(({ header }) => header.id);
    const found = await kept(conversation, ids);
    return wishes.filter(({ header, signal, resolve }) => {
      const message = found.get(header.id);
      if (message) resolve(message);
      return !message && !signal.aborted;
    });
  }

  private async fulfil(range: MessageRange, reading: Reading): Promise<void> {
    const { conversation, wishes, abort } = reading;
    this.readings.add(reading);
    try {
      const found = await this.read(conversation, range, abort.signal);
      const asked = new Set(wishes.map(({ header }) => header.id));
      this.options.found(
        conversation,
        [...found.values()].filter(({ id }) => !asked.has(id)),
      );
      for (const { header, resolve, reject } of wishes) {
        const message = found.get(header.id);
        if (message) resolve(message);
        else reject(new ServerError(404, 'not-found', 'This message could not be found.'));
      }
    } catch (error) {
      for (const { reject } of wishes) reject(error);
    } finally {
      this.readings.delete(reading);
    }
  }

  private async read(
    conversation: string,
    range: MessageRange,
    signal: AbortSignal,
  ): Promise<Map<string, Message>> {
    const found = new Map<string, Message>();
    const [first] = range;
    if (!first) return found;
    const ids = new Set(range.map(({ id }) => id));
    const from = { offset: first.start, max: range.length, signal };
    for await (const { items } of this.options.reader.pages(branchStream(conversation, first.branch), from)) {
      // The first of an id stands: it is what a model is given.
      for (const message of readMessages(items))
        if (ids.has(message.id) && !found.has(message.id)) found.set(message.id, message);
      if (found.size === ids.size || items.length === 0) break;
    }
    return found;
  }
}

function holds({ conversation, ids, abort }: Reading, wanted: string, id: string): boolean {
  return conversation === wanted && ids.has(id) && !abort.signal.aborted;
}

/** Adds a wish to a reading, which ends when all of its wishes were given up. */
function join({ wishes, abort }: Reading, wish: WantedMessage): void {
  wishes.push(wish);
  const check = () => {
    if (wishes.every(({ signal }) => signal.aborted)) abort.abort();
  };
  wish.signal.addEventListener('abort', check, { once: true });
}
