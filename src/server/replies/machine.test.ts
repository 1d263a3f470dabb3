import { describe, expect, test } from 'vitest';
import { ATTEMPTS, start, step } from './machine.ts';
import type { Action, Event, GenerationState } from './states.ts';

const AT = 1_000;

/** Every event, by a short name. */
const events = {
  opened: { kind: 'opened' },
  written: { kind: 'written' },
  fenced: { kind: 'fenced' },
  ended: { kind: 'ended' },
  settled: { kind: 'settled' },
  down: { kind: 'engine-failed', again: true },
  lost: { kind: 'engine-failed', again: false },
  text: { kind: 'text', text: 'word ' },
  reasoning: { kind: 'reasoning', text: 'thought ' },
  tool: { kind: 'tool', call: 'c1', name: 'search', input: '{}' },
  finish: { kind: 'finish', usage: { input: 3, output: 1 } },
  alive: { kind: 'alive' },
  failed: { kind: 'turn-failed', failure: { code: 'x', sentence: 'It failed.' } },
  cut: { kind: 'turn-cut' },
  stop: { kind: 'stop', reason: 'stopped' },
  flush: { kind: 'flush' },
  silence: { kind: 'silence' },
  stall: { kind: 'stall' },
  retry: { kind: 'retry' },
} satisfies Record<string, Event>;
type Name = keyof typeof events;
const names = Object.keys(events) as Name[];

function run(...path: Name[]): GenerationState {
  return path.reduce((state, name) => step(state, events[name], AT).state, start.state);
}

/** Every state that differs in what it does, by the events that lead to it. */
const states = {
  opening: run(),
  'opening, engine down': run('down'),
  'opening, stopped': run('stop'),
  waiting: run('opened'),
  'waiting, beat under way': run('opened', 'silence'),
  'waiting, engine down': run('opened', 'silence', 'down'),
  'writing, word under way': run('opened', 'text'),
  'writing, paced': run('opened', 'text', 'written'),
  'writing, paced, more waits': run('opened', 'text', 'written', 'text'),
  'writing, at rest': run('opened', 'text', 'written', 'flush'),
  'writing, engine down': run('opened', 'text', 'text', 'down'),
  'ending, word under way': run('opened', 'text', 'text', 'finish'),
  'ending, end under way': run('opened', 'text', 'written', 'finish'),
  'ending, engine down': run('opened', 'text', 'written', 'finish', 'down'),
  settling: run('opened', 'text', 'written', 'finish', 'ended'),
  'settling, engine down': run('opened', 'text', 'written', 'finish', 'ended', 'down'),
  ended: run('opened', 'text', 'written', 'finish', 'ended', 'settled'),
} satisfies Record<string, GenerationState>;

