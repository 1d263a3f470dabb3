import { createContext, type ReactNode, use } from 'react';
import { cx } from '../cx.ts';

/** Closes the menu around, and gives the focus back to its button. */
export const CloseMenu = createContext<() => void>(() => {});

interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  /** One of many: lower where a pointer is fine, what comes of it in the same line. Default: false. */
  readonly dense?: boolean;
  /** One of several beside each other. */
  readonly small?: boolean;
  /** Set: the item is one of a group, and this says whether it is the chosen one. */
  readonly checked?: boolean;
  /** Why it cannot be chosen now, in the place of `effect`; it is reached all the same, and says so. Default: it can be. */
  readonly whyNot?: string;
  /** What will come of it, in a few words: under its name, and its description. Default: its name says it. */
  readonly effect?: string | undefined;
  /** Runs after the menu is closed and its button has the focus again, so it may move the focus on. */
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({
  icon,
  danger = false,
  dense = false,
  small = false,
  checked,
  whyNot,
  effect,
  onSelect,
  children,
}: MenuItemProps) {
  const close = use(CloseMenu);
  const off = whyNot !== undefined;
  // A finger has no tips: what they would say stands there.
  const said = small ? undefined : (whyNot ?? effect);
  return (
    <button
      type="button"
      tabIndex={-1}
      {...(checked === undefined
        ? { role: 'menuitem' as const }
        : { role: 'menuitemradio' as const, 'aria-checked': checked })}
      aria-disabled={off || undefined}
      aria-description={whyNot ?? effect}
      data-tip={small ? whyNot : undefined}
      onClick={() => {
        if (off) return;
        close();
        onSelect();
      }}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      className={cx(
        'flex items-center rounded-lg text-left outline-none focus:bg-hover',
        small
          ? 'min-h-7 px-1.5 text-muted'
          : cx('w-full gap-2.5 px-2.5', dense ? 'min-h-8 coarse:min-h-10' : 'min-h-9'),
        danger && 'text-danger focus:bg-danger-soft',
        checked && 'font-semibold text-leaf',
        off && (said === undefined ? 'opacity-50' : 'text-muted [&>svg]:opacity-50'),
      )}
    >
      {icon}
      {said === undefined ? (
        children
      ) : (
        <span
          className={
            dense
              ? 'flex flex-1 flex-wrap items-baseline gap-x-4 py-1 leading-snug *:first:flex-none'
              : 'flex flex-1 flex-col py-1'
          }
        >
          {dense ? children : <span className="flex leading-snug">{children}</span>}
          <span
            aria-hidden
            className={cx(
              'text-muted text-xs leading-snug',
              dense && 'order-1 ml-auto max-w-80 grow text-right',
            )}
          >
            {said}
          </span>
        </span>
      )}
    </button>
  );
}
