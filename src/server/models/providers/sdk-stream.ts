/** The stream of a language model of the AI SDK as events of Bough, whatever its wire format. */
import { InvalidResponseDataError } from 'ai';
import type { Usage } from '../../../tree/index.ts';
import type { ChatModel } from '../kit/prompt.ts';
import type { ModelEvent } from '../port.ts';

export type ChatPart =
  Awaited<ReturnType<ChatModel['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;

/** Collects from the raw events of one wire format how the answer ends: the SDK tells it only when the stream closed well. */
export interface End {
  /** What came: nothing, bytes that are no event of the format, events. */
  readonly heard: 'nothing' | 'bytes' | 'events';
  /** Undefined until an event has said that, and how, the answer ended. */
  readonly reason: 'stop' | 'length' | 'filter' | undefined;
  /** The provider has said all it will, though perhaps not how it ended. */
  readonly over: boolean;
  readonly usage: Usage | undefined;
  /** An error event, as it came. */
  readonly error: unknown;
  /** The bytes as they come, before anything was read from them. */
  hear(bytes: Uint8Array): void;
  read(event: unknown): void;
}

/**
 * Ends with `finish` once the provider said that it ended, whatever happened to the connection after that; else throws what
 * the stream threw, the provider's error, or `failed()`.
 */
export async function* eventsOf(
  parts: AsyncIterable<ChatPart>,
  end: End,
  failed: (how: 'unended' | 'filtered') => unknown,
): AsyncGenerator<ModelEvent> {
  const tools = new Map<string, Tool>();
  try {
    for await (const part of parts) {
      if (part.type === 'raw') end.read(part.rawValue);
      if (part.type === 'error') {
        unlessEnded(part.error, end);
        break;
      }
      const event = eventOf(part, tools);
      if (event) yield event;
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error.cause;
    if (!end.over) throw error;
  }
  if (end.error !== undefined && end.reason === undefined) throw end.error;
  if (!end.over) throw failed('unended');
  if (end.reason === 'filter') throw failed('filtered');
  yield {
    kind: 'finish',
    ...(end.usage && { usage: end.usage }),
    ...(end.reason === 'length' && { length: true }),
  };
}

/** An event that cannot be read, or says that something failed: what came after it does not make the answer whole. */
class Unreadable extends Error {}

function unlessEnded(error: unknown, end: End): void {
  // So the SDK says that no finish reason came, which `over` knows better.
  if (end.reason !== undefined || InvalidResponseDataError.isInstance(error)) return;
  throw new Unreadable('', { cause: end.error ?? error });
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
