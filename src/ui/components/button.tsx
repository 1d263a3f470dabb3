import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

const LOOKS = {
  /** The one thing to do here. */
  primary:
    'bg-leaf text-on-leaf hover:bg-leaf-hover disabled:bg-hover disabled:text-muted aria-disabled:bg-hover aria-disabled:text-muted',
  /** Anything else that is worth a border. */
  plain: 'border border-line bg-surface text-ink hover:bg-hover disabled:text-muted',
  /** Quiet until hovered: toolbars, lists. */
  ghost: 'text-muted hover:bg-hover hover:text-ink disabled:opacity-50',
  /** As words beside a text, in a colour of its own. */
  text: 'text-leaf hover:bg-leaf-soft disabled:text-muted',
  danger: 'border border-line bg-surface text-danger hover:bg-danger-soft',
} as const;

type ButtonLook = keyof typeof LOOKS;

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly icon?: ReactNode;
  /** Shown on hover and keyboard focus (Tooltips), in addition to the name. */
  readonly tip?: string | undefined;
}

/** A button with words; at least 32 px high. `disabled` keeps it out of reach: prefer one that says why. */
export function Button({ look = 'plain', icon, tip, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      data-tip={tip}
      className={cx(
        'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-lg px-3 py-1 text-sm font-medium transition-colors disabled:cursor-default',
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  /** The accessible name, and the tooltip unless `tip` says more. */
  readonly label: string;
  readonly icon: ReactNode;
  /** `sm` is 28 px, `md` 36 px. */
  readonly size?: 'sm' | 'md';
}

/** A button with a picture: its name is its tooltip. */
export function IconButton({
  label,
  icon,
  size = 'md',
  look = 'ghost',
  tip,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={tip ?? label}
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-lg transition-colors disabled:cursor-default',
        size === 'sm' ? 'size-7' : 'size-9',
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  );
}
