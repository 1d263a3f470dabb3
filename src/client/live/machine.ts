/**
 * The live connection as a pure machine: `step(state, event, jitter) -> {state, actions}`. Effects are in connection.ts.
 *
 * ```
 *                 set not empty (after a short wait)                ready
 *        idle ───────────────────────────────────────▶ connecting ───────▶ live ◀──────────┐
 *         ▲                                             ▲   │  ▲            │ │ set changed │ ready, or the
 *         │ set empty (from everywhere)      retry timer│   │  │            │ ▼             │ old one ended
 *                                            online     │   │  │ bye        │ changing ─────┘ first: connecting
 *                                            visible    │   │  │ offline    │    │
 *                                                       │   ▼  │ clock-jump ▼    │ lost, refused, silent
 *                                                      waiting ◀────────────┴────┘
 *
 *      live, connecting, changing, waiting ── hidden for long, no reply followed ───▶ paused ── visible ──▶ connecting
 * ```
 *
 * - `changing` has two connections: the old one delivers until the new one is ready, so nothing is late while the set
 *   changes. Events name their connection; those of a dropped one change nothing.
 * - The browser's `offline` is a hint, not a fact (the server may be on this machine): it makes us try at once.
 * - `online` while live renews the connection as a change of the set does: nobody tells of a dead one.
 * - A live one that was silent for long is replaced at once, as after a clock-jump.
 * - `attempt` counts the failures since the last `ready`.
 */
import { backoff } from '../../protocol/backoff.ts';
import { LIVE_BEAT, type LiveLine } from '../../protocol/index.ts';
import type { LiveFrame } from './messages.ts';

/** After this long without a line, in ms, a connection that was ready is dropped. */
const SILENCE = 2.5 * LIVE_BEAT;
/** The same until it is ready: nothing beats while the server reads what is there, from a storage that may be slow. */
const PATIENCE = 25_000;
/**
 * The same for one without an answer where old connections may have died: the browser may have taken one of those it keeps. Not
 * elsewhere: it may also wait for one of the six it has for a server.
 */
const SHORT_SILENCE = 4_000;
/** How long after being hidden the connection is dropped, in ms: once all tabs of the browser are hidden, or the one tab that has its own. */
export const HIDDEN_LONG = 60_000;
export const HIDDEN_SOON = 1000;
/** Changes of the set within so long, in ms, open one connection. */
const SETTLE = 20;
const FIRST_RETRY = 250;
/** The most between two attempts, in ms: within a second of the network at first, then once in a while. */
const LAST_RETRY = 1000;
const SLOW_RETRY = 5000;
/** That many attempts, about a minute, are quick. */
const QUICK_ATTEMPTS = 60;

export type Phase =
  /** Nothing is followed. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly connection: number; readonly attempt: number }
  | { readonly kind: 'live'; readonly connection: number }
  | { readonly kind: 'changing'; readonly old: number; readonly connection: number }
  /** `delay`: ms until the retry timer rings, counted from when this phase began. */
  | { readonly kind: 'waiting'; readonly attempt: number; readonly delay: number }
  | { readonly kind: 'paused' };

export interface LiveState {
  readonly phase: Phase;
  /** True while the set is empty: there is nothing to connect for. */
  readonly empty: boolean;
  readonly hidden: boolean;
  /** ms after which a hidden owner drops its connection. */
  readonly hiddenAfter: number;
  /** The number the next connection gets. */
  readonly next: number;
}

export type TimerName = 'settle' | 'retry' | 'hidden';

export type LiveEvent =
  | { readonly kind: 'set-changed'; readonly empty: boolean }
  | { readonly kind: 'settled' }
  /** The answer began, or a part of a line came: a large one may take long. */
  | { readonly kind: 'alive'; readonly connection: number }
  | { readonly kind: 'line'; readonly connection: number; readonly line: LiveLine }
  | { readonly kind: 'lost'; readonly connection: number }
  | { readonly kind: 'refused'; readonly connection: number; readonly status: number }
  /** The liveness timer of a connection rang. */
  | { readonly kind: 'silent'; readonly connection: number }
  | { readonly kind: 'retry' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'visible' }
  | { readonly kind: 'hidden' }
  /** The tab is hidden for long; `replying`: a reply is followed. */
  | { readonly kind: 'hidden-long'; readonly replying: boolean }
  /** The clock went on without us: the machine slept. */
  | { readonly kind: 'clock-jump' };

