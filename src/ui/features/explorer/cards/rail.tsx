import type { Badges } from '../scene/badges.ts';
import type { Beside } from '../scene/diagram-model.ts';
import { LiveMark, NextMark, ReadingMark, WasHereMark } from '../scene/marks.tsx';
import * as strings from '../strings.ts';
import { CardBadges } from './badges.tsx';
import { VersionSteps } from './version-steps.tsx';

interface RailProps {
  readonly id: string;
  readonly badges: Badges;
  /** How many of its replies are being written. */
  readonly live: number;
  /** One of them waits for the reader. Default: none does. */
  readonly asks?: boolean;
  readonly here: boolean;
  /** The next message goes here. Default: it does not. */
  readonly next?: boolean | undefined;
  /** Back leads here. Default: it does not. */
  readonly back?: boolean | undefined;
  readonly version?: Beside | undefined;
}

/** What a card is, in a row above its words: it wraps, and nothing of it stands on the card's edge. */
export function Rail({
  id,
  badges,
  live,
  asks = false,
  here,
  next = false,
  back = false,
  version,
}: RailProps) {
  const isAlone = widthsIn({ badges, live, asks, here, next, back, version }).length === 1;
  return (
    <div className="flex flex-wrap items-center gap-x-1 empty:hidden">
      {version && <VersionSteps id={id} version={version} />}
      {next && <NextMark brief={!isAlone} />}
      {here && !next && <ReadingMark />}
      {live > 0 && <LiveMark count={live} asks={asks} />}
      <CardBadges badges={badges} />
      {back && <WasHereMark />}
    </div>
  );
}

/** Room of a row, and what stands in it, in px at a zoom of 1: a little more than what was measured, as fonts differ. */
const ROW = 224;
const GAP = 4;
const WIDTHS = {
  ...{ reading: 80, next: 114, live: 58, asks: 76, sign: 25, back: 102, fresh: 48 },
  ...{ stopped: 84, failed: 74, interrupted: 106 },
} as const;
/** Of words in a pill, by letter; and around them. */
const LETTER = 6;
const AROUND = { version: 62, label: 18, star: 16 } as const;

/** How many rows the marks of a card take: they wrap as words do. */
export function railRows(rail: Omit<RailProps, 'id'>): number {
  let [rows, left] = [0, 0];
  for (const width of widthsIn(rail)) {
    const begins = left === 0 || left + GAP + width > ROW;
    if (begins) rows += 1;
    left = begins ? width : left + GAP + width;
  }
  return rows;
}

/** In the order in which they stand there. */
function widthsIn({ badges, live, asks, here, next, back, version }: Omit<RailProps, 'id'>): number[] {
  const { label, star, broken, instructed, summary, since, fresh } = badges;
  const words = (text: string) =>
    Math.min(ROW, text.length * LETTER + AROUND.label + (star ? AROUND.star : 0));
  return [
    version && AROUND.version + `${version.n} / ${version.of}`.length * LETTER,
    next && WIDTHS.next,
    here && !next && WIDTHS.reading,
    live > 0 && (asks ? WIDTHS.asks : WIDTHS.live),
    label && words(label),
    star && !label && WIDTHS.sign,
    instructed && WIDTHS.sign,
    summary && WIDTHS.sign,
    since && strings.linesChanged(since).length * LETTER + AROUND.label,
    broken && WIDTHS[broken],
    fresh && WIDTHS.fresh,
    back && WIDTHS.back,
  ].filter((width): width is number => typeof width === 'number');
}
