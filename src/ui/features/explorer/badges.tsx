/** What a card is marked with besides its place: label, star, how its reply ended, new. */
import { CircleAlert, ScrollText, Star } from 'lucide-react';
import { VisuallyHidden } from '../../components/index.ts';
import type { Badges } from './diagram-model.ts';

const ENDS = {
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
} as const;

const pill =
  'inline-flex max-w-36 shrink-0 items-center gap-1 rounded-full border bg-surface px-2 font-medium text-[11px] leading-[18px]';

/** On the card's upper edge, where they cover no words. */
export function CardBadges({
  badges: { label, colour, star, broken, instructed, fresh },
}: {
  readonly badges: Badges;
}) {
  return (
    <>
      {label && (
        <span
          className={`${pill} text-ink`}
          style={{ borderColor: colour ? `var(--branch-${colour})` : 'var(--line-strong)' }}
        >
          <span className="truncate">{label}</span>
        </span>
      )}
      {star && (
        <span className={`${pill} border-line-strong px-1 text-ink`} data-tip="Starred">
          <Star size={12} fill="currentColor" aria-hidden />
        </span>
      )}
      {instructed && (
        <span className={`${pill} border-line-strong px-1 text-ink`} data-tip="A system prompt begins here">
          <ScrollText size={12} aria-hidden />
          <VisuallyHidden>A system prompt begins here</VisuallyHidden>
        </span>
      )}
      {broken && (
        <span className={`${pill} border-danger text-danger`}>
          <CircleAlert size={11} aria-hidden />
          {ENDS[broken]}
        </span>
      )}
      {fresh && (
        <span className={`${pill} border-hit text-hit`} data-tip="Said since you looked at the tree">
          New
        </span>
      )}
    </>
  );
}
