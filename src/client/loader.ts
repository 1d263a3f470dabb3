/** Loads messages in batches: what is asked for in one tick is read with as few GETs as possible. */
import { branchStream, type Message, messageSchema, readItems } from '../protocol/index.ts';
import { emptyTree, type MessageHeader, type Tree } from '../tree/index.ts';
import { ServerError } from './errors.ts';
import { type Range, rangesFor } from './ranges.ts';
import type { StreamReader } from './streams.ts';

export interface LoaderOptions {
  readonly reader: StreamReader;
  /** The tree as far as it is known. */
  readonly tree: (conversation: string) => Tree | undefined;
  /** True for a message that was loaded already. */
  readonly has: (conversation: string, id: string) => boolean;
  /** Takes messages that were read along with those asked for. */
  readonly found: (conversation: string, messages: readonly Message[]) => void;
}

interface Wish {
  readonly header: MessageHeader;
  readonly signal: AbortSignal;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: unknown) => void;
}

export class MessageLoader {
  private readonly options: LoaderOptions;
  private readonly wishes = new Map<string, Wish[]>();

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
      const waiting = this.wishes.get(conversation);
      if (waiting) return void waiting.push(wish);
      this.wishes.set(conversation, [wish]);
      setTimeout(() => this.flush(conversation), 0);
    });
  }

  private flush(conversation: string): void {
    const wishes = (this.wishes.get(conversation) ?? []).filter(({ signal }) => !signal.aborted);
    this.wishes.delete(conversation);
    const { tree, has } = this.options;
    const wanted = new Map(wishes.map(({ header }) => [header.id, header]));
    const known = tree(conversation) ?? emptyTree;
    for (const range of rangesFor(known, wanted.values(), (id) => has(conversation, id))) {
      const ids = new Set(range.map(({ id }) => id));
      void this.fulfil(
        conversation,
        range,
        wishes.filter(({ header }) => ids.has(header.id)),
      );
    }
  }

  private async fulfil(conversation: string, range: Range, wishes: readonly Wish[]): Promise<void> {
    try {
      const found = await this.read(conversation, range, whenAllAborted(wishes.map(({ signal }) => signal)));
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
    }
  }

  private async read(conversation: string, range: Range, signal: AbortSignal): Promise<Map<string, Message>> {
    const found = new Map<string, Message>();
    const [first] = range;
    if (!first) return found;
    const ids = new Set(range.map(({ id }) => id));
    const from = { offset: first.start, max: range.length, signal };
    for await (const { items } of this.options.reader.pages(branchStream(conversation, first.branch), from)) {
      for (const message of readItems(messageSchema, items))
        if (ids.has(message.id)) found.set(message.id, message);
      if (found.size === ids.size || items.length === 0) break;
    }
    return found;
  }
}

function whenAllAborted(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  const check = () => {
    if (signals.every(({ aborted }) => aborted)) controller.abort();
  };
  for (const signal of signals) signal.addEventListener('abort', check, { once: true });
  return controller.signal;
}
