/** What stands in the place of a message that can no longer be read. Pure. */
import { type Message, VERSION } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';

/**
 * What the outline knows of a lost message: how it began, who wrote it, and its place among the others. Exactly `bytes` long as JSON,
 * so that what follows it stays where it was; null where even an empty one is longer.
 */
export function standIn(header: MessageHeader, bytes: number): Message | null {
  for (const text of [`${header.preview}\n\n${NOTE}`, `${header.preview} […]`, header.preview, '[…]', '']) {
    const room = bytes - Buffer.byteLength(JSON.stringify(saying(header, text)));
    if (room >= 0) return saying(header, text + ' '.repeat(room));
  }
  return null;
}

/** The same where nothing has to stay in its place. @param bytes how long it was, where that is known: a short one is whole in its preview */
export function standInAnywhere(header: MessageHeader, bytes: number | null): Message {
  const fits = bytes !== null && Buffer.byteLength(JSON.stringify(saying(header, header.preview))) >= bytes;
  return saying(header, fits ? header.preview : `${header.preview}\n\n${NOTE}`.trim());
}

function saying(
  { preview, files, quotes, branch, start, end, ...said }: MessageHeader,
  text: string,
): Message {
  return { v: VERSION, kind: 'message', ...said, parts: [{ kind: 'text', text }] } as Message;
}

const NOTE = '[The rest of this message was damaged, and is lost.]';

/** For a message of which only those that follow it tell: the conversation begins there now. */
export function unknownBefore(id: string, child: Pick<Message, 'role' | 'time'>): Message {
  return {
    ...{ v: VERSION, kind: 'message', id, parent: null, origin: { kind: 'external' } },
    role: child.role === 'user' ? 'assistant' : 'user',
    author: { kind: 'external', name: 'Bough' },
    parts: [{ kind: 'text', text: UNKNOWN }],
    time: Math.max(0, child.time - 1),
  };
}

const UNKNOWN =
  '[What was said here, and perhaps before it, was damaged and is lost. The conversation can be read from here on.]';
