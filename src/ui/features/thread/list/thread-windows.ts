/** What tells the end of a thread how that is seen: by a virtualizer, or by an element in which all of it is mounted. */
import { observeElementOffset, observeElementRect } from '@tanstack/react-virtual';
import type { ThreadEnd } from './thread-end.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

type Options = ThreadVirtualizer['options'];

interface VirtualWindow {
  /** Options of the virtualizer, by which it says what happens. */
  readonly options: Pick<Options, 'observeElementRect' | 'observeElementOffset'>;
  /** To be called when the virtualizer has changed, and after each rendering: what is in the thread may be higher or lower now. */
  readonly look: (virtualizer: ThreadVirtualizer) => void;
}

/** The window of a virtualizer, whose heights are known. */
export function virtualWindow(end: ThreadEnd): VirtualWindow {
  let seen: ThreadVirtualizer | undefined;
  let height = -1;
  const see = (virtualizer: ThreadVirtualizer) => {
    const element = virtualizer.scrollElement;
    if (virtualizer === seen || !element) return;
    seen = virtualizer;
    end.seenThrough({
      element,
      distance: (offset) => distanceIn(virtualizer, offset),
      toEnd: (behavior) => virtualizer.scrollToEnd({ behavior }),
      stop: () => virtualizer.cancelScroll(),
    });
  };
  return {
    options: {
      observeElementRect: (virtualizer, found) =>
        observeElementRect(virtualizer, (rect) => {
          const isOther = virtualizer.scrollRect?.height !== rect.height;
          found(rect);
          if (isOther) end.tell({ kind: 'resized', distance: end.distance() });
        }),
      observeElementOffset: (virtualizer, found) =>
        observeElementOffset(virtualizer, (offset, isScrolling) => {
          see(virtualizer);
          // First: what it mounts then must not be taken to the end that the reader has left.
          if (isScrolling) end.scrolled(offset);
          else end.tell({ kind: 'settled', distance: distanceIn(virtualizer, offset) });
          found(offset, isScrolling);
        }),
    },
    look: (virtualizer) => {
      see(virtualizer);
      if (!virtualizer.scrollElement) return;
      const now = heightOf(virtualizer);
      if (now === height) return;
      height = now;
      end.tell({ kind: 'grew', distance: end.distance() });
    },
  };
}

function distanceIn(virtualizer: ThreadVirtualizer, offset = virtualizer.scrollOffset ?? 0): number {
  if (!virtualizer.scrollRect) return 0;
  return Math.max(0, heightOf(virtualizer) - virtualizer.scrollRect.height - offset);
}

/** Of all that is in the thread, in px. */
function heightOf(virtualizer: ThreadVirtualizer): number {
  virtualizer.getTotalSize();
  const { count, paddingEnd } = virtualizer.options;
  return (virtualizer.measurementsCache[count - 1]?.end ?? 0) + paddingEnd;
}

/** The window of an element whose children are the messages. Returns what ends it. */
export function plainWindow(element: HTMLElement, end: ThreadEnd): () => void {
  let [height, room] = [0, element.clientHeight];
  const distance = (offset = element.scrollTop) => Math.max(0, height - room - offset);
  const toEnd = (behavior: ScrollBehavior) => element.scrollTo({ top: element.scrollHeight, behavior });
  end.seenThrough({ element, distance, toEnd, stop: () => {} });
  const look = () => {
    const [isOther, isResized] = [element.scrollHeight !== height, element.clientHeight !== room];
    [height, room] = [element.scrollHeight, element.clientHeight];
    if (isOther) end.tell({ kind: 'grew', distance: distance() });
    if (isResized) end.tell({ kind: 'resized', distance: distance() });
  };
  const sizes = new ResizeObserver(look);
  const observe = () => {
    for (const child of [element, ...element.children]) sizes.observe(child);
  };
  const children = new MutationObserver(() => {
    observe();
    look();
  });
  const onScroll = () => end.scrolled(element.scrollTop);
  observe();
  look();
  children.observe(element, { childList: true });
  element.addEventListener('scroll', onScroll, { passive: true });
  return () => {
    sizes.disconnect();
    children.disconnect();
    element.removeEventListener('scroll', onScroll);
  };
}
