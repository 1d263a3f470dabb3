import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { ask, useErrand } from '../../../stores/errands.ts';
import { tell } from '../../../stores/whereabouts/index.ts';
import { forkBeside, type Row } from '../rows/rows.ts';
import type { FocusPlace } from '../rows/thread-context.ts';
import { alignmentFor } from './into-sight.ts';
import type { ThreadEnd } from './thread-end.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

interface WantedFocus {
  readonly key: string;
  readonly place: FocusPlace;
  /** `walk`: to a neighbour; `stay`: to what took the place of what had it; `come`: from wherever the focus is now. */
  readonly why: 'walk' | 'stay' | 'come';
}

/** Which message of a thread is in the tab order: the one that had the focus last, else the last one. */
export function useActiveRow(rows: readonly Row[]) {
  const [active, setActive] = useState<string>();
  const found = active === undefined ? -1 : rows.findIndex((row) => row.key === active);
  return { active: found < 0 ? rows.length - 1 : found, setActive };
}

interface ThreadFocusOptions {
  readonly rows: readonly Row[];
  readonly virtualizer: RefObject<ThreadVirtualizer | null>;
  readonly setActive: (key: string) => void;
  readonly end: ThreadEnd;
}

/** Moves the focus to messages, also to those that are not mounted or not there yet. */
export function useThreadFocus({ rows, virtualizer, setActive, end }: ThreadFocusOptions) {
  const latest = useRef(rows);
  const wanted = useRef<WantedFocus>(undefined);
  // The same message may be wanted again: the active row says nothing new then.
  const [, render] = useState(0);
  latest.current = rows;

  const focusOn = useCallback(
    (key: string, place: FocusPlace, why: WantedFocus['why'] = 'stay') => {
      wanted.current = { key, place, why };
      // The way to where find or a card led would take them back.
      if (why !== 'stay') tell({ kind: 'walked', to: key });
      setActive(key);
      render((times) => times + 1);
    },
    [setActive],
  );

  useLayoutEffect(() => {
    const { key, place, why } = wanted.current ?? {};
    const index = latest.current.findIndex((row) => row.key === key);
    const element = key === undefined ? undefined : virtualizer.current?.elementsCache.get(key);
    const article = element?.querySelector<HTMLElement>('article');
    if (index < 0 || !element || !article) return;
    wanted.current = undefined;
    if (why !== 'come' && isElsewhere(article)) return;
    const button = element.querySelector<HTMLElement>(`[data-place="${place}"]`);
    // To walk there is to read there. At the last message the end is as good.
    if (why !== 'stay' && index < latest.current.length - 1)
      end.tell({ kind: 'held', distance: end.distance() });
    (button ?? article).focus({ preventScroll: true });
    bringIntoSight(virtualizer.current, index, element, why === 'walk');
  });

  const focusBeside = useCallback(
    (row: Row, step: -1 | 1) => {
      const messages = latest.current.filter(({ role }) => role !== 'system');
      const at = messages.findIndex(({ key }) => key === row.key);
      const beside = messages[at + step];
      if (beside) focusOn(beside.key, 'article', 'walk');
      else if (step === 1) ask('composer');
    },
    [focusOn],
  );

  const focusFork = useCallback(
    (row: Row, step: -1 | 1) => {
      const fork = forkBeside(latest.current, row.key, step);
      if (fork) focusOn(fork.key, 'article', 'walk');
    },
    [focusOn],
  );

  useErrand('last-message', () => {
    const last = latest.current.findLast(({ role }) => role !== 'system');
    if (last) focusOn(last.key, 'article', 'come');
    return last !== undefined;
  });

  useErrand('message', (message) => focusOn(message, 'article'));

  return { focusOn, focusBeside, focusFork };
}

/** True if somebody has moved the focus out of the thread meanwhile: it is theirs. */
function isElsewhere(article: HTMLElement): boolean {
  const { activeElement, body } = document;
  const log = article.closest('[role="log"]');
  return activeElement !== null && activeElement !== body && !log?.contains(activeElement);
}

function bringIntoSight(
  virtualizer: ThreadVirtualizer | null,
  index: number,
  element: Element,
  walking: boolean,
): void {
  const window = element.closest('[role="log"]')?.getBoundingClientRect();
  const align = window && alignmentFor(element.getBoundingClientRect(), window, walking);
  if (align) virtualizer?.scrollToIndex(index, { align });
}
