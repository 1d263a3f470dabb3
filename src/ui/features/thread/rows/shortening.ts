/**
 * Whenever an action shortens the visible path, its new end says what is elsewhere (tree rule 6). Found by comparing the path with the
 * one before: where they part, the other way may be longer. Pure.
 */
import { type Tree, versionOrBranch, versionsOf } from '../../../../tree/index.ts';
import * as strings from '../strings.ts';
import type { Row } from './rows.ts';

/** What is not shown any more, because of another version in its place. */
export interface LeftBehind {
  /** The row both ways follow; undefined: the beginning of the conversation. */
  readonly fork: string | undefined;
  /** The message that leads there. */
  readonly version: string;
  /** How many messages follow it there. */
  readonly later: number;
  /** How many messages of a person were below the fork: one more, and the talk goes on here. */
  readonly asked: number;
}

export interface Shortening {
  /** The path to compare with. */
  readonly rows: readonly Row[];
  readonly left?: LeftBehind;
}

export const whole: Shortening = { rows: [] };

/** The next state when the path has become `rows`; the same object when nothing is new. */
export function shorten(before: Shortening, rows: readonly Row[]): Shortening {
  if (rows === before.rows) return before;
  const at = before.rows.findIndex(({ key }, index) => rows[index]?.key !== key);
  // It grew, or lost its end for as long as what takes its place is on its way.
  if (at < 0) return { rows, ...stillWorthAWord(before.left, rows) };
  if (at >= rows.length) return { rows: before.rows, ...stillWorthAWord(before.left, rows) };
  const gone = before.rows[at] as Row;
  const here = rows[at] as Row;
  const old = stillWorthAWord(before.left, rows, true).left;
  const fork = rows[at - 1]?.key;
  const asked = askedBelow(rows, at);
  // What has no position takes no message's place: the one that stood there is among what is elsewhere.
  const later = gone.later + (here.position === undefined && gone.position !== undefined ? 1 : 0);
  const lost = later > here.later ? { fork, version: gone.key, later, asked } : undefined;
  // Of several ways left at one fork, the longest: the others are beside it in the picker.
  if (old && old.fork === fork && (!lost || old.later >= lost.later))
    return { rows, left: { ...old, asked } };
  if (lost) return { rows, left: lost };
  return { rows, ...(old && { left: old }) };
}

/** What was left is still worth a word: the fork is on the path, the other way is not, it is longer, and nobody went on here. */
function stillWorthAWord(
  left: LeftBehind | undefined,
  rows: readonly Row[],
  switched = false,
): Pick<Shortening, 'left'> {
  if (!left) return {};
  const at = left.fork === undefined ? 0 : rows.findIndex(({ key }) => key === left.fork) + 1;
  if (at === 0 && left.fork !== undefined) return {};
  const here = rows[at];
  if (!here || here.key === left.version || here.later >= left.later) return {};
  return switched || askedBelow(rows, at) <= left.asked ? { left } : {};
}

const askedBelow = (rows: readonly Row[], at: number): number =>
  rows.slice(at).filter(({ role }) => role === 'user').length;

/** "14 messages continue on version 1". */
export function sentenceFor({ version, later }: LeftBehind, tree: Tree): string {
  const n = versionsOf(tree, version).indexOf(version) + 1;
  if (n === 0) return strings.continueOn(later, strings.anotherVersion);
  const numbered = versionOrBranch(tree, version) === 'branch' ? strings.branchNumber : strings.versionNumber;
  return strings.continueOn(later, numbered(n));
}
