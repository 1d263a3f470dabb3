/** A reply that was not asked for because it cannot be as it was: the choice is put before the person, in a dialog. */
import { ServerError } from '../../client/kit/errors.ts';
import type { SendChange } from '../../client/types.ts';
import type { ModelRef } from '../../tree/index.ts';
import { openDialog } from './dialogs.ts';
import { toastFailure } from './toasts.ts';

/** What failed to be asked for. `again` asks once more, otherwise. */
export function onRefused(
  error: unknown,
  { conversation, model }: { readonly conversation: string; readonly model: ModelRef },
  again: (change: SendChange) => void,
): void {
  const cause = causeOf(error);
  if (!cause) return toastFailure(error);
  const { message: sentence, facts, code } = cause;
  if (code === 'context-too-large')
    openDialog({ kind: 'too-large', sentence, some: facts?.fits !== 0, again });
  else if (code === 'cannot-go-back' || code === 'copy-or-not')
    openDialog({ kind: code, conversation, agent: model.id, sentence, again });
  else toastFailure(error);
}

/** Which of several replies it was that could not be asked for, from 0. */
export const refusedOf = (error: unknown): number => causeOf(error)?.facts?.reply || 0;

/** Earlier messages are being summarised first: asked once more, it may be done. */
export const isSummarising = (error: unknown): boolean => causeOf(error)?.code === 'summarising';

function causeOf(error: unknown): ServerError | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof ServerError ? cause : undefined;
}
