/** What the tests of the OpenAI-compatible adapter stand on: the scripted provider, asked through the adapter. */
import { afterAll, beforeAll } from 'vitest';
import { type Message, type Part, VERSION } from '../../protocol/index.ts';
import type { Failure } from '../../tree/index.ts';
import type { SourceOptions } from './kit/source-options.ts';
import { type ModelEvent, type ModelSource, ProviderFailure } from './port.ts';
import { openAiCompatibleSource } from './providers/openai-compatible.ts';
import { type LoggedRequest, type ScriptedProvider, startProvider } from './testing/scripted-provider.ts';

export const KEY = 'test-key';
/** What the provider's `words` says. */
export const WHOLE = 'The quick brown fox jumps over the lazy dog 🦊, naïve and unhurried, in 日本語 too.';

export interface Answer {
  readonly events: readonly ModelEvent[];
  readonly text: string;
  readonly failure: Failure | undefined;
}

export const text = (value: string): Part => ({ kind: 'text', text: value });

export function message(role: Message['role'], ...parts: Part[]): Message {
  return {
    v: VERSION,
    kind: 'message',
    id: 'message-1',
    parent: null,
    role,
    author: { kind: 'user' },
    parts,
    origin: { kind: 'send' },
    time: 1,
  };
}

export const question = message('user', text('What does the fox do?'));

export interface Bench {
  readonly provider: ScriptedProvider;
  /** Without a key, unless one is given. */
  source(options?: Partial<SourceOptions>): ModelSource;
  /** Asks with the key and collects everything until the end. */
  ask(id: string, messages?: readonly Message[], options?: Partial<SourceOptions>): Promise<Answer>;
  /** The last request for this model, as the provider saw it. */
  lastRequest(id: string): Promise<LoggedRequest | undefined>;
}

/** Starts a provider for the tests of one file and ends it after them. */
export function withProvider(): Bench {
  let provider: ScriptedProvider | undefined;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(() => provider?.stop());
  const bench: Bench = {
    get provider() {
      if (!provider) throw new Error('The provider runs only while tests do.');
      return provider;
    },
    source: (options = {}) => openAiCompatibleSource({ baseUrl: bench.provider.baseUrl, ...options }),
    ask: (id, messages = [question], options = {}) =>
      collect(bench.source({ key: KEY, now: () => 1_000, ...options }), id, messages),
    lastRequest: async (id) => (await bench.provider.log()).filter(({ body }) => body.model === id).at(-1),
  };
  return bench;
}

export async function collect(
  source: ModelSource,
  id: string,
  messages: readonly Message[] = [question],
  alive?: () => void,
  begun?: string,
): Promise<Answer> {
  const events: ModelEvent[] = [];
  const { signal } = new AbortController();
  const answer = (failure?: Failure): Answer => ({
    events,
    text: events.map((event) => (event.kind === 'text' ? event.text : '')).join(''),
    failure,
  });
  try {
    const model = { source: source.id, id };
    const more = { ...(alive && { alive }), ...(begun !== undefined && { begun }) };
    for await (const event of source.stream({ model, messages, signal, ...more })) events.push(event);
    return answer();
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return answer(error.failure);
  }
}
