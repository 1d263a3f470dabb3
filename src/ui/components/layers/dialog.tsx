import { X } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { ask } from '../../stores/errands.ts';
import { IconButton } from '../button.tsx';
import { cx } from '../cx.ts';
import * as strings from '../strings.ts';
import { COARSE } from '../use-media.ts';
import { typeAhead } from './dialog-soon.tsx';

interface DialogProps {
  /** The accessible name and the heading. */
  readonly title: string;
  /** Esc, the close button, a press beside it. The owner stops rendering the dialog. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /**
   * `sheet`: in the middle, a heading and a close button. `wide`: a sheet that grows with what it holds, up to the window. `full`: the same over
   * nearly all of the window. `drawer`: from the left, the whole height, its name not shown.
   */
  readonly kind?: 'sheet' | 'wide' | 'drawer' | 'full';
}

/**
 * A modal dialog: open while rendered. The platform's `<dialog>` makes the rest of the page inert, and gives the focus back on
 * closing. The element that should have the focus first carries `data-autofocus`. It stands at the end of the page, in no form around its
 * owner: Enter in it must not send a message.
 */
export function Dialog({ title, onClose, children, kind = 'sheet' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const opener = document.activeElement;
    if (!element.open) element.showModal();
    const first = element.querySelector<HTMLElement>('[data-autofocus]');
    first?.focus();
    typeAhead(first);
    return () => {
      element.close();
      if (opener && !opener.isConnected) queueMicrotask(toMessageBox);
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onClose();
  };
  const onClick = (event: MouseEvent) => event.target === dialog.current && onClose();

  return createPortal(
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={cx('text-ink outline-none', LOOKS[kind])}
    >
      {kind === 'drawer' ? (
        <>
          <h2 id={id} className="sr-only">
            {title}
          </h2>
          {children}
        </>
      ) : (
        <div className="flex h-full max-h-[inherit] flex-col">
          {/* No `header`: at the end of the page it would be a second banner. */}
          <div className="flex items-center justify-between gap-2 border-line border-b py-2 pr-2 pl-4">
            <h2 id={id} className="line-clamp-3 min-w-0 wrap-anywhere font-semibold">
              {title}
            </h2>
            <IconButton label={strings.close} icon={<X size={18} />} onClick={onClose} />
          </div>
          {children}
        </div>
      )}
    </dialog>,
    document.body,
  );
}

/** What opened the dialog went while it was open: where nothing else has the focus, one goes on at the message box. */
function toMessageBox(): void {
  const isLost = document.activeElement === document.body;
  // With a finger it would raise the keyboard.
  if (isLost && !window.matchMedia(COARSE).matches) ask('composer');
}

const LOOKS = {
  sheet:
    'rising m-auto max-h-[min(40rem,calc(100dvh-2rem))] w-[min(32rem,calc(100vw-1.5rem))] overflow-hidden rounded-2xl border border-line bg-surface shadow-raised',
  full: 'rising m-auto h-[calc(100dvh-1.5rem)] max-h-none w-[calc(100vw-1.5rem)] max-w-none overflow-hidden rounded-2xl border border-line bg-surface shadow-raised',
  wide: 'rising m-auto max-h-[calc(100dvh-2rem)] w-[min(60rem,calc(100vw-1.5rem))] overflow-hidden rounded-2xl border border-line bg-surface shadow-raised',
  drawer:
    'sliding-in m-0 h-dvh max-h-none w-[min(19rem,calc(100vw-3rem))] max-w-none bg-sunken shadow-raised',
} as const;
