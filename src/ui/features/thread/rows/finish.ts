/** What is said at the end of a reply that did not simply end. Pure. */

import type { Finish } from '../../../../tree/index.ts';
import * as strings from '../strings.ts';

export interface ReplyEnding {
  readonly kind: 'stopped' | 'interrupted' | 'failed' | 'length' | 'later';
  readonly sentence: string;
  /** When it may be tried again, in ms since the epoch. */
  readonly retryAfter?: number;
}

/** The ending to show under a reply; undefined for one that is complete. */
export function endingOf(finish: Finish | undefined): ReplyEnding | undefined {
  switch (finish?.reason) {
    case 'stopped':
      return { kind: 'stopped', sentence: strings.stopped };
    case 'interrupted':
      return { kind: 'interrupted', sentence: strings.interrupted };
    case 'failed': {
      const { sentence = strings.failed, retryAfter } = finish.failure ?? {};
      return { kind: 'failed', sentence, ...(retryAfter !== undefined && { retryAfter }) };
    }
    case 'complete':
      return finish.length ? { kind: 'length', sentence: strings.atLimit } : undefined;
    case undefined:
      return undefined;
    default:
      return { kind: 'later', sentence: strings.endedOtherwise };
  }
}

/** The model thought and gave no answer: its thoughts are what there is to read, and may be kept as the answer. */
export const isOnlyThoughts = (finish: Finish | undefined): boolean =>
  finish?.failure?.code === 'only-thoughts';

/** "Wait 7 s", "Wait 3 min". */
export function waitText(seconds: number): string {
  return seconds < 120 ? strings.waitSeconds(seconds) : strings.waitMinutes(Math.ceil(seconds / 60));
}

const POLITE: Partial<Record<ReplyEnding['kind'], keyof typeof strings.replyEnded>> = {
  length: 'cut',
  stopped: 'stopped',
};

/** What a screen reader is told when a reply ends, with its number of words if they are known. */
export function announcementOf(finish: Finish, words?: number): { text: string; how: 'polite' | 'alert' } {
  const ending = endingOf(finish);
  if (ending?.kind === 'failed' || ending?.kind === 'interrupted') {
    const { sentence, retryAfter = 0 } = ending;
    const seconds = Math.ceil((retryAfter - finish.at) / 1_000);
    return { text: seconds > 0 ? `${sentence} ${waitText(seconds)}.` : sentence, how: 'alert' };
  }
  const how = ending === undefined ? 'finished' : (POLITE[ending.kind] ?? 'ended');
  return { text: strings.replyEnded[how](words), how: 'polite' };
}

/** Words as people count them, also in scripts without spaces. */
export function countWords(text: string): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1;
  return words;
}

let segmenter: Intl.Segmenter | undefined;
