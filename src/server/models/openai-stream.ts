/** The stream of the AI SDK's chat model as events of Bough. */
import { InvalidResponseDataError } from 'ai';
import { z } from 'zod';
import type { Usage } from '../../tree/index.ts';
import { cutFailure, type FailureContext, filterFailure, malformedFailure } from './failures.ts';
import { type ModelEvent, ProviderFailure } from './port.ts';
import type { ChatModel } from './prompt.ts';

export type ChatPart =
  Awaited<ReturnType<ChatModel['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;

const count = z.number().nonnegative().optional().catch(undefined);
/** What an event says about the end. The SDK tells it only when the stream ended well, and fills gaps in usage with zeros. */
const chunkSchema = z.object({
  choices: z.array(z.object({ finish_reason: z.string().nullish().catch(null) })).catch([]),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** Knows from the bytes whether `[DONE]` came last: the SDK swallows it. */
export class Wire {
  #tail = '';
  readonly #alive: (() => void) | undefined;

  constructor(alive?: () => void) {
    this.#alive = alive;
  }

  heard(bytes: Uint8Array): void {
    this.#tail = (this.#tail + Buffer.from(bytes.subarray(-TAIL)).toString('latin1')).slice(-TAIL);
    this.#alive?.();
  }

  get done(): boolean {
    return /data: ?\[DONE\]\s*$/.test(this.#tail);
  }
}

const TAIL = 32;

/**
 * Ends with `finish` once the provider said how it ended, by a finish reason or `[DONE]`, whatever happened to the
 * connection after that; else throws: `ProviderFailure`, or what the stream threw.
 */
export async function* eventsOf(
  parts: AsyncIterable<ChatPart>,
  wire: Wire,
  context: FailureContext,
): AsyncGenerator<ModelEvent> {
  const end = new End();
  const tools = new Map<string, Tool>();
  try {
    for await (const part of parts) {
      if (part.type === 'raw') end.read(part.rawValue);
      // So the SDK says that no finish reason came.
      if (part.type === 'error' && InvalidResponseDataError.isInstance(part.error)) break;
      if (part.type === 'error') throw part.error;
      const event = eventOf(part, tools);
      if (event) yield event;
    }
  } catch (error) {
    if (end.reason === undefined) throw error;
  }
  if (end.reason === undefined && !wire.done) {
    throw new ProviderFailure(end.heard ? cutFailure(context) : malformedFailure(context));
  }
  if (end.reason === 'content_filter') throw new ProviderFailure(filterFailure(context));
  yield end.finish;
}

/** Collects what the events say about the end. */
class End {
  heard = false;
  reason: string | undefined;
  #usage: Usage | undefined;

  read(chunk: unknown): void {
    this.heard = true;
    const { choices, usage } = chunkSchema.safeParse(chunk).data ?? {};
    this.reason = choices?.[0]?.finish_reason ?? this.reason;
    if (!usage) return;
    const { prompt_tokens: input, completion_tokens: output } = usage;
    const reasoning = usage.completion_tokens_details?.reasoning_tokens;
    this.#usage = {
      ...(input !== undefined && { input }),
      ...(output !== undefined && { output }),
      ...(reasoning !== undefined && { reasoning }),
    };
  }

  get finish(): ModelEvent {
    return {
      kind: 'finish',
      ...(this.#usage && { usage: this.#usage }),
      ...(this.reason === 'length' && { length: true }),
    };
  }
}

type Tool = Extract<ModelEvent, { kind: 'tool' }>;

function eventOf(part: ChatPart, tools: Map<string, Tool>): ModelEvent | null {
  switch (part.type) {
    case 'text-delta':
      return { kind: 'text', text: part.delta };
    case 'reasoning-delta':
      return { kind: 'reasoning', text: part.delta };
    case 'tool-input-start':
      return tool(tools, { kind: 'tool', call: part.id, name: part.toolName, input: '' });
    case 'tool-input-delta': {
      const known = tools.get(part.id);
      return known ? tool(tools, { ...known, input: known.input + part.delta }) : null;
    }
    default:
      return null;
  }
}

function tool(tools: Map<string, Tool>, state: Tool): Tool {
  tools.set(state.call, state);
  return state;
}
