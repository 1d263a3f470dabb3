import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type ChatFolder, noChatFolders, shownChatFolders } from '../../protocol/index.ts';
import type { ListData } from '../folds/list-data.ts';
import { useBough } from './context.tsx';

const folders = (data: ListData) => data.folders;

/** Folders of conversations by name, live; the same array until one of them changes. */
export function useChatFolders(): readonly ChatFolder[] {
  const { list } = useBough();
  useEffect(() => list.retain(), [list]);
  const { data = noChatFolders } = useQuery({ ...list.query, select: folders });
  return useMemo(() => shownChatFolders(data), [data]);
}
