/** The badges of a card that is near, drawn: what there is to mark is decided in `scene/badges.ts`, and drawn from afar in `paint/paint-rail.ts`. */
import { CircleAlert, CircleStop, FileText, ScrollText, Star } from 'lucide-react';
import { VisuallyHidden } from '../../../components/index.ts';
import type { Badges } from '../scene/badges.ts';
import * as strings from '../strings.ts';

const ENDS = {
  stopped: strings.stopped,
  failed: strings.failed,
  interrupted: strings.interrupted,
} as const;

/** Who stopped a reply knows why: that is no error. */
const LOOKS = {
  stopped: 'border-line-strong text-muted',
  failed: 'border-danger text-danger',
  interrupted: 'border-danger text-danger',
} as const;

const pill =
  'my-0.5 inline-flex max-w-full items-center gap-1 rounded-full border bg-surface font-medium text-[11px] leading-[18px]';

/** In a card's rail. A label gives way where there is no room; what a reply ended as is never cut. */
export function CardBadges({
  badges: { label, colour, star, broken, instructed, summary, since, fresh },
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
        <span className={`${pill} border-line-strong px-1 text-ink`} data-tip={strings.starred}>
          <Star size={12} fill="currentColor" aria-hidden />
        </span>
      )}
      {instructed && (
        <span className={`${pill} border-line-strong px-1 text-ink`} data-tip={strings.promptBegins}>
          <ScrollText size={12} aria-hidden />
          <VisuallyHidden>{strings.promptBegins}</VisuallyHidden>
        </span>
      )}
      {summary && (
        <span
          className={`${pill} border-line-strong px-1 text-ink`}
          data-tip={strings.summaryFollows(summary.messages, summary.words)}
        >
          <FileText size={12} aria-hidden />
          <VisuallyHidden>{strings.summaryFollows(summary.messages, summary.words)}</VisuallyHidden>
        </span>
      )}
      {since && (
        <span
          className={`${pill} shrink-0 border-line-strong px-1.5 text-muted tabular-nums`}
          data-tip={strings.filesChanged(since)}
        >
          <span aria-hidden>{strings.linesChanged(since)}</span>
          <VisuallyHidden>{strings.filesChanged(since)}</VisuallyHidden>
        </span>
      )}
      {broken && (
        <span className={`${pill} shrink-0 px-2 ${LOOKS[broken]}`}>
          {broken === 'stopped' ? (
            <CircleStop size={11} aria-hidden />
          ) : (
            <CircleAlert size={11} aria-hidden />
          )}
          {ENDS[broken]}
        </span>
      )}
      {fresh && (
        <span className={`${pill} border-hit px-2 text-hit`} data-tip={strings.isNewMeans}>
          {strings.isNew}
        </span>
      )}
    </>
  );
}
