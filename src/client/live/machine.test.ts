import { describe, expect, it } from 'vitest';
import type { LiveLine } from '../../protocol/index.ts';
import {
  initialState,
  type LiveAction,
  type LiveEvent,
  type LiveState,
  type Phase,
  retryDelay,
  step,
} from './machine.ts';

/** One state of each phase; the next connection is number 5. */
const phases = {
  idle: { kind: 'idle' },
  connecting: { kind: 'connecting', connection: 4, attempt: 2 },
  live: { kind: 'live', connection: 4 },
  changing: { kind: 'changing', old: 3, connection: 4 },
  waiting: { kind: 'waiting', attempt: 2, delay: 500 },
  paused: { kind: 'paused' },
} as const satisfies Record<string, Phase>;

const line = (connection: number, heard: LiveLine): LiveEvent => ({ kind: 'line', connection, line: heard });
const frame: LiveLine = { kind: 'frame', stream: 's', from: 'a', next: 'b', items: [] };

/** Numbers are connections: 3 is the old one of `changing`, dropped long ago elsewhere. */
const events = {
  'set-changed': { kind: 'set-changed', empty: false },
  'set-changed, empty': { kind: 'set-changed', empty: true },
  settled: { kind: 'settled' },
  'alive 4': { kind: 'alive', connection: 4 },
  'alive 3': { kind: 'alive', connection: 3 },
  'frame 4': line(4, frame),
  'frame 3': line(3, frame),
  'gone 4': line(4, { kind: 'gone', stream: 's' }),
  'beat 4': line(4, { kind: 'beat' }),
  'ready 4': line(4, { kind: 'ready' }),
  'ready 3': line(3, { kind: 'ready' }),
  'bye 4': line(4, { kind: 'bye' }),
  'bye 3': line(3, { kind: 'bye' }),
  'lost 4': { kind: 'lost', connection: 4 },
  'lost 3': { kind: 'lost', connection: 3 },
  'refused 4': { kind: 'refused', connection: 4, status: 503 },
  'silent 4': { kind: 'silent', connection: 4 },
  'silent 3': { kind: 'silent', connection: 3 },
  retry: { kind: 'retry' },
  online: { kind: 'online' },
  offline: { kind: 'offline' },
  visible: { kind: 'visible' },
  hidden: { kind: 'hidden' },
  'hidden-long': { kind: 'hidden-long', replying: false },
  'hidden-long, replying': { kind: 'hidden-long', replying: true },
  'clock-jump': { kind: 'clock-jump' },
} as const satisfies Record<string, LiveEvent>;

