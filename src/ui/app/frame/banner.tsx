import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../components/index.ts';

interface BannerProps {
  /** `news` asks for nothing at once. Default: `warning`. */
  readonly look?: 'warning' | 'news';
  readonly icon: LucideIcon;
  readonly children: ReactNode;
  /** What can be done about it. */
  readonly action?: { readonly name: string; readonly act: () => void };
  readonly role?: 'status';
}

/** A line above the whole page: what is the matter with it, and the way out. On a phone the way out is a line of its own. */
export function Banner({ look = 'warning', icon: Icon, children, action, role }: BannerProps) {
  return (
    <div
      role={role}
      data-print="hide"
      className={cx(
        'rising flex flex-wrap items-center justify-center gap-x-3 px-4 py-1.5 text-sm',
        look === 'news' ? 'bg-leaf-soft text-leaf' : 'bg-warn-soft text-warn',
      )}
    >
      <Icon aria-hidden size={16} className="shrink-0 max-sm:hidden" />
      <p className="min-w-0 text-pretty max-sm:text-center">{children}</p>
      {action && (
        <button
          type="button"
          onClick={action.act}
          className="min-h-8 px-2 font-medium underline underline-offset-4"
        >
          {action.name}
        </button>
      )}
    </div>
  );
}
