/**
 * The generation as a pure machine: `step(state, event, at)` gives the next state and what to do about it. An event that
 * means nothing in a state leaves it as it is, the same object. Effects live in run.ts; the table is tested cell by cell.
 *
 * At most one call to the engine is under way. What is said meanwhile is coalesced and goes with the next write; what was
 * not acknowledged is repeated as it was. The log gets exactly one end, unless the engine does not come back: then the
 * generation is left to repair, which ends it as interrupted.
 */
import { REPLY_LIMIT, REPLY_PARTS_LIMIT } from '../../protocol/limits.ts';
import type { Finish } from '../../tree/index.ts';
import { answered, emptied, handed, noWords, type PartsSoFar, say } from './parts-so-far.ts';
import type { ReplyEntry } from './port.ts';
import {
  CUT,
  EMPTY,
  EMPTY_AT_LIMIT,
  NOTHING_TO_ADD,
  noTool,
  ONLY_THOUGHTS,
  STALLED,
  THOUGHT_TO_LIMIT,
  THOUGHT_TOO_LONG,
  TOO_LONG,
} from './sentences.ts';
import type {
  Action,
  EndingState,
  Event,
  GenerationState,
  GenerationStep,
  LogSize,
  Open,
  Outcome,
  TimerName,
} from './states.ts';

/** Failures in a row after which the engine is given up: about 80 s with the pauses of timing.ts. */
export const ATTEMPTS = 20;

/** How every generation begins. */
export const start: GenerationStep = {
  state: { kind: 'opening', call: 'busy', attempt: 0, outcome: null },
  actions: [{ kind: 'open' }],
};

/** @param at when the event happened, ms since the epoch: becomes the end's time. */
export function step(state: GenerationState, event: Event, at: number): GenerationStep {
  switch (state.kind) {
    case 'opening':
      return inOpening(state, event, at);
    case 'waiting':
    case 'writing':
    case 'asking':
      return state.stopping ? inStopping(state, event, at) : inOpen(state, event, at);
    case 'ending':
      return inEnding(state, event);
    case 'settling':
      return inSettling(state, event);
    case 'ended':
      return same(state);
  }
}

const same = (state: GenerationState): GenerationStep => ({ state, actions: [] });
const arm = (timer: Exclude<TimerName, 'retry'>): Action => ({ kind: 'arm', timer });
const QUIET: readonly Action[] = (['flush', 'silence', 'stall', 'retry', 'patience'] as const).map(
  (timer) => ({
    kind: 'disarm',
    timer,
  }),
);

function inOpening(
  state: Extract<GenerationState, { kind: 'opening' }>,
  event: Event,
  at: number,
): GenerationStep {
  switch (event.kind) {
    case 'opened': {
      if (state.call !== 'busy') return same(state);
      const open: Open = {
        kind: 'waiting',
        call: 'idle',
        attempt: 0,
        words: noWords,
        sent: [],
        size: { said: 0, whole: 0 },
        paced: false,
        stopping: false,
      };
      if (state.outcome) return end(open, state.outcome);
      return { state: open, actions: [{ kind: 'ask' }, arm('silence'), arm('stall')] };
    }
    case 'stop':
      return state.outcome
        ? same(state)
        : same({ ...state, outcome: { finish: { reason: event.reason, at } } });
    case 'engine-failed':
      return failed(state, event.again);
    case 'retry':
      return repeat(state, { kind: 'open' });
    default:
      return same(state);
  }
}

/** A log that is full ends the reply, whatever came: all that was said is in it. */
function inOpen(state: Open, event: Event, at: number): GenerationStep {
  const next = within(state, event, at);
  const after = next.state;
  if (!('size' in after) || after === state || !isFull(after.size)) return next;
  const { words, stopping } = after;
  const failure = words.spoke || !words.thought ? TOO_LONG : THOUGHT_TOO_LONG;
  const finish: Finish = stopping ? { reason: 'stopped', at } : { reason: 'failed', at, failure };
  return end(after, { finish }, [...next.actions, { kind: 'abort' }]);
}

