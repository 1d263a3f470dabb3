/** How much and how long ago, in words. Pure. */
import * as strings from '../strings.ts';

const UNITS = [
  ['y', 365 * 86_400_000],
  ['mo', 30 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** "3 d ago"; "now" within a minute. Times in ms since the epoch. */
export function ago(time: number, now: number): string {
  const passed = now - time;
  const unit = UNITS.find(([, ms]) => passed >= ms);
  return unit ? strings.agoIn[unit[0]](Math.floor(passed / unit[1])) : strings.justNow;
}

export const turnsText = strings.turns;

export const hitsText = strings.hits;