export type LiveAction =
  /** Open a connection with the set as it is now, and start its liveness timer: `patience` ms until it is answered. */
  | { readonly kind: 'open'; readonly connection: number; readonly patience: number }
  /** Let a connection go; its liveness timer too. Fine for one that has ended. */
  | { readonly kind: 'close'; readonly connection: number }
  /** Start a connection's liveness timer anew: `patience` ms until the next word. */
  | { readonly kind: 'listen'; readonly connection: number; readonly patience: number }
  /** Start a timer (anew). */
  | { readonly kind: 'start'; readonly timer: TimerName; readonly ms: number }
  | { readonly kind: 'cancel'; readonly timer: TimerName }
  | { readonly kind: 'deliver'; readonly line: LiveFrame | Extract<LiveLine, { kind: 'gone' }> };

export interface LiveStep {
  readonly state: LiveState;
  readonly actions: readonly LiveAction[];
}

export const initialState: LiveState = {
  phase: { kind: 'idle' },
  empty: true,
  hidden: false,
  hiddenAfter: HIDDEN_LONG,
  next: 1,
};

/** ms before attempt number `attempt` (from 1); `jitter` in [0, 1) takes up to half of it away. */
export function retryDelay(attempt: number, jitter: number): number {
  const most = attempt > QUICK_ATTEMPTS ? SLOW_RETRY : LAST_RETRY;
  const full = backoff(attempt - 1, FIRST_RETRY, most);
  return Math.round(full * (1 - jitter / 2));
}

/** One step. Pure; `jitter` in [0, 1) spreads the retries of many tabs. */
export function step(state: LiveState, event: LiveEvent, jitter: number): LiveStep {
  switch (event.kind) {
    case 'set-changed':
      return setChanged({ ...state, empty: event.empty });
    case 'settled':
      return settled(state);
    case 'alive':
      return has(state, event.connection) ? stay(state, listen(state, event.connection)) : stay(state);
    case 'line':
      return has(state, event.connection) ? heard(state, event.connection, event.line, jitter) : stay(state);
    case 'silent':
      return state.phase.kind === 'live' && has(state, event.connection)
        ? // It has died, and perhaps not alone.
          connect(state, 1, SHORT_SILENCE)
        : step(state, { kind: 'lost', connection: event.connection }, jitter);
    case 'lost':
    case 'refused':
      return has(state, event.connection) ? ended(state, event.connection, jitter) : stay(state);
    case 'retry':
      return state.phase.kind === 'waiting' ? connect(state, state.phase.attempt) : stay(state);
    case 'online':
      // What delivered before the network went may be dead without saying so: another takes its place once it is ready.
      return state.phase.kind === 'waiting' ? connect(state, 0, SHORT_SILENCE) : renewed(state);
    case 'visible':
      return seen({ ...state, hidden: false });
    case 'hidden':
      return stay({ ...state, hidden: true }, { kind: 'start', timer: 'hidden', ms: state.hiddenAfter });
    case 'hidden-long':
      return hiddenLong(state, event.replying);
    case 'offline':
    case 'clock-jump':
      return connections(state).length > 0 ? connect(state, 1, SHORT_SILENCE) : stay(state);
  }
}

function listen({ phase }: LiveState, connection: number): LiveAction {
  const { connection: newest } = phase as { connection?: number };
  const isReady = phase.kind === 'live' || connection !== newest;
  return { kind: 'listen', connection, patience: isReady ? SILENCE : PATIENCE };
}

function stay(state: LiveState, ...actions: LiveAction[]): LiveStep {
  return { state, actions };
}

/** The connections a phase has, the newest last. */
function connections({ phase }: LiveState): readonly number[] {
  if (phase.kind === 'changing') return [phase.old, phase.connection];
  return phase.kind === 'connecting' || phase.kind === 'live' ? [phase.connection] : [];
}

function has(state: LiveState, connection: number): boolean {
  return connections(state).includes(connection);
}

function closing(state: LiveState): LiveAction[] {
  return connections(state).map((connection) => ({ kind: 'close', connection }));
}

function setChanged(state: LiveState): LiveStep {
  const { phase } = state;
  if (state.empty) {
    const timers: LiveAction[] = [
      { kind: 'cancel', timer: 'settle' },
      { kind: 'cancel', timer: 'retry' },
    ];
    return stay({ ...state, phase: { kind: 'idle' } }, ...closing(state), ...timers);
  }
  // A retry takes the set as it then is; a paused tab will when it comes back.
  if (phase.kind === 'waiting' || phase.kind === 'paused') return stay(state);
  const settle: LiveAction = { kind: 'start', timer: 'settle', ms: SETTLE };
  if (phase.kind !== 'idle' || !state.hidden) return stay(state, settle);
  return stay(state, settle, { kind: 'start', timer: 'hidden', ms: state.hiddenAfter });
}

