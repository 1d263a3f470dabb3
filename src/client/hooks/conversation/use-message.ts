import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Message } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { sentenceOf } from '../../kit/errors.ts';
import type { MessageView } from '../../types.ts';
import { useOpened } from './use-opened.ts';

/** The text of a message; nothing while `header` is undefined. Rows that mount together are loaded together. */
export function useMessage(conversation: string, header: MessageHeader | undefined): MessageView {
  const { messages } = useOpened();
  const { data, error } = useQuery<Message>(
    header ? messages.query(conversation, header) : { queryKey: NOBODY, queryFn: skipToken },
  );
  return useMemo(
    () => ({ ...(data && { message: data }), ...(error && !data && { error: sentenceOf(error) }) }),
    [data, error],
  );
}

const NOBODY = ['message'] as const;