/** "phase then | actions", empty where nothing happens at all. */
const table: Record<keyof typeof events, Record<keyof typeof phases, string>> = {
  'set-changed': {
    idle: 'idle | start settle 20',
    connecting: 'connecting 4 2 | start settle 20',
    live: 'live 4 | start settle 20',
    changing: 'changing 3 4 | start settle 20',
    waiting: 'waiting 2 500',
    paused: 'paused',
  },
  'set-changed, empty': {
    idle: 'idle | cancel settle | cancel retry',
    connecting: 'idle | close 4 | cancel settle | cancel retry',
    live: 'idle | close 4 | cancel settle | cancel retry',
    changing: 'idle | close 3 | close 4 | cancel settle | cancel retry',
    waiting: 'idle | cancel settle | cancel retry',
    paused: 'idle | cancel settle | cancel retry',
  },
  settled: {
    idle: 'connecting 5 0 | cancel settle | cancel retry | open 5 25000',
    connecting: 'connecting 5 2 | close 4 | cancel settle | cancel retry | open 5 25000',
    live: 'changing 4 5 | open 5 25000',
    changing: 'changing 3 5 | close 4 | open 5 25000',
    waiting: '',
    paused: '',
  },
  'alive 3': {
    idle: '',
    connecting: '',
    live: '',
    changing: 'changing 3 4 | listen 3 12500',
    waiting: '',
    paused: '',
  },
  'alive 4': {
    idle: '',
    connecting: 'connecting 4 2 | listen 4 25000',
    live: 'live 4 | listen 4 12500',
    changing: 'changing 3 4 | listen 4 25000',
    waiting: '',
    paused: '',
  },
  'frame 4': {
    idle: '',
    connecting: 'connecting 4 2 | listen 4 25000 | deliver frame',
    live: 'live 4 | listen 4 12500 | deliver frame',
    changing: 'changing 3 4 | listen 4 25000 | deliver frame',
    waiting: '',
    paused: '',
  },
  'frame 3': {
    idle: '',
    connecting: '',
    live: '',
    changing: 'changing 3 4 | listen 3 12500 | deliver frame',
    waiting: '',
    paused: '',
  },
  'gone 4': {
    idle: '',
    connecting: 'connecting 4 2 | listen 4 25000 | deliver gone',
    live: 'live 4 | listen 4 12500 | deliver gone',
    changing: 'changing 3 4 | listen 4 25000 | deliver gone',
    waiting: '',
    paused: '',
  },
  'beat 4': {
    idle: '',
    connecting: 'connecting 4 2 | listen 4 25000',
    live: 'live 4 | listen 4 12500',
    changing: 'changing 3 4 | listen 4 25000',
    waiting: '',
    paused: '',
  },
  'ready 4': {
    idle: '',
    connecting: 'live 4 | listen 4 12500',
    live: 'live 4 | listen 4 12500',
    changing: 'live 4 | close 3 | listen 4 12500',
    waiting: '',
    paused: '',
  },
  'ready 3': {
    idle: '',
    connecting: '',
    live: '',
    changing: 'changing 3 4 | listen 3 12500',
    waiting: '',
    paused: '',
  },
  'bye 4': {
    idle: '',
    connecting: 'waiting 3 1000 | close 4 | cancel settle | start retry 1000',
    live: 'connecting 5 0 | close 4 | cancel settle | cancel retry | open 5 25000',
    changing: 'waiting 1 250 | close 3 | close 4 | cancel settle | start retry 250',
    waiting: '',
    paused: '',
  },
  'bye 3': {
    idle: '',
    connecting: '',
    live: '',
    changing: 'connecting 4 0 | close 3',
    waiting: '',
    paused: '',
  },
  'lost 4': {
    idle: '',
    connecting: 'waiting 3 1000 | close 4 | cancel settle | start retry 1000',
    live: 'waiting 1 250 | close 4 | cancel settle | start retry 250',
    changing: 'waiting 1 250 | close 3 | close 4 | cancel settle | start retry 250',
    waiting: '',
    paused: '',
  },
  'lost 3': {
    idle: '',
    connecting: '',
    live: '',
    changing: 'connecting 4 0 | close 3',
    waiting: '',
    paused: '',
  },
  'refused 4': {
    idle: '',
    connecting: 'waiting 3 1000 | close 4 | cancel settle | start retry 1000',
    live: 'waiting 1 250 | close 4 | cancel settle | start retry 250',
    changing: 'waiting 1 250 | close 3 | close 4 | cancel settle | start retry 250',
    waiting: '',
    paused: '',
  },
  'silent 4': {
    idle: '',
    connecting: 'waiting 3 1000 | close 4 | cancel settle | start retry 1000',
    live: 'connecting 5 1 | close 4 | cancel settle | cancel retry | open 5 4000',
    changing: 'waiting 1 250 | close 3 | close 4 | cancel settle | start retry 250',
    waiting: '',
    paused: '',
  },
  'silent 3': {
    idle: '',
    connecting: '',
    live: '',
    changing: 'connecting 4 0 | close 3',
    waiting: '',
    paused: '',
  },
  retry: {
    idle: '',
    connecting: '',
    live: '',
    changing: '',
    waiting: 'connecting 5 2 | cancel settle | cancel retry | open 5 25000',
    paused: '',
  },
  online: {
    idle: '',
    connecting: '',
    live: 'changing 4 5 | open 5 4000',
    changing: '',
    waiting: 'connecting 5 0 | cancel settle | cancel retry | open 5 4000',
    paused: '',
  },
  offline: {
    idle: '',
    connecting: 'connecting 5 1 | close 4 | cancel settle | cancel retry | open 5 4000',
    live: 'connecting 5 1 | close 4 | cancel settle | cancel retry | open 5 4000',
    changing: 'connecting 5 1 | close 3 | close 4 | cancel settle | cancel retry | open 5 4000',
    waiting: '',
    paused: '',
  },
  visible: {
    idle: 'idle | cancel hidden',
    connecting: 'connecting 4 2 | cancel hidden',
    live: 'live 4 | cancel hidden',
    changing: 'changing 3 4 | cancel hidden',
    waiting: 'connecting 5 0 | cancel hidden | cancel settle | cancel retry | open 5 25000',
    paused: 'connecting 5 0 | cancel hidden | cancel settle | cancel retry | open 5 25000',
  },
  hidden: {
    idle: 'idle | start hidden 60000',
    connecting: 'connecting 4 2 | start hidden 60000',
    live: 'live 4 | start hidden 60000',
    changing: 'changing 3 4 | start hidden 60000',
    waiting: 'waiting 2 500 | start hidden 60000',
    paused: 'paused | start hidden 60000',
  },
  'hidden-long': {
    idle: '',
    connecting: 'paused | close 4 | cancel settle | cancel retry',
    live: 'paused | close 4 | cancel settle | cancel retry',
    changing: 'paused | close 3 | close 4 | cancel settle | cancel retry',
    waiting: 'paused | cancel settle | cancel retry',
    paused: '',
  },
  'hidden-long, replying': {
    idle: '',
    connecting: 'connecting 4 2 | start hidden 60000',
    live: 'live 4 | start hidden 60000',
    changing: 'changing 3 4 | start hidden 60000',
    waiting: 'waiting 2 500 | start hidden 60000',
    paused: '',
  },
  'clock-jump': {
    idle: '',
    connecting: 'connecting 5 1 | close 4 | cancel settle | cancel retry | open 5 4000',
    live: 'connecting 5 1 | close 4 | cancel settle | cancel retry | open 5 4000',
    changing: 'connecting 5 1 | close 3 | close 4 | cancel settle | cancel retry | open 5 4000',
    waiting: '',
    paused: '',
  },
};

