/** Where the next message of a conversation goes: what is strongly marked in thread and tree, whatever is being read. */
import type { ConversationView } from '../../../client/types.ts';
import { useOpenEdit } from './edits.ts';
import { useTarget } from './target.ts';

/**
 * The message that is being edited, else the one a branch is to follow, else the last of the path: what is sent next follows it, or takes the
 * place of it where it is edited. Null in an empty conversation.
 */
export function useNextMessage({ id, path }: Pick<ConversationView, 'id' | 'path'>): string | null {
  const edited = useOpenEdit(path);
  const target = useTarget(id);
  const last = path.findLast(({ kind }) => kind !== 'pending');
  return edited ?? target?.message ?? last?.key ?? null;
}