/** What each event does in each state: the next state, then the actions. What is not named does nothing at all. */
const table: Record<keyof typeof states, Partial<Record<Name, string>>> = {
  opening: {
    opened: 'waiting idle · ask · arm silence · arm stall',
    down: 'opening again · arm retry 1',
    lost: 'left',
    stop: 'opening busy (stopped)',
  },
  'opening, engine down': {
    stop: 'opening again (stopped)',
    retry: 'opening busy · open',
  },
  'opening, stopped': {
    opened: 'ending busy (stopped) · quiet · end []',
    down: 'opening again (stopped) · arm retry 1',
    lost: 'left',
  },
  waiting: {
    text: 'writing busy paced · arm stall · write [word ] · arm flush',
    reasoning: 'writing busy paced · arm stall · write [thought ] · arm flush',
    tool: 'writing busy paced · arm stall · write [tool] · arm flush',
    finish: 'ending busy (empty) · quiet · end []',
    alive: 'waiting idle · arm stall',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    silence: 'waiting busy · write [beat]',
    stall: 'ending busy (stalled) · abort · quiet · end []',
  },
  'waiting, beat under way': {
    written: 'waiting idle · arm silence',
    fenced: 'settling busy · abort · quiet · settle',
    down: 'waiting again · arm retry 1',
    lost: 'left · abort · quiet',
    text: 'writing busy · arm stall',
    reasoning: 'writing busy · arm stall',
    tool: 'writing busy · arm stall',
    finish: 'ending busy (empty) · quiet',
    alive: 'waiting busy · arm stall',
    failed: 'ending busy (x) · quiet',
    cut: 'ending busy (cut) · quiet',
    stop: 'ending busy (stopped) · abort · quiet',
    stall: 'ending busy (stalled) · abort · quiet',
  },
  'waiting, engine down': {
    text: 'writing again · arm stall',
    reasoning: 'writing again · arm stall',
    tool: 'writing again · arm stall',
    finish: 'ending busy (empty) · quiet · end [beat]',
    alive: 'waiting again · arm stall',
    failed: 'ending busy (x) · quiet · end [beat]',
    cut: 'ending busy (cut) · quiet · end [beat]',
    stop: 'ending busy (stopped) · abort · quiet · end [beat]',
    stall: 'ending busy (stalled) · abort · quiet · end [beat]',
    retry: 'waiting busy · write [beat]',
  },
  'writing, word under way': {
    written: 'writing idle paced · arm silence',
    fenced: 'settling busy · abort · quiet · settle',
    down: 'writing again paced · arm retry 1',
    lost: 'left · abort · quiet',
    text: 'writing busy paced · arm stall',
    reasoning: 'writing busy · arm stall · off flush',
    tool: 'writing busy · arm stall · off flush',
    finish: 'ending busy (complete) · quiet',
    alive: 'writing busy paced · arm stall',
    failed: 'ending busy (x) · quiet',
    cut: 'ending busy (cut) · quiet',
    stop: 'ending busy (stopped) · abort · quiet',
    flush: 'writing busy',
    stall: 'ending busy (stalled) · abort · quiet',
  },
  'writing, paced': {
    text: 'writing idle paced · arm stall',
    reasoning: 'writing busy paced · arm stall · off flush · write [thought ] · arm flush',
    tool: 'writing busy paced · arm stall · off flush · write [tool] · arm flush',
    finish: 'ending busy (complete) · quiet · end []',
    alive: 'writing idle paced · arm stall',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    flush: 'writing idle',
    silence: 'writing busy paced · write [beat]',
    stall: 'ending busy (stalled) · abort · quiet · end []',
  },
  'writing, paced, more waits': {
    text: 'writing idle paced · arm stall',
    reasoning: 'writing busy paced · arm stall · off flush · write [word |thought ] · arm flush',
    tool: 'writing busy paced · arm stall · off flush · write [word |tool] · arm flush',
    finish: 'ending busy (complete) · quiet · end [word ]',
    alive: 'writing idle paced · arm stall',
    failed: 'ending busy (x) · quiet · end [word ]',
    cut: 'ending busy (cut) · quiet · end [word ]',
    stop: 'ending busy (stopped) · abort · quiet · end [word ]',
    flush: 'writing busy paced · write [word ] · arm flush',
    stall: 'ending busy (stalled) · abort · quiet · end [word ]',
  },
  'writing, at rest': {
    text: 'writing busy paced · arm stall · write [word ] · arm flush',
    reasoning: 'writing busy paced · arm stall · write [thought ] · arm flush',
    tool: 'writing busy paced · arm stall · write [tool] · arm flush',
    finish: 'ending busy (complete) · quiet · end []',
    alive: 'writing idle · arm stall',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    silence: 'writing busy · write [beat]',
    stall: 'ending busy (stalled) · abort · quiet · end []',
  },
  'writing, engine down': {
    text: 'writing again paced · arm stall',
    reasoning: 'writing again · arm stall · off flush',
    tool: 'writing again · arm stall · off flush',
    finish: 'ending busy (complete) · quiet · end [word |word ]',
    alive: 'writing again paced · arm stall',
    failed: 'ending busy (x) · quiet · end [word |word ]',
    cut: 'ending busy (cut) · quiet · end [word |word ]',
    stop: 'ending busy (stopped) · abort · quiet · end [word |word ]',
    flush: 'writing again',
    stall: 'ending busy (stalled) · abort · quiet · end [word |word ]',
    retry: 'writing busy paced · write [word ]',
  },
  'ending, word under way': {
    written: 'ending busy (complete) · end [word ]',
    fenced: 'settling busy · settle',
    down: 'ending busy (complete) · end [word |word ]',
    lost: 'left',
  },
  'ending, end under way': {
    ended: 'settling busy · settle',
    down: 'ending again (complete) · arm retry 1',
    lost: 'left',
  },
  'ending, engine down': {
    retry: 'ending busy (complete) · end []',
  },
  settling: {
    settled: 'ended',
    down: 'settling again · arm retry 1',
    lost: 'left',
  },
  'settling, engine down': {
    retry: 'settling busy · settle',
  },
  ended: {},
};

