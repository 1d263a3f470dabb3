import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useAsides } from '../../stores/aside.ts';
import { hrefOf, useRoute } from '../../stores/route.ts';
import { dismissToast, type Toast, useNoticeRow, useToasts, wordsOn } from '../../stores/toasts.ts';
import { Button, IconButton } from '../button.tsx';
import { cx } from '../cx.ts';
import * as strings from '../strings.ts';
import { useMedia } from '../use-media.ts';
import { type Box, clearOfControls } from './place.ts';

interface ToasterProps {
  /** It stands over what is shown, wherever that keeps a row free. Default: false. */
  readonly floats?: boolean;
}

/**
 * The notice: above the message box, in a row of its own, so that it covers nothing however long it stays; where there is none, at the foot of the
 * window in its middle, on no control. Not a live region: `toast()` has it announced once.
 */
export function Toaster({ floats = false }: ToasterProps) {
  const toasts = useToasts((state) => state.toasts);
  const kept = useNoticeRow();
  const hasAside = useAsides(({ open }) => open !== undefined);
  const isWide = useMedia(ROOM_FOR_ASIDE);
  // On a phone an aside lies over the message box.
  const row = floats || (hasAside && !isWide) ? null : kept;
  return toasts.map((toast) => <ToastView key={toast.id} toast={toast} row={row} />);
}

const ROOM_FOR_ASIDE = '(min-width: 640px)';

interface ToastViewProps {
  readonly toast: Toast;
  readonly row: HTMLElement | null;
}

/** Goes by itself, but not while it is pointed at or has the focus; it goes along to other pages. */
function ToastView({ toast, row }: ToastViewProps) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), toast.stays);
    return () => clearTimeout(timer);
  }, [held, toast]);
  const card = <Card toast={toast} floats={!row} onHold={setHeld} />;
  const region = (
    <section
      aria-label={strings.notices}
      data-print="hide"
      className={row ? 'pb-2' : 'pointer-events-none fixed inset-x-3 z-30'}
    >
      <ol className="flex justify-center">{card}</ol>
    </section>
  );
  return row ? createPortal(region, row) : region;
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
 * Moves a notice that floats where it is on no control, once it is there and when the window changes its size, another page is shown or a form
 * changes its size: a quote or another line came into the message box.
 */
function usePlaced(floats: boolean) {
  const card = useRef<HTMLLIElement>(null);
  const page = hrefOf(useRoute());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has other controls
  useLayoutEffect(() => {
    const element = card.current;
    if (!element || !floats) return;
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
    const drawn = setTimeout(move, DRAWN);
    const grown = watchForms(move);
    window.addEventListener('resize', move);
    return () => {
      clearTimeout(drawn);
      grown.disconnect();
      window.removeEventListener('resize', move);
    };
  }, [floats, page]);
  return card;
}

/** By then a page that was just gone to is there, in ms. */
const DRAWN = 300;

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

interface CardProps {
  readonly toast: Toast;
  readonly floats: boolean;
  /** Somebody points at it, or has come to its buttons; false: not any more. */
  readonly onHold: (held: boolean) => void;
}

function Card({ toast, floats, onHold }: CardProps) {
  const card = usePlaced(floats);
  const route = useRoute();
  const hold = () => onHold(true);
  const release = () => onHold(false);
  return (
    <li
      ref={card}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className={cx(
        'rising pointer-events-auto flex items-center gap-2 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-4 text-sm',
        floats ? 'fixed max-w-[calc(100%-1.5rem)] shadow-raised sm:max-w-sm' : 'w-full shadow-sm',
      )}
    >
      <p className="min-w-0 flex-1 break-words">{wordsOn(route, toast)}</p>
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
