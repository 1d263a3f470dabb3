/** What a row of the outline says. Pure. */

import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { ago, hitsText, turnsText } from '../scene/amounts.ts';
import * as strings from '../strings.ts';
import type { OutlineRow } from './outline-rows.ts';

/** What stands before the words: what kind of row it is. */
export function leadOf({ kind, version, reply, turns, aside }: OutlineRow): string {
  if (aside && kind === 'branch') return strings.rowAside;
  if (kind === 'run') return turnsText(turns);
  if (kind === 'reply') return strings.rowReply(reply ?? 1);
  if (kind === 'turn') return '';
  if (version) return (version.branch ? strings.rowBranch : strings.rowVersion)(version.n);
  return reply ? strings.rowFromReply(reply) : strings.rowABranch;
}

/** What stands behind them: how much, and from when. */
export function metaOf({ kind, turns, time, live }: OutlineRow, now: number): string {
  if (kind === 'turn' || kind === 'run') return '';
  const when = live > 0 ? '' : ago(time, now);
  const much = kind === 'branch' ? turnsText(turns) : '';
  return [much, when].filter(Boolean).join(' · ');
}

/** It has marks that stand on a line of their own, so that its words are whole. */
export function isMarked(
  { label, star, summary, hidden, fork, version, live, here, next }: OutlineRow,
  found: boolean,
): boolean {
  const counted = fork && version !== undefined;
  return (
    found ||
    counted ||
    live > 0 ||
    here ||
    [label, star, summary, hidden, next].some((mark) => mark !== undefined)
  );
}

interface RowMarks {
  /** How much was found in it. */
  readonly hits?: number;
  /** It is selected, with others. */
  readonly picked?: boolean;
  /** A reply in it waits for the reader. */
  readonly asks?: boolean;
}

/** The row's accessible name: all it shows, in reading order. */
export function rowName(
  row: OutlineRow,
  now: number,
  { hits = 0, picked = false, asks = false }: RowMarks = {},
): string {
  const { title, version, fork, live, here, label, star, summary, since, hidden, next } = row;
  const among =
    fork && version && (version.branch ? strings.rowBranchOf : strings.rowVersionOf)(version.n, version.of);
  const writing = live > 1 ? strings.liveSeveral(live) : live === 1 && strings.rowLive;
  return [
    leadOf(row),
    plainLine(title),
    label && strings.rowLabel(label),
    star && strings.rowStarred,
    summary && strings.rowSummary,
    since && strings.filesChanged(since),
    row.faded && strings.rowFaded,
    hidden !== undefined && strings.rowHidden(hidden),
    hits > 0 && hitsText(hits),
    metaOf(row, now),
    among,
    writing,
    asks && strings.rowAsks,
    here && strings.rowReading,
    next && strings.rowNext,
    picked && strings.rowSelected,
  ]
    .filter(Boolean)
    .join(', ');
}
