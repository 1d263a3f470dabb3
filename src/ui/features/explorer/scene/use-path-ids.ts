import { useMemo } from 'react';
import type { ConversationView, PathEntry } from '../../../../client/types.ts';

/** Ids of the messages and replies on the visible path; pending ones are not in the tree yet. */
export function usePathIds({ path }: ConversationView): readonly string[] {
  return useMemo(() => path.map(idOf).filter((id) => id !== null), [path]);
}

function idOf(entry: PathEntry): string | null {
  if (entry.kind === 'message') return entry.header.id;
  return entry.kind === 'pending' ? null : entry.generation.id;
}
