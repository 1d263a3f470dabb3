/** Small marks that say what a card is, the same on the canvas and in the outline. */
import { BookOpen, MapPin } from 'lucide-react';
import { cx } from '../../../components/index.ts';
import * as strings from '../strings.ts';
import { hitsText } from './amounts.ts';
import type { Version } from './diagram-model.ts';

/** What is being read: quiet, as it follows the scroll. */
export function ReadingMark() {
  return (
    <span className="inline-flex shrink-0 items-center gap-1 rounded-full border border-leaf bg-surface px-2 font-medium text-[11px] text-leaf leading-[18px]">
      <BookOpen size={11} aria-hidden />
      {strings.reading}
    </span>
  );
}

/** What the next message follows, or takes the place of. `brief`: where there is little room. */
export function NextMark({ brief = false }: { readonly brief?: boolean }) {
  return (
    <span
      className="inline-flex shrink-0 items-center gap-1 rounded-full bg-leaf px-2 font-medium text-[11px] text-on-leaf leading-5"
      data-tip={strings.nextGoesHere}
    >
      <MapPin size={11} aria-hidden />
      {brief ? strings.nextHere : strings.nextGoesHere}
    </span>
  );
}

/** Where Back leads. Quieter than where the reader is. */
export function WasHereMark() {
  return (
    <span className="whitespace-nowrap rounded-full border border-line-strong bg-surface px-2 font-medium text-[11px] text-ink leading-[18px]">
      {strings.youWereHere}
    </span>
  );
}

/** `asks`: one of them waits for the reader. */
export function LiveMark({ count = 1, asks = false }: { readonly count?: number; readonly asks?: boolean }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1.5 rounded-full bg-warn px-2 font-medium text-[11px] text-paper leading-5">
      <span aria-hidden className="size-1.5 rounded-full bg-paper" />
      {asks ? strings.asksYou : count > 1 ? strings.liveSeveral(count) : strings.live}
    </span>
  );
}

interface HitsMarkProps {
  readonly count: number;
  /** The one that is looked at is among them. */
  readonly current: boolean;
}

export function HitsMark({ count, current }: HitsMarkProps) {
  return (
    <span
      className={cx(
        'shrink-0 rounded-md px-1.5 font-medium text-[#1d1a12] text-[11px] leading-5',
        current ? 'bg-[#ffb454]' : 'bg-[#ffe58a]',
      )}
    >
      {hitsText(count)}
    </span>
  );
}

export function VersionMark({ version }: { readonly version: Version }) {
  const { n, of, branch } = version;
  return (
    <span
      className="shrink-0 whitespace-nowrap rounded-md bg-hover px-1.5 text-ink text-xs tabular-nums leading-5"
      data-tip={(branch ? strings.branchOf : strings.versionOf)(n, of)}
    >
      {n} / {of}
    </span>
  );
}

/** Where branches part: the same on cards, in the outline and from afar. */
export function ForkSign() {
  return <span aria-hidden className="size-2 shrink-0 rotate-45 rounded-[1px] bg-leaf" />;
}
