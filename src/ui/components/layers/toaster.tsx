import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { dismissToast, type Toast, useToasts } from '../../stores/toasts.ts';
import { Button, IconButton } from '../button.tsx';
import * as strings from '../strings.ts';
import { type Box, clearOfControls } from './place.ts';

/** The notice, at the foot of the window in its middle, on no control. Not a live region: `toast()` has it announced once. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section
      aria-label={strings.notices}
      data-print="hide"
      className="pointer-events-none fixed inset-x-3 z-30"
    >
      <ol className="flex justify-center">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ol>
    </section>
  );
}

/** What a notice stands on none of, the first of all: where all of them leave no room, it may stand on the last, then on the one before. */
const KEPT_FREE = [
  'button, a[href], select',
  'input, textarea',
  '[role="treeitem"], [data-card]',
  // The line between two panes is as high as the window: beside it there is always more of it to press.
  '[role="separator"]',
] as const;

/** Boxes in the window of what can be pressed. */
function boxesOf(selector: string, except: Element): readonly Box[] {
  const seen = (element: Element) =>
    !except.contains(element) &&
    (element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true);
  return [...document.querySelectorAll(selector)].filter(seen).map((one) => one.getBoundingClientRect());
}

/**
 * Moves a notice where it is on no control, once it is there and when the window changes its size, or a form does: a quote or another line came
 * into the message box.
 */
function usePlaced() {
  const card = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    const move = () => {
      const { left, right, height } = element.getBoundingClientRect();
      const kept = KEPT_FREE.map((selector) => boxesOf(selector, element));
      const viewport = { width: window.innerWidth, height: window.innerHeight };
      const box = { left, right, height };
      const top = [4, 3, 2, 1]
        .map((count) => clearOfControls(box, kept.slice(0, count).flat(), viewport))
        .find((free) => free !== undefined);
      element.style.top = `${top ?? viewport.height - height}px`;
    };
    move();
    const grown = watchForms(move);
    window.addEventListener('resize', move);
    return () => {
      grown.disconnect();
      window.removeEventListener('resize', move);
    };
  }, []);
  return card;
}

/** Calls `moved` when a form that is there changes its size. */
function watchForms(moved: () => void): Pick<ResizeObserver, 'disconnect'> {
  if (typeof ResizeObserver === 'undefined') return { disconnect: () => {} };
  let isFirst = true;
  const observer = new ResizeObserver(() => {
    // Each is told of once at first.
    if (!isFirst) moved();
    isFirst = false;
  });
  for (const form of document.forms) observer.observe(form);
  return observer;
}

/** Goes by itself, but not while it is pointed at or has the focus. */
function ToastCard({ toast }: { readonly toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), toast.stays);
    return () => clearTimeout(timer);
  }, [held, toast]);
  const card = usePlaced();
  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  return (
    <li
      ref={card}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className="rising pointer-events-auto fixed flex max-w-[calc(100%-1.5rem)] items-center gap-2 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-4 text-sm shadow-raised sm:max-w-sm"
    >
      <p className="min-w-0 flex-1 break-words">{toast.text}</p>
      {[toast.also, toast.action].map(
        (action) =>
          action && (
            <Button key={action.name} look="text" onClick={action.run}>
              {action.name}
            </Button>
          ),
      )}
      <IconButton
        size="sm"
        label={strings.dismiss}
        icon={<X size={16} />}
        onClick={() => dismissToast(toast.id)}
      />
    </li>
  );
}
