/**
 * A source whose requests the AI SDK writes: one request, no retries, every failure in our own words. Answers are read here:
 * its readers give up at the first event they do not know (decisions 0030 and 0125, docs/providers.md).
 */
import { APICallError } from 'ai';
import { filesOf, isImage } from '../../../protocol/index.ts';
import { readAnswer } from '../answers/read-answer.ts';
import type { Reader } from '../answers/reader.ts';
import { thoughtsApart } from '../answers/thoughts.ts';
import { failureOf, malformedFailure } from '../kit/failures.ts';
import type { Fetch } from '../kit/guarded-fetch.ts';
import { type ChatModel, type PromptOptions, promptOf } from '../kit/prompt.ts';
import type { Basics } from '../kit/source-options.ts';
import { type ModelEvent, type ModelRequest, ProviderFailure } from '../port.ts';

export interface SdkWire {
  /** A language model of the SDK that sends everything through `fetch`. */
  readonly model: (id: string, fetch: typeof globalThis.fetch) => ChatModel;
  readonly reader: () => Reader;
  /** The model's own thoughts can go back to it. */
  readonly thoughts: boolean;
  readonly providerOptions?: NonNullable<Parameters<ChatModel['doStream']>[0]['providerOptions']>;
}

export interface SdkOptions {
  /**
   * Models that take no thoughts back: they refused them, or put theirs into the text; remembered here for as long as the
   * source lives.
   */
  readonly thoughtless: Set<string>;
  /** False where the model is known to take none. */
  readonly images?: boolean | undefined;
  /** Most bytes of one image. Default: any. */
  readonly imageLimit?: number;
}

export async function* askSdk(
  wire: SdkWire,
  request: ModelRequest,
  basics: Basics,
  { thoughtless, images, imageLimit }: SdkOptions,
): AsyncGenerator<ModelEvent> {
  const context = basics.context(request.model.id);
  const address = context.hints?.address;
  let broken: unknown;
  const broke = (error: unknown) => {
    broken = error;
  };
  const heard = () => request.alive?.();
  const taken = taking(basics.fetch({ heard, broke, ...(address && { address }) }));
  const options = {
    ...(images !== undefined && { images }),
    ...(imageLimit !== undefined && { imageLimit }),
  };
  try {
    const chat = wire.model(request.model.id, taken.fetch as typeof globalThis.fetch);
    await ask(chat, wire, request, thoughtless, options);
    const body = taken.body();
    if (!body) throw new ProviderFailure(malformedFailure(context));
    const events = readAnswer({ body, reader: wire.reader(), context, broken: () => broken });
    for await (const event of thoughtsApart(events, () => thoughtless.add(request.model.id))) {
      if (request.signal.aborted) return;
      yield event;
    }
  } catch (error) {
    if (request.signal.aborted) return;
    throw new ProviderFailure(failureOf(error, context));
  }
}

/** Keeps the body of a successful answer, and gives the SDK an empty one. */
function taking(fetch: Fetch): { readonly fetch: Fetch; body(): ReadableStream<Uint8Array> | null } {
  let body: ReadableStream<Uint8Array> | null = null;
  return {
    body: () => body,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (!response.ok) return response;
      body = response.body;
      return new Response('', { headers: { 'content-type': 'text/event-stream' } });
    },
  };
}

/**
 * Some servers demand the model's own thoughts back, some refuse the very field; some refuse a picture for its size or kind,
 * and would with every further question. A refusal costs nothing and comes before any work, so the question is put once more
 * without them, and without pictures only if the last message has none: then they are named to the model.
 */
async function ask(
  chat: ChatModel,
  wire: SdkWire,
  { messages, files, model, signal, temperature }: ModelRequest,
  thoughtless: Set<string>,
  options: Pick<PromptOptions, 'images' | 'imageLimit'>,
): Promise<void> {
  const reasoning = wire.thoughts && !thoughtless.has(model.id);
  const put = async (more: Partial<PromptOptions>) => {
    const { stream } = await chat.doStream({
      prompt: promptOf(messages, { reasoning, files, ...options, ...more }),
      abortSignal: signal,
      ...(temperature !== undefined && { temperature }),
      ...(wire.providerOptions && { providerOptions: wire.providerOptions }),
    });
    await stream.cancel();
  };
  try {
    return await put({});
  } catch (error) {
    const thoughts = messages.some(({ parts }) => parts.some(({ kind }) => kind === 'reasoning'));
    if (reasoning && thoughts && refuses(error, /reasoning/i)) {
      thoughtless.add(model.id);
      return put({ reasoning: false });
    }
    const pictures = messages.findLastIndex(({ parts }) => filesOf(parts).some(isImage));
    const before = pictures >= 0 && pictures < messages.length - 1;
    if (!before || !refuses(error, /image|picture|vision|multi-?modal/i)) throw error;
    return put({ images: false });
  }
}

const REFUSALS: readonly (number | undefined)[] = [400, 413, 415, 422];

function refuses(error: unknown, what: RegExp): boolean {
  if (!APICallError.isInstance(error) || !REFUSALS.includes(error.statusCode)) return false;
  return what.test(`${error.message} ${error.responseBody ?? ''}`);
}
