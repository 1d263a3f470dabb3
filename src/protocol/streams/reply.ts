/**
 * The fold of a reply's log (`c/{conversation}/g/{message}`) and the message it becomes. Pure; idempotent by `seq`;
 * the first `end` in the log wins and whatever follows it is ignored (docs/protocol.md, "Write order").
 */
import type { Finish, Generation, Usage } from '../../tree/index.ts';
import { VERSION } from '../fields.ts';
import { type Part, partSays } from '../parts/index.ts';
import { textOf } from '../text.ts';
import type { Message, ReplyItem } from './items.ts';
import { foldPart } from './part-log.ts';

/** What is known of a reply from its log. */
export interface Reply {
  /** From the `start` item; undefined until it was read. */
  readonly generation?: Generation;
  readonly parts: readonly Part[];
  /** The highest sequence number folded; -1 before the first. */
  readonly seq: number;
  readonly end?: Finish;
  readonly usage?: Usage;
  /** What the end says that this version does not know: it goes into the message. */
  readonly more?: object;
}

/** Where the fold of every log begins. */
export const emptyReply: Reply = { parts: [], seq: -1 };

/**
 * Folds items in log order; those already folded (by `seq`) are skipped. An end counts whatever its number: who ends a log
 * that somebody else writes may have counted less far. Returns the same object when nothing was new.
 */
export function foldReply(reply: Reply, items: Iterable<ReplyItem>): Reply {
  let next = reply;
  for (const item of items) {
    if (next.end || (item.seq <= next.seq && item.kind !== 'end')) continue;
    next = step(next, item);
  }
  return next;
}

function step(reply: Reply, item: ReplyItem): Reply {
  const base = { ...reply, seq: Math.max(reply.seq, item.seq) };
  switch (item.kind) {
    case 'start':
      return { ...base, generation: item.generation };
    case 'beat':
      return base;
    case 'end': {
      const { v, kind, seq, end, usage, ...more } = item;
      return { ...base, end, ...(usage && { usage }), ...(Object.keys(more).length > 0 && { more }) };
    }
    default: {
      const { part } = item;
      if (part === undefined) return base;
      return { ...base, parts: withPart(reply.parts, part, foldPart(reply.parts[part], { ...item, part })) };
    }
  }
}

function withPart(parts: readonly Part[], index: number, part: Part): readonly Part[] {
  const next = parts.slice();
  next[Math.min(index, parts.length)] = part;
  return next;
}

/** True when the reply says something: only then does it become a message (tree rule 7). What it begins with another has said. */
export function saysSomething({ generation, parts }: Reply): boolean {
  const begun = generation?.origin.begun ?? 0;
  if (begun === 0) return parts.some(partSays);
  const said = parts.filter(({ kind }) => kind !== 'text' && kind !== 'notice');
  return textOf(parts).length > begun || said.some(partSays);
}

/**
 * The message a closed log stands for, or null when it said nothing. A pure function of the log, so that any server may
 * redo it. Throws if the log has no start or no end.
 */
export function messageOf(reply: Reply): Message | null {
  const { generation, end } = reply;
  if (!generation || !end)
    throw new Error('The log of a reply needs its start and its end to become a message.');
  if (!saysSomething(reply)) return null;
  // How the model was asked, also what a later version says of that.
  const { id, parent, branch, at, model, name, demo, origin, started, end: _end, ...how } = generation;
  return {
    ...reply.more,
    ...how,
    v: VERSION,
    kind: 'message',
    id,
    parent,
    role: 'assistant',
    author: { kind: 'model', model, name, ...(demo && { demo }) },
    parts: [...reply.parts],
    origin,
    time: started,
    finish: end,
    ...(reply.usage && { usage: reply.usage }),
  };
}
