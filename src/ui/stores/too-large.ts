/** A reply that was not asked for because the context is too large: the choice is put before the person, in a dialog. */
import { ServerError } from '../../client/kit/errors.ts';
import type { SendChange } from '../../client/types.ts';
import { toastFailure } from './toasts.ts';
import { openTool } from './tools.ts';

/** What failed to be asked for. `again` asks once more, otherwise. */
export function onRefused(error: unknown, again: (change: SendChange) => void): void {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof ServerError) || cause.code !== 'context-too-large') return toastFailure(error);
  const { message: sentence, facts } = cause;
  openTool({ kind: 'too-large', sentence, some: facts?.fits !== 0, again });
}
