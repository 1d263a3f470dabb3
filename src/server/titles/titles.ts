/**
 * Titles by the model that answered first (decision 0037). They run in the background: replies of the same source go first, and
 * what fails leaves the title of first words.
 */
import { type Message, VERSION } from '../../protocol/index.ts';
import type { ModelRef } from '../../tree/index.ts';
import type { Exchange } from '../conversations/index.ts';
import { type ModelSource, ProviderFailure } from '../models/port.ts';
import type { ReplyHome } from '../replies/port.ts';
import { isEnough, titleFrom, titleQuestion } from './title-of.ts';

export interface TitleHome {
  /** Null where there is nothing to be named. */
  firstExchange(conversation: string, reply: string): Promise<Exchange | null>;
  /** Fine for a conversation that got another title meanwhile. */
  entitle(conversation: string, title: string): Promise<void>;
}

export interface TitlesOptions {
  readonly home: ReplyHome & TitleHome;
  readonly source: (ref: ModelRef) => ModelSource | undefined;
  /** The runner still writes this reply. */
  readonly running: (reply: string) => boolean;
  /** Called with unexpected errors. */
  readonly trouble: (error: unknown) => void;
  /** How long a model may take, in ms; it gives way to replies at any time. Default: 300,000. */
  readonly patience?: number;
}

export interface Titles {
  /** For the runner: as `home`, and a title follows the first exchange. */
  readonly home: ReplyHome;
  /** Lets go of what is being asked. */
  shutdown(): void;
}

/** The maker calls `shutdown`. */
export function createTitles(options: TitlesOptions): Titles {
  const { home } = options;
  const queues = new Map<string, SourceQueue>();
  const queueOf = (source: string): SourceQueue => {
    const queue = queues.get(source) ?? new SourceQueue(options);
    queues.set(source, queue);
    return queue;
  };
  return {
    home: {
      openLog: (conversation, generation) => {
        queueOf(generation.model.source).giveWayTo(generation.id);
        return home.openLog(conversation, generation);
      },
      context: (conversation, generation) => home.context(conversation, generation),
      begun: (conversation, generation) => home.begun(conversation, generation),
      tree: (conversation) => home.tree(conversation),
      entitle: (conversation, title) => home.entitle(conversation, title),
      offers: (conversation) => home.offers(conversation),
      offer: (conversation, offers) => home.offer(conversation, offers),
      heardOffers: (conversation, signal) => home.heardOffers(conversation, signal),
      asks: (conversation, reply, asks) => home.asks(conversation, reply, asks),
      heard: (conversation, reply, signal) => home.heard(conversation, reply, signal),
      settle: async (conversation, reply) => {
        await home.settle(conversation, reply);
        for (const queue of queues.values()) queue.settled(conversation, reply);
      },
    },
    shutdown: () => {
      for (const queue of queues.values()) queue.close();
    },
  };
}

/** Exchanges that wait for a title from one source: one is asked for at a time, and only while it writes no reply. */
class SourceQueue {
  readonly #options: TitlesOptions;
  readonly #writing = new Set<string>();
  /** Replies that may have ended a first exchange, with their conversations. */
  readonly #waiting = new Map<string, string>();
  #asking: AbortController | undefined;
  #closed = false;

  constructor(options: TitlesOptions) {
    this.#options = options;
  }

  giveWayTo(reply: string): void {
    // Those that were given up never settle.
    for (const other of this.#writing) if (!this.#options.running(other)) this.#writing.delete(other);
    this.#writing.add(reply);
    this.#asking?.abort();
  }

  /** Fine for one that another source wrote. */
  settled(conversation: string, reply: string): void {
    if (!this.#writing.delete(reply)) return;
    this.#waiting.set(reply, conversation);
    void this.#next();
  }

  close(): void {
    this.#closed = true;
    this.#asking?.abort();
  }

  /** A reply that was given up never settles. */
  get #isFree(): boolean {
    return !this.#closed && !this.#asking && ![...this.#writing].some(this.#options.running);
  }

  async #next(): Promise<void> {
    for (;;) {
      const [waiting] = this.#waiting;
      if (!waiting || !this.#isFree) return;
      const controller = new AbortController();
      this.#asking = controller;
      try {
        await this.#name(waiting, controller.signal);
      } catch (error) {
        if (!(error instanceof ProviderFailure) && !controller.signal.aborted) this.#options.trouble(error);
      }
      this.#asking = undefined;
      // What gave way waits on.
      if (!controller.signal.aborted) this.#waiting.delete(waiting[0]);
    }
  }

  async #name([reply, conversation]: [string, string], stop: AbortSignal): Promise<void> {
    const { home, source, patience = 300_000 } = this.#options;
    const exchange = await home.firstExchange(conversation, reply);
    const from = exchange && source(exchange.generation.model);
    if (!exchange || !from || stop.aborted) return;
    const signal = AbortSignal.any([stop, AbortSignal.timeout(patience)]);
    const title = titleFrom(await answerOf(from, exchange, signal));
    if (title !== null && !signal.aborted) await home.entitle(conversation, title);
  }
}

/** As much as a title needs. Throws what the source throws; empty when aborted. */
async function answerOf(from: ModelSource, exchange: Exchange, signal: AbortSignal): Promise<string> {
  const { model, context } = exchange.generation;
  let said = '';
  const asked = {
    ...{ model, messages: [asMessage(titleQuestion(exchange))], signal, think: false },
    // Another window would have Ollama load the model anew.
    ...(context && { window: context.window }),
  };
  for await (const event of from.stream(asked)) {
    if (signal.aborted) return '';
    if (event.kind === 'text') said += event.text;
    if (event.kind === 'recast') said = '';
    if (event.kind === 'finish' || isEnough(said)) return said;
  }
  return '';
}

function asMessage(text: string): Message {
  return {
    ...{ v: VERSION, kind: 'message', id: 'title-question', parent: null, role: 'user' },
    ...{ author: { kind: 'user' }, parts: [{ kind: 'text', text }], origin: { kind: 'send' }, time: 0 },
  };
}
