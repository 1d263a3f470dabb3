import { type FocusEvent, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { isComposing } from '../../components/index.ts';
import { showFind } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';

/**
 * The field has the focus when find opens, unless it opens with what was found elsewhere (`isAsked` is false). Whoever leaves it stays where they have been since the last hit: at what took the focus, else
 * at the message that is `read` after a hit was gone to, else where they were before.
 */
export function useFindFocus(read: string | undefined, isAsked: boolean) {
  const bar = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const outside = useRef<Element>(null);
  // What was read when something outside had the focus last.
  const readThen = useRef<string>(undefined);
  useLayoutEffect(() => {
    outside.current = document.activeElement;
    if (isAsked) field.current?.focus();
  }, [isAsked]);
  const onFocus = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Element) || bar.current?.contains(relatedTarget)) return;
    outside.current = relatedTarget;
    readThen.current = read;
  };
  /** @param before where Back led to, out of find */
  const leave = (before?: string) => {
    const { activeElement, body } = document;
    const isElsewhere =
      activeElement !== null && activeElement !== body && !bar.current?.contains(activeElement);
    showFind(false);
    if (isElsewhere) return;
    if (before !== undefined) ask('message', before);
    else if (read !== undefined && readThen.current !== read) ask('message', read);
    else if (outside.current instanceof HTMLElement && outside.current.isConnected) outside.current.focus();
  };
  return { bar, field, onFocus, leave };
}

interface FindKeys {
  readonly step: (direction: 1 | -1) => void;
  readonly leave: () => void;
}

/** While find is open F3 goes on, and Esc closes it, wherever the focus is: but for what something nearer takes. */
export function useFindKeys(keys: FindKeys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isComposing(event) || document.querySelector('dialog[open]')) return;
    if (event.key === 'F3') keys.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') keys.leave();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
