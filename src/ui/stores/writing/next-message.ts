/** Where the next message of a conversation goes: what is strongly marked in thread and tree, whatever is being read. */
import type { ConversationView } from '../../../client/types.ts';
import { useOpenEdit } from './edits.ts';
import { useTarget } from './target.ts';

/**
 * The message that is being edited, else the one a branch is to follow, else the last of the path: what is sent next follows it, or takes the
 * place of it where it is edited. Null in an empty conversation.
 */
export function useNextMessage(view: Pick<ConversationView, 'id' | 'path'>): string | null {
  const edited = useOpenEdit(view.path);
  const followed = useFollowedMessage(view);
  return edited ?? followed;
}

/** What the words in the message box follow, whatever is being edited. Null in an empty conversation. */
export function useFollowedMessage({ id, path }: Pick<ConversationView, 'id' | 'path'>): string | null {
  const target = useTarget(id);
  const last = path.findLast(({ kind }) => kind !== 'pending');
  return target?.message ?? last?.key ?? null;
}
