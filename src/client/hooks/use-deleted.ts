import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Conversation } from '../../protocol/index.ts';
import { DAY, RECALL_DAYS } from '../../protocol/limits.ts';
import type { ListData } from '../folds/list-data.ts';
import { useBough } from './context.tsx';

export interface DeletedConversation {
  readonly header: Conversation;
  /** When it goes for good, in ms since the epoch. */
  readonly until: number;
}

/** What can still be brought back, deleted last first; undefined while the list is read. Not in `index.ts`: loaded with what shows it. */
export function useDeletedConversations(): readonly DeletedConversation[] | undefined {
  const { list } = useBough();
  useEffect(() => list.retain(), [list]);
  return useQuery({ ...list.query, select: deletedIn }).data;
}

function deletedIn({ all }: ListData): readonly DeletedConversation[] {
  const now = Date.now();
  return [...all.values()]
    .filter(({ header }) => header.created !== undefined && header.deleted)
    .map(({ header }) => ({ header, until: header.deletedAt + RECALL_DAYS * DAY }))
    .filter(({ until }) => until > now)
    .sort((a, b) => b.until - a.until);
}
