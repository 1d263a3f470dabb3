import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { perform, possibleFor } from '../../../actions/action.ts';
import { messageActionsIn } from '../../../actions/message/message-actions.ts';
import { type MessageAction, type OnMessage, onMessages } from '../../../actions/message/on-message.ts';
import { place } from '../../../components/layers/place.ts';
import { currentPage, usePage } from '../../../stores/page.ts';
import * as strings from '../strings.ts';
import { type SelectedWords, selectedWords } from './selected-words.ts';

/** A selection that still changes is not spoken to, in ms. */
const CALM = 200;

interface SelectionBarProps {
  /** The thread whose messages it is for. */
  readonly within: RefObject<HTMLElement | null>;
  /** What is written beside them is kept by this. Default: the conversation. */
  readonly draft?: string;
}

/** What can be done with words that are selected in a message, under them. The same by keys of the message. */
export function SelectionBar({ within, draft }: SelectionBarProps) {
  const selected = useSelectedWords(within);
  const page = usePage();
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (bar.current && selected) standUnder(bar.current, selected.box);
  }, [selected]);
  if (!selected || !page) return null;
  const { message, words, before } = selected;
  const onNow = () => onMessages(currentPage() ?? page, [message], { inThread: true, words, before, draft });
  const shown = messageActionsIn('selection').filter((action) => possibleFor(action, onNow()) !== false);
  if (shown.length === 0) return null;
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={strings.selectedWords}
      popover="manual"
      data-print="hide"
      // What is selected stays selected.
      onPointerDown={(event) => event.preventDefault()}
      className="appearing fixed m-0 flex items-center gap-0.5 rounded-xl border border-line-strong/60 bg-surface p-1 text-ink shadow-lg"
    >
      {shown.map((action) => (
        <Act key={action.id} action={action} onNow={onNow} />
      ))}
    </div>
  );
}

/** One that cannot be done says why, by its description and when it is pressed. */
function Act({ action, onNow }: { readonly action: MessageAction; readonly onNow: () => OnMessage }) {
  const on = onNow();
  const possible = possibleFor(action, on);
  const whyNot = typeof possible === 'string' ? possible : undefined;
  return (
    <button
      type="button"
      aria-disabled={whyNot !== undefined || undefined}
      aria-description={whyNot}
      data-tip={whyNot ?? action.effect?.(on) ?? action.name}
      onClick={() => void perform(action, onNow(), on.message)}
      className="flex min-h-8 items-center gap-1.5 rounded-lg px-2 text-sm hover:bg-hover aria-disabled:opacity-50"
    >
      <action.icon aria-hidden size={15} />
      {action.name}
    </button>
  );
}

function standUnder(bar: HTMLElement, box: DOMRect): void {
  if ('showPopover' in bar && !bar.matches(':popover-open')) bar.showPopover();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const size = { width: bar.offsetWidth, height: bar.offsetHeight };
  const at = place(box, size, { width, height }, { align: 'center', gap: 8 });
  bar.style.left = `${at.left}px`;
  bar.style.top = `${at.top}px`;
}

/** What is selected in the thread, once it has been for a moment and no button is held; it goes where the words go. */
function useSelectedWords(within: RefObject<HTMLElement | null>): SelectedWords | undefined {
  const [selected, setSelected] = useState<SelectedWords>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isHeld = false;
    const look = () => {
      timer = undefined;
      const node = document.getSelection()?.anchorNode ?? null;
      if (isHeld) return;
      setSelected(within.current?.contains(node) ? selectedWords() : undefined);
    };
    const soon = () => {
      if (document.getSelection()?.isCollapsed !== false) setSelected(undefined);
      // While a reply is written its selection is set again and again: what waits goes on waiting.
      timer ??= setTimeout(look, CALM);
    };
    const held = () => {
      isHeld = true;
    };
    const letGo = () => {
      isHeld = false;
      soon();
    };
    const listeners = [
      ['selectionchange', soon],
      ['pointerdown', held],
      ['pointerup', letGo],
      ['pointercancel', letGo],
      ['scroll', soon],
    ] as const;
    for (const [name, listener] of listeners)
      document.addEventListener(name, listener, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const [name, listener] of listeners)
        document.removeEventListener(name, listener, { capture: true });
    };
  }, [within]);
  return selected;
}
