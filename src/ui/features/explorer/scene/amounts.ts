/** How much and how long ago, in words. Pure. */

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
  return unit ? `${Math.floor(passed / unit[1])} ${unit[0]} ago` : 'now';
}

export const turnsText = (count: number): string => (count === 1 ? '1 turn' : `${count} turns`);

export const hitsText = (count: number): string => (count === 1 ? '1 hit' : `${count} hits`);
