/** The messages of a conversation wherever they stand: in branches, in copies of them, in logs of replies. */
import {
  emptyReply,
  foldReply,
  type Message,
  messageOf,
  parseStream,
  readMessages,
  readReply,
} from '../../../protocol/index.ts';
import type { Generation } from '../../../tree/index.ts';
import type { FolderReader } from '../../engine/embedded/reader.ts';
import { itemsOf, readOwn } from '../index-read.ts';

/** By id, as far as logs can be read from their beginning; the first of an id. @param but a stream that is not asked */
export async function saidIn(
  reader: FolderReader,
  conversation: string,
  but?: string,
): Promise<ReadonlyMap<string, Message>> {
  const said = new Map<string, Message>();
  const replies: Message[] = [];
  for (const stream of reader.streams(`c/${conversation}/`)) {
    const kind = parseStream(stream.name)?.kind;
    if (stream.name === but || (kind !== 'branch' && kind !== 'reply')) continue;
    const items = itemsOf(await readOwn(reader, stream));
    const message = kind === 'reply' && replyIn(items).message;
    if (message) replies.push(message);
    if (kind === 'branch')
      for (const one of readMessages(items)) if (!said.has(one.id)) said.set(one.id, one);
  }
  for (const message of replies) if (!said.has(message.id)) said.set(message.id, message);
  return said;
}

/** What a reply's log says: what was asked, and the message it became; undefined where it does not say. */
export function replyIn(items: readonly unknown[]): {
  readonly generation: Generation | undefined;
  readonly message: Message | undefined;
} {
  const reply = foldReply(emptyReply, readReply(items));
  const message = reply.generation && reply.end && messageOf(reply);
  return { generation: reply.generation, message: message ?? undefined };
}
