import { type KeyboardEvent, type MouseEvent, type PointerEvent, useMemo, useRef } from 'react';
import { perform } from '../../../actions/action.ts';
import { isKey } from '../../../actions/keys.ts';
import { hide } from '../../../actions/message/marking.ts';
import { onMessages } from '../../../actions/message/on-message.ts';
import { openDialog, openMenuAt } from '../../../stores/dialogs.ts';
import { currentPage } from '../../../stores/page.ts';
import { togglePicked } from '../../../stores/picked.ts';

/** How long a finger rests until it means the menu, in ms, and how far it may stray, in px. */
const REST = 500;
const STRAY = 10;

const SELECT = { key: ' ', shift: true } as const;

/**
 * What cards and rows have in common: the context menu (right button, long press, menu key), Shift to select several, Delete to prune.
 * Found by where it happened, so that thousands of cards need no handlers.
 */
export function useTreeMenu(conversation: string) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  const pressed = useRef(false);
  return useMemo(() => {
    const lift = () => {
      clearTimeout(press.current?.timer);
      press.current = undefined;
    };
    return {
      onContextMenu: (event: MouseEvent) => {
        const found = itemAt(event.target);
        if (!found) return;
        event.preventDefault();
        lift();
        // A key says no place of its own.
        if (event.clientX === 0 && event.clientY === 0) openMenuAt(found.element, [found.message]);
        else openDialog({ kind: 'menu', messages: [found.message], x: event.clientX, y: event.clientY });
      },
      onPointerDown: ({ pointerType, target, clientX: x, clientY: y }: PointerEvent) => {
        pressed.current = false;
        const found = pointerType === 'touch' ? itemAt(target) : undefined;
        if (!found) return;
        const open = () => {
          pressed.current = true;
          openDialog({ kind: 'menu', messages: [found.message], x, y });
        };
        press.current = { x, y, timer: setTimeout(open, REST) };
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        const from = press.current;
        if (from && Math.hypot(clientX - from.x, clientY - from.y) > STRAY) lift();
      },
      onPointerUp: lift,
      onPointerCancel: lift,
      // Shift and a click would select the words between.
      onMouseDownCapture: (event: MouseEvent) => {
        if (event.shiftKey && itemAt(event.target)) event.preventDefault();
      },
      onClickCapture: (event: MouseEvent) => {
        const found = event.shiftKey || pressed.current ? itemAt(event.target) : undefined;
        if (!found) return;
        event.preventDefault();
        event.stopPropagation();
        // The finger that opened the menu goes nowhere when it is lifted.
        if (!pressed.current) togglePicked(conversation, found.message);
        pressed.current = false;
      },
      onKeyDownCapture: (event: KeyboardEvent) => {
        const found = itemAt(event.target);
        if (!found || event.target !== found.element) return;
        const page = currentPage();
        if (isKey(SELECT, event.nativeEvent)) togglePicked(conversation, found.message);
        else if (page && hide.keys?.some((key) => isKey(key, event.nativeEvent)))
          void perform(hide, onMessages(page, [found.message]), found.message);
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    };
  }, [conversation]);
}

/** The card or row something happened on, and the message it stands for. */
function itemAt(target: EventTarget | null): { element: Element; message: string } | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row], [data-card]') : null;
  const message = element?.dataset.row ?? element?.dataset.card;
  return element && message ? { element, message } : undefined;
}
