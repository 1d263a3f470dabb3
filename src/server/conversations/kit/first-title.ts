import { type Conversation, type ConversationPatch, titleFromWords } from '../../../protocol/index.ts';
import type { MessageHeader, Tree } from '../../../tree/index.ts';

/**
 * The title that a message gives its conversation (docs/protocol.md, "Titles"): its first words, where that has no title, or has the words of a
 * system prompt because nothing else was said. Undefined: it gives none.
 */
export function firstTitle(
  { title }: Pick<Conversation, 'title'>,
  { messages }: Pick<Tree, 'messages'>,
  { id, preview }: Pick<MessageHeader, 'id' | 'preview'>,
): ConversationPatch['title'] {
  const text = titleFromWords(preview);
  if (title.by !== 'words' || text === title.text || text === '') return undefined;
  if (title.text !== '')
    for (const other of messages.values()) if (other.role !== 'system' && other.id !== id) return undefined;
  return { text, by: 'words' };
}
