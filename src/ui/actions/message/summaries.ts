/** Where a summary can be said, what it would stand for, and what is done with one that was (docs/protocol.md, "Kinds of forks"). */
import { FileText } from 'lucide-react';
import type { ConversationView } from '../../../client/types.ts';
import {
  coveredBy,
  hasPosition,
  isSummary,
  lastTurns,
  type MessageHeader,
  pathTo,
  summarised,
} from '../../../tree/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import * as strings from '../strings/messages.ts';
import type { MessageAction, OnMessage } from './on-message.ts';
import { turnOf } from './turn.ts';

/** A place for a summary at the end of a path. */
export interface SummaryPlace {
  /** It follows this reply, past summaries nothing was said under. */
  readonly after: string;
  /** From the first message to there. */
  readonly headers: readonly MessageHeader[];
  /** How many turns there are: one at least is summarised. */
  readonly turns: number;
}

type EndOfPath = Pick<ConversationView, 'tree' | 'path' | 'tip' | 'live'>;

/** Where one would go now, or why none can. */
export function summaryPlace({ tree, path, tip, live }: EndOfPath): SummaryPlace | string {
  if (live) return strings.summaryAfterReply;
  const last = path.at(-1);
  if (last?.kind === 'pending' && last.pending.state !== 'refused') return strings.summaryAfterMessage;
  const chain = pathTo(tree, tip).flatMap((id) => tree.messages.get(id) ?? []);
  const headers = chain.slice(0, chain.findLastIndex((header) => !isSummary(header)) + 1);
  const end = headers.at(-1);
  const turns = headers.filter(({ role }) => role === 'user').length;
  if (!end || turns === 0) return strings.nothingToSummarise;
  return end.role === 'user' ? strings.summaryNeedsReply : { after: end.id, headers, turns };
}

/** How many messages a summary there would stand for. */
export function countFor({ headers }: SummaryPlace, keep: number): number {
  if (!coveredBy(headers, keep)) return 0;
  const said = headers.filter((header) => header.role !== 'system');
  return said.slice(0, lastTurns(said, said.length, keep)).filter(hasPosition).length;
}

/** How many turns there are behind what a summary stands for: what another in its place keeps. */
export function turnsBehind({ headers }: SummaryPlace, summary: MessageHeader): number {
  const at = headers.findIndex(({ id }) => id === summary.summary?.to);
  return headers.slice(at + 1).filter(({ role }) => role === 'user').length;
}

/** Said right after a message, or after the reply of its turn. */
function summaryAfter({ page: { view }, message }: OnMessage): string | undefined {
  const after = summarised(view.tree);
  return after.get(message) ?? after.get(turnOf(view, message).reply ?? '');
}

/** What stands for all before it, from a card, a row or the message it follows. */
export const readSummary: MessageAction = {
  id: 'read-summary',
  name: strings.readSummary,
  icon: FileText,
  group: 'look',
  where: ['menu'],
  when: (on) => summaryAfter(on) !== undefined,
  run: (on) => {
    const summary = summaryAfter(on);
    if (summary) openDialog({ kind: 'read-summary', message: summary });
  },
};
