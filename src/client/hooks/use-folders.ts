import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FolderInput, FolderOutput } from '../../protocol/requests/folders.ts';
import { createFolderCommands, type FolderCommands } from '../folders.ts';
import { useBough } from './context.tsx';
import { useLoad } from './use-load.ts';

/** Does things with the folders of agents. Not in `index.ts`: it is loaded with what uses it. */
export function useFolderCommands(): FolderCommands {
  const { http } = useBough();
  return useMemo(() => createFolderCommands(http), [http]);
}

interface AskedOfFolder<T> {
  readonly data: T | undefined;
  /** A sentence. */
  readonly error?: string;
}

/** How files differ; asked once while it is shown, for what is kept does not change. */
export function useChangedFiles(input: FolderInput<'changes'>): AskedOfFolder<FolderOutput<'changes'>> {
  return useAsked('changes', input);
}

/** What a file holds in a commit. */
export function useFileContent(input: FolderInput<'content'>): AskedOfFolder<FolderOutput<'content'>> {
  return useAsked('content', input);
}

/** What copies of a folder's repository take along; an error where branches cannot have any, with the reason. */
export function useRepository(folder: string): AskedOfFolder<FolderOutput<'along'>> {
  return useAsked('along', { folder });
}

/** The files of a folder as they were at a message, one level. */
export function useFilesAt(input: FolderInput<'files'>): AskedOfFolder<FolderOutput<'files'>> {
  return useAsked('files', input);
}

function useAsked<N extends 'changes' | 'content' | 'along' | 'files'>(
  name: N,
  input: FolderInput<N>,
): AskedOfFolder<FolderOutput<N>> {
  const ask = useFolderCommands();
  const query = useQuery<FolderOutput<N>>({
    queryKey: ['folders', name, input],
    queryFn: () => ask(name, input),
    retry: false,
    gcTime: 60_000,
  });
  const { failure } = useLoad(query);
  // What failed is a sentence already (folders.ts).
  return { data: query.data, ...(failure && { error: failure.message }) };
}
