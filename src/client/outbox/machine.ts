/**
 * One send on its way to the server, as a pure machine. Its ids never change, so every step can be repeated.
 *
 * ```
 *   queued ── start ──▶ creating ── created ──▶ sending ── accepted ──▶ accepted
 *        └───────── (conversation known) ────────▲  │ ▲
 *                        lost (creating, too) ◀─────┤ │ due, connected, again
 *                             waiting ──────────────┼─┘
 *                        refused (creating, too) ◀──┘   again: as start
 *
 *   held ── release ──▶ queued          held: in the queue, until a reply is done
 *    │ ▲                    ▲            stalled: that did not come about; a person decides
 *  stall resume             │
 *    ▼ │                    │
 *   stalled ── release ─────┘
 *
 *   held, stalled, queued, waiting, refused ── discard ──▶ gone
 * ```
 */
import { backoff } from '../../protocol/backoff.ts';
import type { Problem } from '../../protocol/index.ts';
import type { PendingSend } from '../types.ts';

export type Phase =
  | 'held'
  | 'stalled'
  | 'queued'
  | 'creating'
  | 'sending'
  | 'waiting'
  | 'refused'
  | 'accepted'
  | 'gone';

export interface SendState {
  readonly phase: Phase;
  /** The conversation is still to be created. */
  readonly create: boolean;
  /** Attempts lost since one got through. */
  readonly attempt: number;
  /** With `refused`; with `waiting` where the server said what it waits for. */
  readonly problem?: string;
  readonly code?: string;
  readonly facts?: Problem['facts'];
}

interface Refused {
  readonly problem: string;
  readonly code: string;
  readonly facts?: Problem['facts'];
}

export type SendEvent =
  /** It is this send's turn: those before it in its conversation are through. */
  | { readonly kind: 'start' }
  | { readonly kind: 'created' }
  | { readonly kind: 'accepted'; readonly forked: boolean }
  /** No answer, or one that says "later". */
  | { readonly kind: 'lost'; readonly problem?: string }
  | ({ readonly kind: 'refused' } & Refused)
  /** The timer of `wait` rang. */
  | { readonly kind: 'due' }
  /** The server can be reached again. */
  | { readonly kind: 'connected' }
  /** A person tries again. */
  | { readonly kind: 'again' }
  | { readonly kind: 'discard' }
  /** What it was held for has come about, or a person wants it sent now. */
  | { readonly kind: 'release' }
  /** What it was held for will not come about by itself. */
  | { readonly kind: 'stall' }
  /** It may come about after all: the reply is written anew. */
  | { readonly kind: 'resume' };

export type SendAction =
  | { readonly kind: 'create' }
  | { readonly kind: 'send' }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Keep the send as it is now over reloads. */
  | { readonly kind: 'save' }
  | { readonly kind: 'forget' }
  | { readonly kind: 'report'; readonly forked: boolean };

export interface SendStep {
  readonly state: SendState;
  readonly actions: readonly SendAction[];
}

const FIRST_RETRY = 500;
const LAST_RETRY = 4000;

export const queued = (create: boolean): SendState => ({ phase: 'queued', create, attempt: 0 });
export const held: SendState = { phase: 'held', create: false, attempt: 0 };

/** In the queue: neither on its way nor in the thread. */
export const isHeld = (phase: Phase): phase is 'held' | 'stalled' => phase === 'held' || phase === 'stalled';

/** What the page is shown of a phase. */
export function shownState(phase: Phase): PendingSend['state'] {
  return phase === 'waiting' || phase === 'refused' || isHeld(phase) ? phase : 'sending';
}

export function step(state: SendState, event: SendEvent): SendStep {
  const { phase } = state;
  const inFlight = phase === 'creating' || phase === 'sending';
  const atRest = isHeld(phase) || phase === 'queued' || phase === 'waiting' || phase === 'refused';
  switch (event.kind) {
    case 'start':
      return phase === 'queued' ? go(state) : stay(state);
    case 'due':
    case 'connected':
      return phase === 'waiting' ? go(state) : stay(state);
    case 'again':
      return phase === 'waiting' || phase === 'refused' ? go({ ...queued(state.create) }) : stay(state);
    case 'created':
      return phase === 'creating' ? created : stay(state);
    case 'accepted':
      return phase === 'sending' ? accepted(state, event.forked) : stay(state);
    case 'lost':
      return inFlight ? lost(state, event.problem) : stay(state);
    case 'refused':
      return inFlight ? refused(state, event) : stay(state);
    case 'discard':
      return atRest ? { state: { ...state, phase: 'gone' }, actions: [{ kind: 'forget' }] } : stay(state);
    case 'release':
      return isHeld(phase) ? { state: queued(state.create), actions: [{ kind: 'save' }] } : stay(state);
    case 'stall':
      return phase === 'held' ? { state: { ...state, phase: 'stalled' }, actions: [] } : stay(state);
    case 'resume':
      return phase === 'stalled' ? { state: { ...state, phase: 'held' }, actions: [] } : stay(state);
  }
}

const stay = (state: SendState): SendStep => ({ state, actions: [] });

function go(state: SendState): SendStep {
  const phase = state.create ? 'creating' : 'sending';
  return { state: { ...state, phase }, actions: [{ kind: state.create ? 'create' : 'send' }] };
}

const created: SendStep = {
  state: { phase: 'sending', create: false, attempt: 0 },
  actions: [{ kind: 'save' }, { kind: 'send' }],
};

function accepted(state: SendState, forked: boolean): SendStep {
  const actions: SendAction[] = [{ kind: 'forget' }, { kind: 'report', forked }];
  return { state: { ...state, phase: 'accepted' }, actions };
}

function lost(state: SendState, problem: string | undefined): SendStep {
  const attempt = state.attempt + 1;
  const ms = backoff(state.attempt, FIRST_RETRY, LAST_RETRY);
  const why = problem === undefined ? {} : { problem };
  return {
    state: { phase: 'waiting', create: state.create, attempt, ...why },
    actions: [{ kind: 'wait', ms }],
  };
}

function refused({ create }: SendState, { problem, code, facts }: Refused): SendStep {
  const why = { problem, code, ...(facts && { facts }) };
  return { state: { phase: 'refused', create, attempt: 0, ...why }, actions: [{ kind: 'save' }] };
}
