import { Info, TriangleAlert } from 'lucide-react';
import { cx } from '../../../components/index.ts';
import type { PartProps } from './part-props.ts';

/** What an agent says about its work, not to be answered. */
export function NoticePart({ part: { text, warns = false } }: PartProps<'notice'>) {
  const Icon = warns ? TriangleAlert : Info;
  return (
    <p className={cx('flex items-start gap-2 text-xs', warns ? 'text-warn' : 'text-muted')}>
      <Icon aria-hidden size={14} className="mt-px shrink-0" />
      <span className="min-w-0 whitespace-pre-wrap wrap-anywhere" dir="auto">
        {text}
      </span>
    </p>
  );
}
