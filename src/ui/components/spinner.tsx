import { cx } from './cx.ts';

/** Three leaves that breathe: something goes on. Decorative unless it has a `label`. */
export function Spinner({ label, className }: { readonly label?: string; readonly className?: string }) {
  return (
    <span
      className={cx('inline-flex items-center gap-[3px] text-leaf', className)}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {['0ms', '160ms', '320ms'].map((delay) => (
        <span
          key={delay}
          className="breathing size-[5px] rounded-full rounded-tl-none bg-current"
          style={{ animationDelay: delay }}
        />
      ))}
    </span>
  );
}
