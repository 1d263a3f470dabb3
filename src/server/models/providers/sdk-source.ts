/**
 * A source asked through a language model of the AI SDK, directly: one request, no retries, every failure in our own words
 * (decision 0030, docs/providers.md).
 */
import { APICallError } from 'ai';
import { failureOf, filterFailure, unendedFailure } from '../kit/failures.ts';
import { type ChatModel, promptOf } from '../kit/prompt.ts';
import type { Basics } from '../kit/source-options.ts';
import { type ModelEvent, type ModelRequest, ProviderFailure } from '../port.ts';
import { type End, eventsOf } from './sdk-stream.ts';

export interface SdkWire {
  /** A language model of the SDK that sends everything through `fetch`. */
  readonly model: (id: string, fetch: typeof globalThis.fetch) => ChatModel;
  readonly end: () => End;
  /** The model's own thoughts can go back to it. */
  readonly thoughts: boolean;
  readonly providerOptions?: NonNullable<Parameters<ChatModel['doStream']>[0]['providerOptions']>;
}

/**
 * @param thoughtless models that refused their thoughts; remembered here for as long as the source lives
 * @param images false where the model is known to take none
 */
export async function* askSdk(
  wire: SdkWire,
  request: ModelRequest,
  basics: Basics,
  { thoughtless, images }: { readonly thoughtless: Set<string>; readonly images?: boolean | undefined },
): AsyncGenerator<ModelEvent> {
  const context = basics.context(request.model.id);
  const end = wire.end();
  const heard = (bytes: Uint8Array) => {
    end.hear(bytes);
    request.alive?.();
  };
  const address = context.hints?.address;
  let broken: unknown;
  const broke = (error: unknown) => {
    broken = error;
  };
  const fetch = basics.fetch({ heard, broke, ...(address && { address }) }) as typeof globalThis.fetch;
  const options = { ...(images !== undefined && { images }) };
  try {
    const chat = wire.model(request.model.id, fetch);
    const { stream } = await ask(chat, wire, request, thoughtless, options);
    yield* eventsOf(stream, end, (how) =>
      how === 'filtered'
        ? new ProviderFailure(filterFailure(context))
        : (broken ?? new ProviderFailure(unendedFailure(end.heard, context))),
    );
  } catch (error) {
    if (request.signal.aborted) return;
    throw new ProviderFailure(failureOf(error, context));
  }
}

/**
 * Some servers demand the model's own thoughts back, some refuse the very field. A refusal costs nothing and comes before
 * any work, so the question is put once more without them; the model is remembered in `thoughtless`.
 */
async function ask(
  chat: ChatModel,
  wire: SdkWire,
  { messages, files, model, signal, temperature }: ModelRequest,
  thoughtless: Set<string>,
  options: { readonly images?: boolean },
): Promise<Awaited<ReturnType<ChatModel['doStream']>>> {
  const reasoning = wire.thoughts && !thoughtless.has(model.id);
  const put = (withThoughts: boolean) =>
    chat.doStream({
      prompt: promptOf(messages, { reasoning: withThoughts, files, ...options }),
      abortSignal: signal,
      includeRawChunks: true,
      ...(temperature !== undefined && { temperature }),
      ...(wire.providerOptions && { providerOptions: wire.providerOptions }),
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
