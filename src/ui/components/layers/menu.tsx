import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  use,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { CloseMenu } from './menu-item.tsx';
import { nextItem } from './menu-keys.ts';
import type { Align } from './place.ts';
import { lower, raiseBeside } from './top-layer.ts';
import { useDismiss } from './use-dismiss.ts';

/** What the button that opens a menu must be given. */
export interface MenuTriggerProps {
  readonly ref: Ref<HTMLButtonElement>;
  readonly 'aria-haspopup': 'menu';
  readonly 'aria-expanded': boolean;
  readonly onClick: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface MenuProps {
  /** The accessible name of the menu. */
  readonly label: string;
  readonly trigger: (props: MenuTriggerProps) => ReactNode;
  readonly align?: Align;
  readonly children: ReactNode;
}

/** A menu of actions under a button: arrows, Home, End and first letters move, Esc, Tab and a press elsewhere close. */
export function Menu({ label, trigger, align = 'start', children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(true);
  };
  return (
    <>
      {trigger({
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        onClick: () => setOpen((was) => !was),
        onKeyDown,
      })}
      {open && (
        <CloseMenu value={close}>
          <MenuList label={label} anchor={button} align={align} onDismiss={() => setOpen(false)}>
            {children}
          </MenuList>
        </CloseMenu>
      )}
    </>
  );
}

interface MenuListProps {
  readonly label: string;
  readonly anchor: { readonly current: HTMLElement | null };
  readonly align: Align;
  /** Close without moving the focus: the press elsewhere has taken it. */
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

/** The list itself, for menus that open elsewhere than under a button. `CloseMenu` around it closes it. */
export function MenuList({ label, anchor, align, onDismiss, children }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const close = use(CloseMenu);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !anchor.current) return;
    raiseBeside(element, anchor.current, { align });
    itemsOf(element)[0]?.focus();
    return () => lower(element);
  }, [anchor, align]);
  useDismiss([list, anchor], onDismiss);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
      return;
    }
    const items = list.current ? itemsOf(list.current) : [];
    const current = items.indexOf(document.activeElement as HTMLElement);
    const next = nextItem(
      event,
      current,
      items.map((item) => item.textContent ?? ''),
    );
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
  return (
    <div
      ref={list}
      popover="manual"
      role="menu"
      // A long menu scrolls, and what scrolls is to be reached by keys. Tab closes a menu, so it is no stop on the way.
      tabIndex={0}
      aria-label={label}
      onKeyDown={onKeyDown}
      className="rising fixed inset-auto m-0 max-h-[calc(100dvh-1rem)] max-sm:max-h-[calc(100dvh-7rem)] max-w-[calc(100vw-1rem)] min-w-44 overflow-y-auto rounded-xl border border-line bg-surface p-1 text-ink text-sm shadow-raised"
    >
      {children}
    </div>
  );
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}
