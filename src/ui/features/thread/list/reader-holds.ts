/** What the reader takes hold of in a thread, so that its end does not carry it away: words, a field, a message, what is unfolded. */
import type { ThreadEnd } from './thread-end.ts';

const FIELDS = 'textarea, input, select, [contenteditable="true"], [data-editor]';

/** @returns the way to stop */
export function watchHolds(
  thread: HTMLElement,
  end: ThreadEnd,
  isLast: (message: string) => boolean,
): () => void {
  const over = new AbortController();
  const { signal } = over;
  let byTab = false;
  let selects = false;
  const held = () => end.tell({ kind: 'held', distance: end.distance() });
  const released = () => end.tell({ kind: 'released', distance: end.distance() });

  const onFocusIn = ({ target }: FocusEvent) => {
    lookForField(thread, end);
    const message = rowOf(target)?.dataset.key;
    if (message === undefined) return;
    if (isLast(message)) released();
    else if (byTab) held();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    // Another window has the focus, or more of the thread gets it.
    if (thread.contains(document.activeElement) || thread.contains(relatedTarget as Node | null)) return;
    lookForField(thread, end);
    released();
  };
  const onSelection = () => {
    const now = selectsIn(thread);
    if (now === selects) return;
    selects = now;
    if (now) held();
    else released();
  };
  const onClick = ({ target }: MouseEvent) => {
    const head = target instanceof Element ? target.closest(FOLDED) : null;
    if (head) end.unfold(head);
  };
  const onKey = ({ key }: KeyboardEvent) => {
    byTab = key === 'Tab';
  };
  const notByTab = () => {
    byTab = false;
  };
  thread.addEventListener('focusin', onFocusIn, { signal });
  thread.addEventListener('focusout', onFocusOut, { signal });
  // Before it is unfolded.
  thread.addEventListener('click', onClick, { signal, capture: true });
  document.addEventListener('selectionchange', onSelection, { signal });
  window.addEventListener('keydown', onKey, { signal, capture: true });
  for (const name of ['keyup', 'pointerdown'])
    window.addEventListener(name, notByTab, { signal, capture: true });
  return () => over.abort();
}

const FOLDED = '[aria-expanded="false"]:not([aria-haspopup]), details:not([open]) > summary';

/** Says whether a field of the thread has the focus. Also to be called when one may be gone: nobody says that it has lost it then. */
export function lookForField(thread: HTMLElement, end: ThreadEnd): void {
  const { activeElement } = document;
  const isIn =
    activeElement !== null && thread.contains(activeElement) && activeElement.closest(FIELDS) !== null;
  if (isIn) end.tell({ kind: 'entered' });
  else if (end.kind === 'editing') end.tell({ kind: 'left', distance: end.distance() });
}

/** Which row a field is in that has the focus; undefined: none has it. */
export function rowOfField(): number | undefined {
  const index = rowOf(document.activeElement?.closest(FIELDS) ?? null)?.dataset.index;
  return index === undefined ? undefined : Number(index);
}

const rowOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null;

function selectsIn(thread: HTMLElement): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && thread.contains(selection.anchorNode);
}
