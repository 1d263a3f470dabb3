/** Many conversations at a time, in parts that a command takes. */
import type { Actions } from '../../../client/types.ts';
import { ARRANGED_LIMIT } from '../../../protocol/limits.ts';
import type { HeaderValues } from '../../stores/undo.ts';

export type Arranged = Omit<HeaderValues, 'title'>;
export type ArrangeAnswer = Awaited<ReturnType<Actions['arrange']>>;

export interface ArrangeOptions {
  /** Told how many were asked for. Default: nobody. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Stops between two parts; what was done stays done. */
  readonly signal?: AbortSignal;
}

/** One command after the other. Answers what was refused, and what was not come to. Rejects where the first part does. */
export async function arrangeInParts(
  client: Actions,
  conversations: readonly string[],
  fields: Arranged,
  { onProgress, signal }: ArrangeOptions = {},
): Promise<ArrangeAnswer & { readonly left: readonly string[]; readonly why?: unknown }> {
  const refused: ArrangeAnswer['refused'][number][] = [];
  for (let at = 0; at < conversations.length; at += ARRANGED_LIMIT) {
    if (signal?.aborted) return { refused, left: conversations.slice(at) };
    onProgress?.(at, conversations.length);
    try {
      const part = conversations.slice(at, at + ARRANGED_LIMIT);
      refused.push(...(await client.arrange({ conversations: part, ...fields })).refused);
    } catch (why) {
      if (at === 0) throw why;
      return { refused, left: conversations.slice(at), why };
    }
  }
  return { refused, left: [] };
}
