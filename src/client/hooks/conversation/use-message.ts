import { skipToken, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Message, Reply } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { passesByItself, sentenceOf } from '../../kit/errors.ts';
import { loading } from '../../kit/loading.ts';
import type { MessageView } from '../../types.ts';
import { useOpened } from './use-opened.ts';

/** The text of a message; nothing while `header` is undefined. Rows that mount together are loaded together. */
export function useMessage(conversation: string, header: MessageHeader | undefined): MessageView {
  const { messages } = useOpened();
  const { data, error } = useQuery<Message>(
    header ? messages.query(conversation, header) : { queryKey: NOBODY, queryFn: skipToken },
  );
  return useMemo(
    () => ({ ...(data && { message: data }), ...(error && !data && failureOf(error)) }),
    [data, error],
  );
}

/** What was not kept says that it will come: nothing is wrong with it. */
const NOT_KEPT = 'This message was not kept in this browser. It can be read once Bough is back.';

const failureOf = (error: Error): MessageView =>
  passesByItself(error) ? { error: NOT_KEPT, away: true } : { error: sentenceOf(error) };

/** Whether the text of a message is there. Reads nothing. */
export function useIsLoaded(conversation: string, id: string): boolean {
  const { messages } = useOpened();
  const subscribe = useCallback((listener: () => void) => messages.onLoaded(listener), [messages]);
  return useSyncExternalStore(subscribe, () => messages.has(conversation, id));
}

/** A reply as far as this browser kept it, where its message is not kept. @param wanted it is asked for */
export function useKeptReply(conversation: string, id: string, wanted: boolean): Reply | undefined {
  const { replies } = useOpened();
  const query = {
    ...loading,
    queryKey: ['kept-reply', conversation, id] as const,
    queryFn: async () => (await replies.keptReply(conversation, id)) ?? null,
  };
  return useQuery({ ...query, enabled: wanted }).data ?? undefined;
}

const NOBODY = ['message'] as const;
