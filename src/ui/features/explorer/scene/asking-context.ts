import { createContext } from 'react';
import type { ConversationView } from '../../../../client/types.ts';

/** Replies that wait for a person, and the messages they answer. */
export const AskingContext = createContext<ReadonlySet<string>>(new Set());

export function askingIn({ header, tree }: Pick<ConversationView, 'header' | 'tree'>): ReadonlySet<string> {
  const replies = header?.asking ?? [];
  return new Set(replies.flatMap((id) => [id, tree.generations.get(id)?.parent ?? id]));
}
