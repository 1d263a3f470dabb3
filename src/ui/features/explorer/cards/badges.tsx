/** What a card is marked with besides its place: label, star, how its reply ended, new. */
import { CircleAlert, ScrollText, Star } from 'lucide-react';
import { VisuallyHidden } from '../../../components/index.ts';
import type { Badges } from '../scene/diagram-model.ts';

const ENDS = {
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
} as const;

const pill =
  'inline-flex max-w-36 items-center gap-1 rounded-full border bg-surface font-medium text-[11px] leading-[18px]';

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
          className={`${pill} min-w-10 px-1.5 text-ink`}
          style={{ borderColor: colour ? `var(--branch-${colour})` : 'var(--line-strong)' }}
        >
          {star && <Star size={12} fill="currentColor" aria-hidden className="shrink-0" />}
          <span className="truncate">{label}</span>
        </span>
      )}
      {star && !label && (
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
        <span className={`${pill} min-w-15 border-danger px-2 text-danger`}>
          <CircleAlert size={11} aria-hidden className="shrink-0" />
          <span className="truncate">{ENDS[broken]}</span>
        </span>
      )}
      {fresh && (
        <span className={`${pill} border-hit px-2 text-hit`} data-tip="Said since you looked at the tree">
          New
        </span>
      )}
    </>
  );
}
