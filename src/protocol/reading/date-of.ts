/** The last moment a date can name, in ms since the epoch (ECMAScript, "Time Values"). */
const LAST = 8.64e15;

/** A time of a stream as a date that can be written: streams may say any number. */
export function dateOf(time: number): Date {
  return new Date(Math.min(Math.max(time, -LAST), LAST));
}