function within(state: Open, event: Event, at: number): GenerationStep {
  switch (event.kind) {
    case 'text':
    case 'reasoning':
    case 'recast':
    case 'tool':
    case 'file':
    case 'unread':
    case 'begun':
    case 'part':
    case 'question':
      return said(state, say(state.words, event));
    case 'withdrawn':
      return resumed(state, answered(state.words, event.question, { option: null }, at));
    case 'answer': {
      const words = answered(state.words, event.question, event, at);
      return resumed(state, words, [{ ...event, kind: 'answer' }]);
    }
    case 'alive':
      return { state, actions: patience(state) };
    case 'finish':
      return end(state, {
        finish: finishOf(state, event.length, at),
        ...(event.usage && { usage: event.usage }),
      });
    case 'turn-failed':
      return end(state, { finish: { reason: 'failed', at, failure: event.failure } });
    case 'turn-cut':
      return end(state, { finish: { reason: 'failed', at, failure: CUT } });
    case 'stall':
      // Its timer may have fired just before the question came.
      if (state.kind === 'asking') return same(state);
      return end(state, { finish: { reason: 'failed', at, failure: STALLED } }, [{ kind: 'abort' }]);
    case 'stop':
      if (event.cancels) {
        const actions: Action[] = [{ kind: 'cancel' }, { kind: 'disarm', timer: 'stall' }, arm('patience')];
        return { state: { ...state, stopping: true }, actions };
      }
      return end(state, { finish: { reason: event.reason, at } }, [{ kind: 'abort' }]);
    case 'flush':
      return state.paced ? flush({ ...state, paced: false }) : same(state);
    case 'silence':
      return beat(state);
    case 'written':
      if (state.call !== 'busy') return same(state);
      return flush({ ...state, call: 'idle', attempt: 0, sent: [] }, [arm('silence')]);
    case 'fenced':
      return state.call === 'busy' ? settle([{ kind: 'abort' }, ...QUIET]) : same(state);
    case 'engine-failed':
      return failed(state, event.again, [{ kind: 'abort' }, ...QUIET]);
    case 'retry':
      return repeat(state, { kind: 'write', entries: state.sent });
    default:
      return same(state);
  }
}

/** What was said while it ends its turn is still written; however the turn ends, the reply was stopped. */
function inStopping(state: Open, event: Event, at: number): GenerationStep {
  const finish: Finish = { reason: 'stopped', at };
  switch (event.kind) {
    case 'finish':
      return end(state, { finish, ...(event.usage && { usage: event.usage }) });
    case 'turn-failed':
    case 'turn-cut':
      return end(state, { finish });
    case 'patience':
      return end(state, { finish }, [{ kind: 'abort' }]);
    case 'stop':
      // Another stop from a person changes nothing: they press twice, or two do.
      return event.cancels
        ? same(state)
        : end(state, { finish: { reason: event.reason, at } }, [{ kind: 'abort' }]);
    case 'answer':
    case 'stall':
      return same(state);
    default:
      return inOpen(state, event, at);
  }
}

/** A change of part does not wait for the flush timer. */
function said(state: Open, words: PartsSoFar): GenerationStep {
  if (words === state.words) return { state, actions: patience(state) };
  return spoken(state, words, state.paced && words.parts > state.words.parts);
}

/** Nor does an answer; what is not asked, or not offered, is no answer. */
function resumed(state: Open, words: PartsSoFar, actions: readonly Action[] = []): GenerationStep {
  if (words === state.words) return same(state);
  return spoken(state, words, state.paced, actions);
}

function spoken(
  state: Open,
  words: PartsSoFar,
  atOnce: boolean,
  actions: readonly Action[] = [],
): GenerationStep {
  const kind = words.open.size > 0 ? 'asking' : 'writing';
  const next: Open = { ...state, kind, words, paced: state.paced && !atOnce };
  const turned = (kind === 'asking') !== (state.kind === 'asking');
  return flush(next, [
    ...actions,
    ...patience(next, turned),
    ...(turned ? [{ kind: 'asks', asks: kind === 'asking' } as const] : []),
    ...(atOnce ? [{ kind: 'disarm', timer: 'flush' } as const] : []),
  ]);
}

/** A counterpart that said something has another minute; a person, and one that was told to stop, have other clocks. */
function patience({ kind, stopping }: Open, turned = false): readonly Action[] {
  if (stopping) return [];
  if (kind === 'asking') return turned ? [{ kind: 'disarm', timer: 'stall' }] : [];
  return [arm('stall')];
}

/** Writes what waits, if nothing keeps it: the flush timer, or a write under way. */
function flush(state: Open, actions: readonly Action[] = []): GenerationStep {
  if (state.paced || state.call !== 'idle' || state.words.queue.length === 0) return { state, actions };
  const entries = handed(state.words);
  const words = emptied(state.words);
  const size = sizeWith(state.size, entries);
  if (entries.length === 0) return { state: { ...state, words }, actions };
  return {
    state: { ...state, call: 'busy', words, sent: entries, size, paced: true },
    actions: [...actions, { kind: 'write', entries }, arm('flush')],
  };
}

