import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PromptCommand, PromptInput, Prompts } from '../../protocol/requests/prompts.ts';
import { promptCommand } from '../prompts.ts';
import { useBough } from './context.tsx';
import { useAccess } from './use-access.ts';

export interface PromptsView {
  /** Undefined while they are read. */
  readonly kept: Prompts | undefined;
  /** Why they could not be read, as a sentence. */
  readonly problem: string | undefined;
  /** Changes them, here and in what is shown. Rejects with an error whose message is a sentence. */
  readonly change: <N extends PromptCommand>(name: N, input: PromptInput<N>) => Promise<Prompts>;
}

const KEY = ['prompts'];

/** The prompts as the server has them: read anew wherever they come on the screen, and when the window is come back to. Not in `index.ts`: loaded with what shows them. */
export function usePrompts(): PromptsView {
  const { http } = useBough();
  const queries = useQueryClient();
  const { isHeard, readOnly } = useAccess();
  const { data, error } = useQuery({
    queryKey: KEY,
    // Who only reads is refused them: no page asks before it has heard which it is.
    enabled: isHeard && !readOnly,
    queryFn: () => promptCommand(http, 'list', {}),
    staleTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
    retry: 1,
  });
  return useMemo(
    () => ({
      kept: data,
      problem: data === undefined ? error?.message : undefined,
      change: async (name, input) => {
        await queries.cancelQueries({ queryKey: KEY });
        const next = await promptCommand(http, name, input);
        queries.setQueryData(KEY, next);
        return next;
      },
    }),
    [data, error, http, queries],
  );
}