/** The set has come to rest: connect with it, keeping what delivers now until the new connection is ready. */
function settled(state: LiveState, patience = PATIENCE): LiveStep {
  const { phase, empty, next } = state;
  if (empty) return stay(state);
  switch (phase.kind) {
    case 'idle':
      return connect(state, 0);
    case 'connecting':
      return connect(state, phase.attempt);
    case 'live':
    case 'changing': {
      const old = phase.kind === 'live' ? phase.connection : phase.old;
      const dropped: LiveAction[] =
        phase.kind === 'changing' ? [{ kind: 'close', connection: phase.connection }] : [];
      const changed = {
        ...state,
        next: next + 1,
        phase: { kind: 'changing', old, connection: next } as const,
      };
      return stay(changed, ...dropped, { kind: 'open', connection: next, patience });
    }
    default:
      return stay(state);
  }
}

/** Opens another connection where one is live, keeping it until the new one is ready. */
function renewed(state: LiveState): LiveStep {
  return state.phase.kind === 'live' ? settled(state, SHORT_SILENCE) : stay(state);
}

/** Drops every connection and opens one with the set as it is. */
function connect(state: LiveState, attempt: number, patience = PATIENCE): LiveStep {
  const { next: connection } = state;
  return stay(
    { ...state, next: connection + 1, phase: { kind: 'connecting', connection, attempt } },
    ...closing(state),
    { kind: 'cancel', timer: 'settle' },
    { kind: 'cancel', timer: 'retry' },
    { kind: 'open', connection, patience },
  );
}

function heard(state: LiveState, connection: number, line: LiveLine, jitter: number): LiveStep {
  switch (line.kind) {
    case 'frame':
    case 'gone':
      return stay(state, listen(state, connection), { kind: 'deliver', line });
    case 'beat':
      return stay(state, listen(state, connection));
    case 'ready':
      return ready(state, connection);
    case 'bye':
      // Only one that was ready is replaced at once: a server that says bye to everybody must not be hammered.
      return state.phase.kind === 'live' ? connect(state, 0) : ended(state, connection, jitter);
  }
}

function ready(state: LiveState, connection: number): LiveStep {
  const { phase } = state;
  if (phase.kind === 'changing' && connection === phase.old) return stay(state, listen(state, connection));
  const old: LiveAction[] = phase.kind === 'changing' ? [{ kind: 'close', connection: phase.old }] : [];
  const live = { ...state, phase: { kind: 'live', connection } as const };
  return stay(live, ...old, listen(live, connection));
}

/** A connection ended without being asked to. */
function ended(state: LiveState, connection: number, jitter: number): LiveStep {
  const { phase } = state;
  if (phase.kind === 'changing' && connection === phase.old) {
    const { connection: left } = phase;
    const phaseThen: Phase = { kind: 'connecting', connection: left, attempt: 0 };
    return stay({ ...state, phase: phaseThen }, { kind: 'close', connection });
  }
  const attempt = (phase.kind === 'connecting' ? phase.attempt : 0) + 1;
  const delay = retryDelay(attempt, jitter);
  return stay(
    { ...state, phase: { kind: 'waiting', attempt, delay } },
    ...closing(state),
    { kind: 'cancel', timer: 'settle' },
    { kind: 'start', timer: 'retry', ms: delay },
  );
}

function seen(state: LiveState): LiveStep {
  const cancel: LiveAction = { kind: 'cancel', timer: 'hidden' };
  const { phase } = state;
  if (phase.kind !== 'waiting' && phase.kind !== 'paused') return stay(state, cancel);
  const connected = connect(state, 0);
  return { ...connected, actions: [cancel, ...connected.actions] };
}

function hiddenLong(state: LiveState, replying: boolean): LiveStep {
  if (!state.hidden || state.phase.kind === 'idle' || state.phase.kind === 'paused') return stay(state);
  if (replying) return stay(state, { kind: 'start', timer: 'hidden', ms: state.hiddenAfter });
  return stay(
    { ...state, phase: { kind: 'paused' } },
    ...closing(state),
    { kind: 'cancel', timer: 'settle' },
    { kind: 'cancel', timer: 'retry' },
  );
}
