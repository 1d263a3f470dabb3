import type { Badges, Beside } from '../scene/diagram-model.ts';
import { LiveMark, NextMark, ReadingMark, WasHereMark } from '../scene/marks.tsx';
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
  return (
    <div className="flex flex-wrap items-center gap-x-1 empty:hidden">
      {version && <VersionSteps id={id} version={version} />}
      {next && <NextMark brief={version !== undefined || live > 0 || badges.label !== undefined} />}
      {here && !next && <ReadingMark />}
      {live > 0 && <LiveMark count={live} asks={asks} />}
      <CardBadges badges={badges} />
      {back && <WasHereMark />}
    </div>
  );
}

/** How many things stand in a rail: past three they take two rows. */
export function railCount({ badges, live, here, next, back, version }: Omit<RailProps, 'id'>): number {
  const { label, star, broken, instructed, summary, fresh } = badges;
  const marks = [label, star && !label, broken, instructed, summary, fresh];
  // The strong mark is as long as two others.
  const things = [version, next, next || here, live > 0, back, ...marks];
  return things.filter(Boolean).length;
}
