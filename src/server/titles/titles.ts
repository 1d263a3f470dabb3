/**
 * Titles by the model that answered first (decision 0037). Nobody waits for them: a reply that begins at the same source goes
 * first, and what fails leaves the title of first words.
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
  /** Told what nobody foresaw. */
  readonly trouble: (error: unknown) => void;
  /** How long a model may take, in ms. Default: 60,000. */
  readonly patience?: number;
}

export interface Titles {
  /** For the runner: as `home`, and a title follows the first exchange. */
  readonly home: ReplyHome;
  /** Lets go of what is being asked. */
  shutdown(): void;
}

interface Asking {
  readonly source: string;
  readonly controller: AbortController;
}

/** Whoever makes it calls `shutdown`. */
export function createTitles({ home, source, trouble, patience = 60_000 }: TitlesOptions): Titles {
  const asking = new Map<string, Asking>();
  let closing = false;

  const giveWay = (to: ModelRef) => {
    for (const { source: busy, controller } of asking.values()) if (busy === to.source) controller.abort();
  };

  const name = async (conversation: string, exchange: Exchange, from: ModelSource) => {
    const controller = new AbortController();
    asking.set(conversation, { source: from.id, controller });
    try {
      const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(patience)]);
      const title = titleFrom(await answerOf(from, exchange, signal));
      if (title !== null && !signal.aborted) await home.entitle(conversation, title);
    } finally {
      asking.delete(conversation);
    }
  };

  const settled = async (conversation: string, reply: string) => {
    try {
      if (closing || asking.has(conversation)) return;
      const exchange = await home.firstExchange(conversation, reply);
      const from = exchange && source(exchange.generation.model);
      if (exchange && from && !closing && !asking.has(conversation)) await name(conversation, exchange, from);
    } catch (error) {
      if (!(error instanceof ProviderFailure) && !closing) trouble(error);
    }
  };

  return {
    home: {
      openLog: (conversation, generation) => {
        giveWay(generation.model);
        return home.openLog(conversation, generation);
      },
      context: (conversation, generation) => home.context(conversation, generation),
      settle: async (conversation, reply) => {
        await home.settle(conversation, reply);
        void settled(conversation, reply);
      },
    },
    shutdown: () => {
      closing = true;
      for (const { controller } of asking.values()) controller.abort();
    },
  };
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
