/**
 * A source whose requests the AI SDK writes: one request, no retries, every failure in our own words. Answers are read here:
 * its readers give up at the first event they do not know (decisions 0030 and 0125, docs/providers.md).
 */
import { APICallError } from '@ai-sdk/provider';
import { filesOf, isAudio, isImage, type Message } from '../../../protocol/index.ts';
import { readAnswer } from '../answers/read-answer.ts';
import type { Reader } from '../answers/reader.ts';
import { thoughtsApart } from '../answers/thoughts.ts';
import { failureOf, malformedFailure } from '../kit/failures.ts';
import { type GoOn, goingOnFrom, withoutRepeats } from '../kit/go-on.ts';
import type { Fetch } from '../kit/guarded-fetch.ts';
import { type ChatModel, type PromptOptions, promptOf } from '../kit/prompt.ts';
import type { Basics } from '../kit/source-options.ts';
import { type ModelEvent, type ModelRequest, ProviderFailure } from '../port.ts';

/** What a request says beside what the SDK writes. */
export type BodyChange = (body: Record<string, unknown>) => Record<string, unknown>;

export interface SdkWire {
  /** A language model of the SDK that sends everything through `fetch`. The SDK is loaded by the first question: half a start went on it. */
  readonly model: (id: string, fetch: typeof globalThis.fetch, body?: BodyChange) => Promise<ChatModel>;
  readonly reader: () => Reader;
  /** The model's own thoughts can go back to it. */
  readonly thoughts: boolean;
  /** The model takes the beginning of its answer as the last message; the request is changed so. Default: none is known to. */
  readonly prefix?: (id: string) => BodyChange | undefined;
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
  readonly audio?: boolean | undefined;
  /** Most bytes of one image. Default: any. */
  readonly imageLimit?: number;
}

export async function* askSdk(
  wire: SdkWire,
  request: ModelRequest,
  basics: Basics,
  { thoughtless, images, audio, imageLimit }: SdkOptions,
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
    ...(audio !== undefined && { audio }),
    ...(imageLimit !== undefined && { imageLimit }),
  };
  try {
    const fetch = taken.fetch as typeof globalThis.fetch;
    const how = await ask(wire, fetch, request, thoughtless, options);
    const body = taken.body();
    if (!body) throw new ProviderFailure(malformedFailure(context));
    const answer = readAnswer({ body, reader: wire.reader(), context, broken: () => broken });
    const apart = thoughtsApart(answer, () => thoughtless.add(request.model.id));
    const { begun } = request;
    const events = begun === undefined ? apart : withoutRepeats(apart, begun, how);
    for await (const event of events) {
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

/** How a question is put. */
interface Manner extends Pick<PromptOptions, 'reasoning' | 'images' | 'audio' | 'imageLimit'> {
  readonly how: GoOn;
}

/**
 * Some servers demand the model's own thoughts back, some refuse the very field; some refuse a picture or audio for its size or kind, and
 * would with every further question; some models take no beginning of their answer. A refusal costs nothing and comes before any
 * work, so the question is put once more otherwise. Gives how a beginning was put.
 */
async function ask(
  wire: SdkWire,
  fetch: typeof globalThis.fetch,
  { messages, files, model, signal, temperature, begun }: ModelRequest,
  thoughtless: Set<string>,
  options: Pick<PromptOptions, 'images' | 'audio' | 'imageLimit'>,
): Promise<GoOn> {
  const prefix = begun === undefined ? undefined : wire.prefix?.(model.id);
  const put = async ({ how, ...prompt }: Manner) => {
    const said = begun === undefined ? messages : goingOnFrom(messages, begun, how);
    const chat = await wire.model(model.id, fetch, how === 'prefix' ? prefix : undefined);
    const { stream } = await chat.doStream({
      prompt: promptOf(said, { files, ...prompt }),
      abortSignal: signal,
      ...(temperature !== undefined && { temperature }),
      ...(wire.providerOptions && { providerOptions: wire.providerOptions }),
    });
    await stream.cancel();
  };
  const reasoning = wire.thoughts && !thoughtless.has(model.id);
  for (let manner: Manner = { ...options, reasoning, how: prefix ? 'prefix' : 'told' }; ; ) {
    try {
      await put(manner);
      return manner.how;
    } catch (error) {
      const other = otherwise(manner, error, messages);
      if (!other) throw error;
      if (manner.reasoning && !other.reasoning) thoughtless.add(model.id);
      manner = other;
    }
  }
}

/** The same without what was refused; null where nothing can be left out. Pictures and audio only if the last message has none: then they are named. */
function otherwise(manner: Manner, error: unknown, messages: readonly Message[]): Manner | null {
  const thoughts = messages.some(({ parts }) => parts.some(({ kind }) => kind === 'reasoning'));
  if (manner.how === 'prefix' && refuses(error, PREFIX)) return { ...manner, how: 'told' };
  if (manner.reasoning && thoughts && refuses(error, /reasoning/i)) return { ...manner, reasoning: false };
  const isBefore = (is: typeof isImage) => {
    const at = messages.findLastIndex(({ parts }) => filesOf(parts).some(is));
    return at >= 0 && at < messages.length - 1;
  };
  if (manner.images !== false && isBefore(isImage) && refuses(error, /image|picture|vision|multi-?modal/i))
    return { ...manner, images: false };
  if (manner.audio !== false && isBefore(isAudio) && refuses(error, /audio|sound|multi-?modal/i))
    return { ...manner, audio: false };
  return null;
}

const PREFIX =
  /prefill|prefix|thinking|assistant|user message|final message|last message|generation_prompt|role/i;
const REFUSALS: readonly (number | undefined)[] = [400, 413, 415, 422];

function refuses(error: unknown, what: RegExp): boolean {
  if (!APICallError.isInstance(error) || !REFUSALS.includes(error.statusCode)) return false;
  return what.test(`${error.message} ${error.responseBody ?? ''}`);
}