function told({ kind, ...rest }: Phase | LiveAction): string {
  if (kind === 'deliver') return `deliver ${(rest as { line: LiveLine }).line.kind}`;
  return [kind, ...Object.values(rest)].join(' ');
}

describe('the live connection', () => {
  for (const [event, cells] of Object.entries(table)) {
    it.each(Object.entries(cells))(`${event} in %s`, (phase, expected) => {
      const isEmpty = phase === 'idle' && event !== 'settled';
      const isHidden = event === 'visible' || event.startsWith('hidden-long');
      const before: LiveState = {
        ...initialState,
        phase: phases[phase as keyof typeof phases],
        empty: isEmpty,
        hidden: isHidden,
        next: 5,
      };
      const { state, actions } = step(before, events[event as keyof typeof events], 0);
      const result =
        state === before && actions.length === 0 ? '' : [told(state.phase), ...actions.map(told)].join(' | ');
      expect(result).toBe(expected);
    });
  }

  it('opens nothing for an empty set that came to rest', () => {
    expect(step(initialState, { kind: 'settled' }, 0)).toEqual({ state: initialState, actions: [] });
  });

  it('lets go in time when it is first used in a hidden tab', () => {
    const hidden = { ...initialState, hidden: true };
    const { actions } = step(hidden, { kind: 'set-changed', empty: false }, 0);
    expect(actions.map(told)).toEqual(['start settle 20', 'start hidden 60000']);
  });

  it('stays when the tab was shown again before it had been hidden for long', () => {
    const live: LiveState = { ...initialState, phase: phases.live, empty: false };
    expect(step(live, { kind: 'hidden-long', replying: false }, 0).state).toBe(live);
  });

  it('lets go as soon as it was told to', () => {
    const soon = { ...initialState, hiddenAfter: 1000 };
    expect(step(soon, { kind: 'hidden' }, 0).actions.map(told)).toEqual(['start hidden 1000']);
  });

  it('waits 0.25 s, doubling to 1 s, after a minute of failures 5 s, up to half less by jitter', () => {
    const delays = [1, 2, 3, 4, 60, 61, 9999].map((attempt) => retryDelay(attempt, 0));
    expect(delays).toEqual([250, 500, 1000, 1000, 1000, 5000, 5000]);
    expect(retryDelay(1, 0.999)).toBe(125);
  });

  it('counts failures from the last time it was ready', () => {
    const phase = { kind: 'connecting', connection: 4, attempt: 5 } as const;
    const far: LiveState = { ...initialState, phase, empty: false };
    const ready = step(far, events['ready 4'], 0).state;
    expect(step(ready, events['lost 4'], 0).state.phase).toEqual({ kind: 'waiting', attempt: 1, delay: 250 });
  });
});