function show({ state, actions }: { state: GenerationState; actions: readonly Action[] }): string {
  return [shape(state), ...actions.map(showAction)].join(' · ').replace(/( · off \w+){4}/, ' · quiet');
}

function shape(state: GenerationState): string {
  switch (state.kind) {
    case 'ended':
      return state.left ? 'left' : 'ended';
    case 'opening':
      return `opening ${state.call}${state.outcome ? ` (${state.outcome.finish.reason})` : ''}`;
    case 'ending': {
      const { finish } = state.outcome;
      return `ending ${state.call} (${finish.failure?.code ?? finish.reason})`;
    }
    case 'settling':
      return `settling ${state.call}`;
    default:
      return `${state.kind} ${state.call}${state.paced ? ' paced' : ''}`;
  }
}

function showAction(action: Action): string {
  switch (action.kind) {
    case 'arm':
      return `arm ${action.timer}${action.attempt ? ` ${action.attempt}` : ''}`;
    case 'disarm':
      return `off ${action.timer}`;
    case 'write':
    case 'end':
      return `${action.kind} [${action.entries.map((entry) => ('text' in entry ? entry.text : entry.kind)).join('|')}]`;
    default:
      return action.kind;
  }
}

describe.each(Object.keys(states) as (keyof typeof states)[])('%s', (name) => {
  test.each(names)('%s', (event) => {
    const next = step(states[name], events[event], AT);
    const expected = table[name][event];
    if (expected !== undefined) return expect(show(next)).toBe(expected);
    expect(next.actions).toEqual([]);
    expect(next.state).toBe(states[name]);
  });
});

test('the end carries its time, usage and what the provider said', () => {
  const { actions } = step(run('opened', 'text', 'written'), events.finish, AT);
  expect(actions.at(-1)).toEqual({
    kind: 'end',
    entries: [],
    finish: { reason: 'complete', at: AT },
    usage: { input: 3, output: 1 },
  });
  const cutShort = step(run('opened', 'text', 'written'), { kind: 'finish', length: true }, AT);
  expect(cutShort.actions.at(-1)).toMatchObject({ finish: { reason: 'complete', length: true } });
});

test('thinking alone is no answer, at the length limit neither', () => {
  const thought = run('opened', 'reasoning', 'written');
  expect(step(thought, events.finish, AT).actions.at(-1)).toMatchObject({
    finish: { failure: { code: 'only-thoughts', sentence: expect.stringContaining('only thought') } },
  });
  const limited = step(thought, { kind: 'finish', length: true }, AT).actions.at(-1);
  expect(limited).toMatchObject({
    finish: { failure: { sentence: expect.stringContaining('until its length limit') } },
  });
});

test('text that turns out to be thoughts is no answer, and its part is begun anew', () => {
  const state = run('opened', 'text', 'written');
  const recast = step(state, { kind: 'recast', text: 'Hm, so be it.' }, AT);
  expect(step(recast.state, events.finish, AT).actions.at(-1)).toMatchObject({
    entries: [{ kind: 'delta', part: 0, of: 'reasoning', text: 'Hm, so be it.' }],
    finish: { failure: { code: 'only-thoughts' } },
  });
  const answered = step(recast.state, { kind: 'text', text: 'Four.' }, AT);
  expect(answered.actions).toContainEqual({
    kind: 'write',
    entries: [
      { kind: 'delta', part: 0, of: 'reasoning', text: 'Hm, so be it.' },
      { kind: 'delta', part: 1, of: 'text', text: 'Four.' },
    ],
  });
  expect(step(answered.state, events.finish, AT).state).toMatchObject({
    outcome: { finish: { reason: 'complete' } },
  });
});

test('the engine is given up after as many failures in a row as are allowed', () => {
  let state = run('opened', 'text', 'finish', 'down');
  let rounds = 0;
  while (state.kind === 'ending') {
    state = step(step(state, events.retry, AT).state, events.down, AT).state;
    rounds += 1;
  }
  expect(state).toEqual({ kind: 'ended', left: true });
  expect(rounds).toBe(ATTEMPTS + 1);
});

test('one success makes the failures before it forgotten', () => {
  const state = run('opened', 'text', 'down', 'retry', 'down', 'retry', 'written', 'flush', 'text', 'down');
  expect(state).toMatchObject({ kind: 'writing', call: 'again', attempt: 1 });
});
