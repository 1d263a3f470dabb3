import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MessageHeader } from '../../tree/index.ts';
import { sentenceOf } from '../errors.ts';
import type { MessageView } from '../types.ts';
import { useBough } from './context.tsx';

/** The text of a message. Rows that mount together are loaded together. */
export function useMessage(conversation: string, header: MessageHeader): MessageView {
  const { messages } = useBough();
  const { data, error } = useQuery(messages.query(conversation, header));
  return useMemo(
    () => ({ ...(data && { message: data }), ...(error && !data && { error: sentenceOf(error) }) }),
    [data, error],
  );
}
