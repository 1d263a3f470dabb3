import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { Spinner } from '../spinner.tsx';
import * as strings from '../strings.ts';

/** What was typed before the field was there that it was typed for; handed on within the commit that draws the field. */
let ahead = '';

/**
 * Stands where a dialog comes whose code is still being loaded. The page is inert under it as under the dialog, so that no letter that is
 * typed ahead is taken for a shortcut; the letters go into the field that has the focus first. Says that it is on its way once
 * that takes longer than one notices. Esc and a press anywhere give up (`onClose`).
 */
export function DialogSoon({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const [element, input] = [dialog.current, field.current];
    if (!element || !input) return;
    input.value = ahead;
    element.showModal();
    input.focus();
    return () => {
      ahead = input.value;
      queueMicrotask(() => {
        ahead = '';
      });
      element.close();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={strings.opening}
      onKeyDown={onKeyDown}
      onClick={onClose}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto bg-transparent p-6 outline-none backdrop:bg-transparent"
    >
      <input ref={field} aria-label={strings.opening} autoComplete="off" className="sr-only" />
      <Spinner className="appearing" />
    </dialog>
  );
}

/** Puts what was typed ahead into a field that is drawn, as if it had been typed there. */
export function typeAhead(field: Element | null): void {
  if (ahead === '') return;
  const isText =
    field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && isForText(field));
  if (!isText) return;
  // By the property of the class: React watches the element's own, and would take the words for its own.
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value') ?? {};
  set?.call(field, field.value + ahead);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function isForText({ type }: HTMLInputElement): boolean {
  return type === 'text' || type === 'search';
}
