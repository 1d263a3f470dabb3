import { useEffect, useEffectEvent, useRef } from 'react';
import { useMessage } from '../../../../client/hooks/index.ts';
import { type Part, plainOf } from '../../../../protocol/index.ts';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { announce } from '../../../stores/announce.ts';
import { useReadsReplies } from '../../../stores/browser/read-aloud.ts';
import { useErrand } from '../../../stores/errands.ts';
import type { Row } from '../rows/rows.ts';
import * as strings from '../strings.ts';

interface ReadAloudProps {
  readonly conversation: string;
  readonly rows: readonly Row[];
  /** The reply that is being written. */
  readonly live: string | undefined;
}

/** That it is finished is said first, up to a second after its end; its words follow. In ms. */
const AFTER_ITS_END = 1_500;

/** Gives a screen reader the words of the last reply: when F8 is pressed, and when it is finished, if that is wanted. */
export function ReadAloud({ conversation, rows, live }: ReadAloudProps) {
  const entry = rows.findLast(
    ({ role, entry: { kind } }) => role === 'assistant' && kind === 'message',
  )?.entry;
  const header = entry?.kind === 'message' ? entry.header : undefined;
  const { message } = useMessage(conversation, header);
  const words = message && spoken(message.parts);
  const wanted = useReadsReplies(({ on }) => on);
  const awaited = useRef(live);
  const read = useEffectEvent(() => announce(words || strings.nothingToRead));
  useErrand('read-reply', header && words === undefined ? undefined : () => read());
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (key !== 'F8' || ctrlKey || metaKey || altKey || shiftKey || event.defaultPrevented) return;
      event.preventDefault();
      read();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  useEffect(() => {
    if (live !== undefined) awaited.current = live;
    const isDone = words !== undefined && header?.id === awaited.current && live === undefined;
    if (!isDone || !wanted) return;
    const timer = setTimeout(() => {
      awaited.current = undefined;
      read();
    }, AFTER_ITS_END);
    return () => clearTimeout(timer);
  }, [live, wanted, words, header?.id]);
  return null;
}

/** Line by line as it is read, without the signs of formatting. */
function spoken(parts: readonly Part[]): string {
  const lines = plainOf(parts).split('\n').map(plainLine);
  return lines.filter((line) => line !== '').join('\n');
}
