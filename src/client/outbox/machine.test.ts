import { describe, expect, it } from 'vitest';
import { type Phase, type SendEvent, type SendState, step } from './machine.ts';

const events = {
  start: { kind: 'start' },
  created: { kind: 'created' },
  accepted: { kind: 'accepted', forked: true },
  lost: { kind: 'lost' },
  refused: { kind: 'refused', problem: 'No.', code: 'no' },
  due: { kind: 'due' },
  connected: { kind: 'connected' },
  again: { kind: 'again' },
  discard: { kind: 'discard' },
  release: { kind: 'release' },
  stall: { kind: 'stall' },
  resume: { kind: 'resume' },
} as const satisfies Record<string, SendEvent>;

const none = {
  start: '',
  created: '',
  accepted: '',
  lost: '',
  refused: '',
  due: '',
  connected: '',
  again: '',
  discard: '',
  release: '',
  stall: '',
  resume: '',
};

/** "phase then | actions" for each event in each phase; empty where nothing happens. The conversation is known. */
const table: Record<Phase, Record<keyof typeof events, string>> = {
  held: { ...none, release: 'queued | save', stall: 'stalled', discard: 'gone | forget' },
  stalled: { ...none, release: 'queued | save', resume: 'held', discard: 'gone | forget' },
  queued: { ...none, start: 'sending | send', discard: 'gone | forget' },
  creating: {
    ...none,
    created: 'sending | save | send',
    lost: 'waiting | wait 500',
    refused: 'refused | save',
  },
  sending: {
    ...none,
    accepted: 'accepted | forget | report true',
    lost: 'waiting | wait 500',
    refused: 'refused | save',
  },
  waiting: {
    ...none,
    due: 'sending | send',
    connected: 'sending | send',
    again: 'sending | send',
    discard: 'gone | forget',
  },
  refused: { ...none, again: 'sending | send', discard: 'gone | forget' },
  accepted: none,
  gone: none,
};

const told = ({ kind, ...rest }: { kind: string }) => [kind, ...Object.values(rest)].join(' ');

describe('a send', () => {
  for (const [phase, cells] of Object.entries(table)) {
    it.each(Object.entries(cells))(`${phase}: %s`, (event, expected) => {
      const before: SendState = { phase: phase as Phase, create: phase === 'creating', attempt: 0 };
      const { state, actions } = step(before, events[event as keyof typeof events]);
      expect(state === before ? '' : [state.phase, ...actions.map(told)].join(' | ')).toBe(expected);
    });
  }

  it('creates a new conversation first, every time until that is done', () => {
    const fresh: SendState = { phase: 'queued', create: true, attempt: 0 };
    const creating = step(fresh, events.start).state;
    expect(creating.phase).toBe('creating');
    const waiting = step(creating, events.lost).state;
    expect(step(waiting, events.due).actions).toEqual([{ kind: 'create' }]);
    const sending = step(creating, events.created).state;
    const lost = step(sending, events.lost).state;
    expect(step(lost, events.connected).actions).toEqual([{ kind: 'send' }]);
  });

  it('waits longer after each loss, 4 s at most, and forgets that when a person tries again', () => {
    let state: SendState = { phase: 'sending', create: false, attempt: 0 };
    const waits: unknown[] = [];
    for (let i = 0; i < 5; i += 1) {
      const lost = step(state, events.lost);
      waits.push(lost.actions[0]);
      state = step(lost.state, events.due).state;
    }
    expect(waits.map((wait) => (wait as { ms: number }).ms)).toEqual([500, 1000, 2000, 4000, 4000]);
    const waiting = step(state, events.lost).state;
    const again = step(waiting, events.again).state;
    expect(step(again, events.lost).actions).toEqual([{ kind: 'wait', ms: 500 }]);
  });

  it('drops the problem when it is tried again', () => {
    const refused = step({ phase: 'sending', create: false, attempt: 0 }, events.refused).state;
    expect(refused).toMatchObject({ problem: 'No.', code: 'no' });
    expect(step(refused, events.again).state).toEqual({ phase: 'sending', create: false, attempt: 0 });
  });
});
