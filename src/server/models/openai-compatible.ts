/**
 * Any server that speaks OpenAI's chat completions: OpenAI itself, OpenRouter, vLLM, llama.cpp, LM Studio and many more.
 * Built on the AI SDK's chat model, asked directly: one request, no retries, every failure in our own words
 * (decision 0030, docs/providers.md).
 */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError } from 'ai';
import { type FailureContext, failureOf } from './failures.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { listModels } from './openai-list.ts';
import { eventsOf, Wire } from './openai-stream.ts';
import { type ModelEvent, type ModelRequest, type ModelSource, ProviderFailure } from './port.ts';
import { type ChatModel, promptOf } from './prompt.ts';

export interface OpenAiCompatibleOptions {
  /** Without a slash at its end, usually ending in `/v1`. */
  readonly baseUrl: string;
  /** Sent to the host of `baseUrl` and nowhere else. Default: none is sent. */
  readonly key?: string;
  /** How long the model list may take, in ms. Default: 5,000. */
  readonly listTimeout?: number;
  /** ms since the epoch. Default: the real one. */
  readonly now?: () => number;
}

/** The source's id is its host and, unless it is `/v1`, its path: what messages will name it by. */
export function openAiCompatibleSource(options: OpenAiCompatibleOptions): ModelSource {
  const { key, listTimeout = 5_000, now = Date.now } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const { host, pathname } = new URL(baseUrl);
  const id = `${host}${pathname === '/v1' || pathname === '/' ? '' : pathname}`.slice(0, 100);
  const context = (model?: string): FailureContext => ({
    host,
    now: now(),
    ...(model !== undefined && { model }),
    ...(key !== undefined && { key }),
  });
  const asking = { baseUrl, host, ...(key !== undefined && { key }) };
  const thoughtless = new Set<string>();
  return {
    id,
    facts: {
      ...{ name: host, kind: 'openai-compatible', found: 'environment', baseUrl },
      hasKey: key !== undefined,
    },
    describe: (name) => ({ name }),
    list: async () => {
      const ids = await listModels({ ...asking, timeout: listTimeout }, context());
      return ids.map((name) => ({
        ...{ ref: { source: id, id: name }, name, sourceName: host },
        ...{ demo: false, kind: 'chat' as const },
      }));
    },
    async *stream(request) {
      try {
        yield* converse(request, asking, thoughtless, context(request.model.id));
      } catch (error) {
        if (request.signal.aborted) return;
        throw new ProviderFailure(failureOf(error, context(request.model.id)));
      }
    },
  };
}

interface Asking {
  readonly baseUrl: string;
  readonly host: string;
  readonly key?: string;
}

async function* converse(
  request: ModelRequest,
  { baseUrl, host, key }: Asking,
  thoughtless: Set<string>,
  context: FailureContext,
): AsyncGenerator<ModelEvent> {
  const wire = new Wire(request.alive);
  const provider = createOpenAICompatible({
    name: host,
    baseURL: baseUrl,
    includeUsage: true,
    fetch: guardedFetch({ heard: (bytes) => wire.heard(bytes) }),
    ...(key !== undefined && { apiKey: key }),
  });
  const { stream } = await ask(provider.chatModel(request.model.id), request, thoughtless);
  yield* eventsOf(stream, wire, context);
}

/**
 * Some servers demand the model's own thoughts back, some refuse the very field. A refusal costs nothing and comes before
 * any work, so the question is put once more without them; the model is remembered in `thoughtless`.
 */
async function ask(
  chat: ChatModel,
  { messages, files, model, signal }: ModelRequest,
  thoughtless: Set<string>,
): Promise<Awaited<ReturnType<ChatModel['doStream']>>> {
  const reasoning = !thoughtless.has(model.id);
  const put = (withThoughts: boolean) =>
    chat.doStream({
      prompt: promptOf(messages, { reasoning: withThoughts, files }),
      abortSignal: signal,
      includeRawChunks: true,
    });
  try {
    return await put(reasoning);
  } catch (error) {
    const thoughts = messages.some(({ parts }) => parts.some(({ kind }) => kind === 'reasoning'));
    if (!reasoning || !thoughts || !refusesThoughts(error)) throw error;
    thoughtless.add(model.id);
    return put(false);
  }
}

function refusesThoughts(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return false;
  const refused = error.statusCode === 400 || error.statusCode === 422;
  return refused && /reasoning/i.test(`${error.message} ${error.responseBody ?? ''}`);
}
