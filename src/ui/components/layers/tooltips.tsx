import { useEffect, useRef, useState } from 'react';
import { lower, raiseBeside } from './top-layer.ts';

const DELAY = 500;

/**
 * The one tooltip of the page: shows the `data-tip` of whatever is hovered (after half a second) or has the keyboard focus. One layer
 * that listens at the document, so that a button in a long list costs an attribute and no component.
 * A tip repeats or explains a name and never carries the only copy of anything.
 */
export function Tooltips() {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => watchTips(setAnchor), []);
  useEffect(() => {
    const element = layer.current;
    if (!element || !anchor?.isConnected) return;
    raiseBeside(element, anchor, { side: 'above', align: 'center', gap: 6 });
    return () => lower(element);
  }, [anchor]);

  return (
    <div
      ref={layer}
      popover="manual"
      aria-hidden
      className="rising pointer-events-none fixed inset-auto m-0 max-w-64 rounded-md bg-ink px-2 py-1 text-xs text-paper"
    >
      {anchor?.dataset.tip}
    </div>
  );
}

/** Calls `show` with the element whose tip to show, or undefined. Escape, a press and scrolling hide it. Returns the way to stop. */
function watchTips(show: (element: HTMLElement | undefined) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hovered: HTMLElement | undefined;
  const later = (element: HTMLElement | undefined, delay: number) => {
    clearTimeout(timer);
    if (delay === 0) show(element);
    else timer = setTimeout(() => show(element), delay);
  };
  const onOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    hovered = tipped(event.target);
    later(hovered, hovered ? DELAY : 0);
  };
  // In a menu the focus follows the pointer, whose tip is on its way.
  const isHovered = (target: EventTarget | null) => hovered !== undefined && tipped(target) === hovered;
  const onFocus = (event: FocusEvent) => {
    const element = tipped(event.target);
    if (element?.matches(':focus-visible')) later(element, 0);
    else if (!isHovered(event.target)) hide();
  };
  const onBlur = (event: FocusEvent) => {
    if (!isHovered(event.relatedTarget)) hide();
  };
  const hide = () => later(undefined, 0);
  const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide();
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true, passive: true };
  document.addEventListener('pointerover', onOver, options);
  document.addEventListener('focusin', onFocus, options);
  document.addEventListener('focusout', onBlur, options);
  document.addEventListener('pointerdown', hide, options);
  document.addEventListener('scroll', hide, options);
  document.addEventListener('keydown', onKey, options);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

function tipped(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-tip]') ?? undefined) : undefined;
}