function sizeWith(before: LogSize, entries: readonly ReplyEntry[]): LogSize {
  let { said, whole } = before;
  for (const entry of entries) {
    if (entry.kind === 'delta') said += entry.text.length;
    else if (entry.kind === 'part') whole += JSON.stringify(entry.whole).length;
    else if (entry.kind === 'tool') said += JSON.stringify(entry).length;
  }
  return { said, whole };
}

const isFull = ({ said, whole }: LogSize): boolean => said >= REPLY_LIMIT || whole >= REPLY_PARTS_LIMIT;

function beat(state: Open): GenerationStep {
  if (state.call !== 'idle' || state.words.queue.length > 0) return same(state);
  const sent = [{ kind: 'beat' }] as const;
  return { state: { ...state, call: 'busy', sent }, actions: [{ kind: 'write', entries: sent }] };
}

function finishOf({ words }: Open, length: boolean | undefined, at: number): Finish {
  if (!words.spoke && !words.thought && words.begun) return { reason: 'failed', at, failure: NOTHING_TO_ADD };
  if (!words.spoke) {
    const [whole, cut] = words.thought ? [ONLY_THOUGHTS, THOUGHT_TO_LIMIT] : [EMPTY, EMPTY_AT_LIMIT];
    return { reason: 'failed', at, failure: length ? cut : whole };
  }
  if (words.asks !== null) return { reason: 'failed', at, failure: noTool(words.asks) };
  return { reason: 'complete', at, ...(length && { length }) };
}

/** All that waits goes with the end; a write under way is waited for, so that none of it is written twice or lost. */
function end(state: Open, outcome: Outcome, actions: readonly Action[] = []): GenerationStep {
  const ending: EndingState = {
    kind: 'ending',
    call: 'busy',
    attempt: 0,
    outcome,
    entries: [...state.sent, ...handed(state.words)],
    sent: state.sent.length,
    last: false,
  };
  if (state.call === 'busy') return { state: ending, actions: [...actions, ...QUIET] };
  return post(ending, [...actions, ...QUIET]);
}

function post(state: EndingState, actions: readonly Action[] = []): GenerationStep {
  const { entries, outcome } = state;
  return {
    state: { ...state, call: 'busy', last: true },
    actions: [...actions, { kind: 'end', entries, ...outcome }],
  };
}

function inEnding(state: EndingState, event: Event): GenerationStep {
  const writing = state.call === 'busy' && !state.last;
  switch (event.kind) {
    case 'written':
      return writing ? post({ ...state, entries: state.entries.slice(state.sent), sent: 0 }) : same(state);
    case 'fenced':
      return writing ? settle() : same(state);
    case 'ended':
      return state.call === 'busy' && state.last ? settle() : same(state);
    case 'engine-failed':
      // The end repeats the entries of the write that failed: no need to repeat the write first.
      return writing && event.again ? post(state) : failed(state, event.again);
    case 'retry':
      return state.call === 'again' ? post(state) : same(state);
    default:
      return same(state);
  }
}

function settle(actions: readonly Action[] = []): GenerationStep {
  return { state: { kind: 'settling', call: 'busy', attempt: 0 }, actions: [...actions, { kind: 'settle' }] };
}

function inSettling(state: Extract<GenerationState, { kind: 'settling' }>, event: Event): GenerationStep {
  switch (event.kind) {
    case 'settled':
      return state.call === 'busy' ? same({ kind: 'ended', left: false }) : same(state);
    case 'engine-failed':
      return failed(state, event.again);
    case 'retry':
      return repeat(state, { kind: 'settle' });
    default:
      return same(state);
  }
}

/** Tries again later, or gives up and lets go of everything. */
function failed(
  state: Exclude<GenerationState, { kind: 'ended' }>,
  again: boolean,
  letGo: readonly Action[] = [],
): GenerationStep {
  if (state.call !== 'busy') return same(state);
  const attempt = state.attempt + 1;
  if (!again || attempt > ATTEMPTS) return { state: { kind: 'ended', left: true }, actions: letGo };
  return { state: { ...state, call: 'again', attempt }, actions: [{ kind: 'arm', timer: 'retry', attempt }] };
}

function repeat(state: Exclude<GenerationState, { kind: 'ended' }>, action: Action): GenerationStep {
  return state.call === 'again' ? { state: { ...state, call: 'busy' }, actions: [action] } : same(state);
}
