/** Messages and their headers in the outline. Pure. */
import { type Message, previewOf, VERSION } from '../../protocol/index.ts';
import type { MessageHeader, Origin } from '../../tree/index.ts';

export interface UserMessage {
  readonly id: string;
  readonly parent: string | null;
  readonly text: string;
  readonly origin: Origin;
  readonly time: number;
}

export function userMessage({ id, parent, text, origin, time }: UserMessage): Message {
  const parts = [{ kind: 'text' as const, text }];
  return {
    v: VERSION,
    kind: 'message',
    id,
    parent,
    role: 'user',
    author: { kind: 'user' },
    parts,
    origin,
    time,
  };
}

/** Where a message stands: between two offsets in the stream of the branch that owns it. */
export interface Place {
  readonly branch: string;
  readonly start: string;
  readonly end: string;
}

/** A function of the stored message and its place alone, so that whoever indexes it writes the same. */
export function headerOf(message: Message, place: Place): MessageHeader {
  const { v, kind, parts, ...said } = message;
  return {
    ...said,
    preview: previewOf(parts),
    branch: place.branch,
    start: place.start,
    end: place.end,
  } as MessageHeader;
}
