/** Messages and their headers in the outline. Pure. */
import {
  changedIn,
  type FilePart,
  type Message,
  previewOf,
  type Quote,
  quotesOf,
  sessionOf,
  sinceFork,
  storedIn,
  summaryFields,
  VERSION,
} from '../../../protocol/index.ts';
import type { MessageHeader, Origin, Role } from '../../../tree/index.ts';

export interface PersonsMessage {
  readonly id: string;
  readonly parent: string | null;
  /** Default: `user`. A person also writes system prompts, and other words for a reply. */
  readonly role?: Role;
  /** Empty: it has no text. */
  readonly text: string;
  /** Default: none. They stand before the text. */
  readonly files?: readonly FilePart[];
  /** Default: none. They stand before all else. */
  readonly quotes?: readonly Quote[] | undefined;
  readonly origin: Origin;
  readonly time: number;
}

export function personsMessage(given: PersonsMessage): Message {
  const { text, files = [], quotes = [], role = 'user', ...said } = given;
  const brought = quotes.map((quote) => ({ kind: 'quote' as const, ...quote }));
  const parts = [...brought, ...files, ...(text === '' ? [] : [{ kind: 'text' as const, text }])];
  return { v: VERSION, kind: 'message', ...said, role, author: { kind: 'user' }, parts };
}

/** Where a message stands: between two offsets in the stream of the branch that owns it. */
export interface StreamExtent {
  readonly branch: string;
  readonly start: string;
  readonly end: string;
}

/** Depends on the stored message and its place alone, so that every server that indexes it writes the same header. */
export function headerOf(message: Message, place: StreamExtent): MessageHeader {
  const { v, kind, parts, ...said } = message;
  const files = storedIn(parts);
  const quotes = [...new Set(quotesOf(parts).map(({ of }) => of.message))];
  const session = sessionOf(parts);
  const summary = summaryFields(parts);
  const changed = changedIn(parts);
  const since = sinceFork(parts);
  return {
    ...said,
    ...(session && { session }),
    ...(summary && { summary }),
    preview: previewOf(parts),
    ...(files.length > 0 && { files }),
    ...(quotes.length > 0 && { quotes }),
    ...(changed.length > 0 && { changed }),
    ...(since && { since }),
    branch: place.branch,
    start: place.start,
    end: place.end,
  };
}
