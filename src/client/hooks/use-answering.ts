import { useCallback } from 'react';
import type { FormValues } from '../../protocol/parts/question-fields.ts';
import { useAccess } from './use-access.ts';
import { useActions } from './use-actions.ts';

/** Answers questions of a reply, by question and option; rejects with a sentence. Null where this browser may only read. */
export function useAnswering(conversation: string, reply: string) {
  const { answer } = useActions();
  const { readOnly } = useAccess();
  const choose = useCallback(
    (question: string, option: string, values?: FormValues) =>
      answer({ conversation, reply, question, option, ...(values && { values }) }),
    [answer, conversation, reply],
  );
  return readOnly ? null : choose;
}
