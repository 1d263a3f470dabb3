import { describe, expect, expectTypeOf, test } from 'vitest';
import type { QuestionPart } from '../../protocol/index.ts';
import type { OpenQuestion } from '../counterparts/port.ts';
import { ATTEMPTS, start, step } from './machine.ts';
import type { ReplyEntry } from './port.ts';
import type { Action, Event, GenerationState } from './states.ts';

const AT = 1_000;

const QUESTION: OpenQuestion = {
  ...{ id: 'q1', asks: 'question', title: 'Go on?' },
  options: [
    { id: 'yes', name: 'Yes' },
    { id: 'no', name: 'No' },
  ],
};

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
  recast: { kind: 'recast', text: 'thought so' },
  file: { kind: 'file', file: { kind: 'file', hash: 'h', name: 'cat.png', type: 'image/png', size: 1 } },
  unread: { kind: 'unread', sentence: 'One was not here.' },
  begun: { kind: 'begun', text: 'before ' },
  part: { kind: 'part', key: 'p', part: { kind: 'text', text: 'whole' } },
  question: { kind: 'question', question: QUESTION },
  withdrawn: { kind: 'withdrawn', question: 'q1' },
  answer: { kind: 'answer', question: 'q1', option: 'yes' },
  'no answer': { kind: 'answer', question: 'q1', option: 'maybe' },
  finish: { kind: 'finish', usage: { input: 3, output: 1 } },
  alive: { kind: 'alive' },
  failed: { kind: 'turn-failed', failure: { code: 'x', sentence: 'It failed.' } },
  cut: { kind: 'turn-cut' },
  stop: { kind: 'stop', reason: 'stopped' },
  cancel: { kind: 'stop', reason: 'stopped', cancels: true },
  patience: { kind: 'patience' },
  flush: { kind: 'flush' },
  silence: { kind: 'silence' },
  stall: { kind: 'stall' },
  retry: { kind: 'retry' },
} satisfies Record<string, Event>;
type Name = keyof typeof events;

test('the table has a row for each kind of event', () => {
  expectTypeOf<(typeof events)[Name]['kind']>().toEqualTypeOf<Event['kind']>();
});

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
  'asking, question under way': run('opened', 'question'),
  'asking, at rest': run('opened', 'question', 'written', 'flush'),
  'asking, paced': run('opened', 'question', 'written'),
  'asking, engine down': run('opened', 'question', 'down'),
  'answered, answer under way': run('opened', 'question', 'written', 'flush', 'answer'),
  'stopping, at rest': run('opened', 'text', 'written', 'flush', 'cancel'),
  'stopping, asks': run('opened', 'question', 'written', 'flush', 'cancel'),
  'stopping, word under way': run('opened', 'text', 'cancel'),
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
    cancel: 'opening busy (stopped)',
  },
  'opening, engine down': {
    stop: 'opening again (stopped)',
    cancel: 'opening again (stopped)',
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
    recast: 'waiting idle · arm stall',
    tool: 'writing busy paced · arm stall · write [tool] · arm flush',
    file: 'writing busy paced · arm stall · write [file] · arm flush',
    unread: 'writing busy paced · arm stall · write [part] · arm flush',
    begun: 'writing busy paced · arm stall · write [before ] · arm flush',
    part: 'writing busy paced · arm stall · write [part] · arm flush',
    question: 'asking busy paced · off stall · asks · write [question] · arm flush',
    finish: 'ending busy (empty) · quiet · end []',
    alive: 'waiting idle · arm stall',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    cancel: 'waiting idle stopping · cancel · off stall · arm patience',
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
    recast: 'waiting busy · arm stall',
    tool: 'writing busy · arm stall',
    file: 'writing busy · arm stall',
    unread: 'writing busy · arm stall',
    begun: 'writing busy · arm stall',
    part: 'writing busy · arm stall',
    question: 'asking busy · off stall · asks',
    finish: 'ending busy (empty) · quiet',
    alive: 'waiting busy · arm stall',
    failed: 'ending busy (x) · quiet',
    cut: 'ending busy (cut) · quiet',
    stop: 'ending busy (stopped) · abort · quiet',
    cancel: 'waiting busy stopping · cancel · off stall · arm patience',
    stall: 'ending busy (stalled) · abort · quiet',
  },
  'waiting, engine down': {
    text: 'writing again · arm stall',
    reasoning: 'writing again · arm stall',
    recast: 'waiting again · arm stall',
    tool: 'writing again · arm stall',
    file: 'writing again · arm stall',
    unread: 'writing again · arm stall',
    begun: 'writing again · arm stall',
    part: 'writing again · arm stall',
    question: 'asking again · off stall · asks',
    finish: 'ending busy (empty) · quiet · end [beat]',
    alive: 'waiting again · arm stall',
    failed: 'ending busy (x) · quiet · end [beat]',
    cut: 'ending busy (cut) · quiet · end [beat]',
    stop: 'ending busy (stopped) · abort · quiet · end [beat]',
    cancel: 'waiting again stopping · cancel · off stall · arm patience',
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
    recast: 'writing busy paced · arm stall',
    tool: 'writing busy · arm stall · off flush',
    file: 'writing busy · arm stall · off flush',
    unread: 'writing busy · arm stall · off flush',
    begun: 'writing busy · arm stall · off flush',
    part: 'writing busy · arm stall · off flush',
    question: 'asking busy · off stall · asks · off flush',
    finish: 'ending busy (complete) · quiet',
    alive: 'writing busy paced · arm stall',
    failed: 'ending busy (x) · quiet',
    cut: 'ending busy (cut) · quiet',
    stop: 'ending busy (stopped) · abort · quiet',
    cancel: 'writing busy paced stopping · cancel · off stall · arm patience',
    flush: 'writing busy',
    stall: 'ending busy (stalled) · abort · quiet',
  },
  'writing, paced': {
    text: 'writing idle paced · arm stall',
    reasoning: 'writing busy paced · arm stall · off flush · write [thought ] · arm flush',
    recast: 'writing idle paced · arm stall',
    tool: 'writing busy paced · arm stall · off flush · write [tool] · arm flush',
    file: 'writing busy paced · arm stall · off flush · write [file] · arm flush',
    unread: 'writing busy paced · arm stall · off flush · write [part] · arm flush',
    begun: 'writing busy paced · arm stall · off flush · write [before ] · arm flush',
    part: 'writing busy paced · arm stall · off flush · write [part] · arm flush',
    question: 'asking busy paced · off stall · asks · off flush · write [question] · arm flush',
    finish: 'ending busy (complete) · quiet · end []',
    alive: 'writing idle paced · arm stall',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    cancel: 'writing idle paced stopping · cancel · off stall · arm patience',
    flush: 'writing idle',
    silence: 'writing busy paced · write [beat]',
    stall: 'ending busy (stalled) · abort · quiet · end []',
  },
  'writing, paced, more waits': {
    text: 'writing idle paced · arm stall',
    reasoning: 'writing busy paced · arm stall · off flush · write [word |thought ] · arm flush',
    recast: 'writing idle paced · arm stall',
    tool: 'writing busy paced · arm stall · off flush · write [word |tool] · arm flush',
    file: 'writing busy paced · arm stall · off flush · write [word |file] · arm flush',
    unread: 'writing busy paced · arm stall · off flush · write [word |part] · arm flush',
    begun: 'writing busy paced · arm stall · off flush · write [word |before ] · arm flush',
    part: 'writing busy paced · arm stall · off flush · write [word |part] · arm flush',
    question: 'asking busy paced · off stall · asks · off flush · write [word |question] · arm flush',
    finish: 'ending busy (complete) · quiet · end [word ]',
    alive: 'writing idle paced · arm stall',
    failed: 'ending busy (x) · quiet · end [word ]',
    cut: 'ending busy (cut) · quiet · end [word ]',
    stop: 'ending busy (stopped) · abort · quiet · end [word ]',
    cancel: 'writing idle paced stopping · cancel · off stall · arm patience',
    flush: 'writing busy paced · write [word ] · arm flush',
    stall: 'ending busy (stalled) · abort · quiet · end [word ]',
  },
  'writing, at rest': {
    text: 'writing busy paced · arm stall · write [word ] · arm flush',
    reasoning: 'writing busy paced · arm stall · write [thought ] · arm flush',
    recast: 'writing busy paced · arm stall · write [thought so] · arm flush',
    tool: 'writing busy paced · arm stall · write [tool] · arm flush',
    file: 'writing busy paced · arm stall · write [file] · arm flush',
    unread: 'writing busy paced · arm stall · write [part] · arm flush',
    begun: 'writing busy paced · arm stall · write [before ] · arm flush',
    part: 'writing busy paced · arm stall · write [part] · arm flush',
    question: 'asking busy paced · off stall · asks · write [question] · arm flush',
    finish: 'ending busy (complete) · quiet · end []',
    alive: 'writing idle · arm stall',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    cancel: 'writing idle stopping · cancel · off stall · arm patience',
    silence: 'writing busy · write [beat]',
    stall: 'ending busy (stalled) · abort · quiet · end []',
  },
  'writing, engine down': {
    text: 'writing again paced · arm stall',
    reasoning: 'writing again · arm stall · off flush',
    recast: 'writing again paced · arm stall',
    tool: 'writing again · arm stall · off flush',
    file: 'writing again · arm stall · off flush',
    unread: 'writing again · arm stall · off flush',
    begun: 'writing again · arm stall · off flush',
    part: 'writing again · arm stall · off flush',
    question: 'asking again · off stall · asks · off flush',
    finish: 'ending busy (complete) · quiet · end [word |word ]',
    alive: 'writing again paced · arm stall',
    failed: 'ending busy (x) · quiet · end [word |word ]',
    cut: 'ending busy (cut) · quiet · end [word |word ]',
    stop: 'ending busy (stopped) · abort · quiet · end [word |word ]',
    cancel: 'writing again paced stopping · cancel · off stall · arm patience',
    flush: 'writing again',
    stall: 'ending busy (stalled) · abort · quiet · end [word |word ]',
    retry: 'writing busy paced · write [word ]',
  },
  'asking, question under way': {
    written: 'asking idle paced · arm silence',
    fenced: 'settling busy · abort · quiet · settle',
    down: 'asking again paced · arm retry 1',
    lost: 'left · abort · quiet',
    text: 'asking busy · off flush',
    reasoning: 'asking busy · off flush',
    tool: 'asking busy · off flush',
    file: 'asking busy · off flush',
    unread: 'asking busy · off flush',
    begun: 'asking busy · off flush',
    part: 'asking busy · off flush',
    withdrawn: 'writing busy · arm stall · asks no more · off flush',
    answer: 'writing busy · tell q1 yes · arm stall · asks no more · off flush',
    finish: 'ending busy (complete) · quiet',
    failed: 'ending busy (x) · quiet',
    cut: 'ending busy (cut) · quiet',
    stop: 'ending busy (stopped) · abort · quiet',
    cancel: 'asking busy paced stopping · cancel · off stall · arm patience',
    flush: 'asking busy',
  },
  'asking, at rest': {
    text: 'asking busy paced · write [word ] · arm flush',
    reasoning: 'asking busy paced · write [thought ] · arm flush',
    tool: 'asking busy paced · write [tool] · arm flush',
    file: 'asking busy paced · write [file] · arm flush',
    unread: 'asking busy paced · write [part] · arm flush',
    begun: 'asking busy paced · write [before ] · arm flush',
    part: 'asking busy paced · write [part] · arm flush',
    withdrawn: 'writing busy paced · arm stall · asks no more · write [question: none] · arm flush',
    answer: 'writing busy paced · tell q1 yes · arm stall · asks no more · write [question: yes] · arm flush',
    finish: 'ending busy (complete) · quiet · end []',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    cancel: 'asking idle stopping · cancel · off stall · arm patience',
    silence: 'asking busy · write [beat]',
  },
  'asking, paced': {
    text: 'asking busy paced · off flush · write [word ] · arm flush',
    reasoning: 'asking busy paced · off flush · write [thought ] · arm flush',
    tool: 'asking busy paced · off flush · write [tool] · arm flush',
    file: 'asking busy paced · off flush · write [file] · arm flush',
    unread: 'asking busy paced · off flush · write [part] · arm flush',
    begun: 'asking busy paced · off flush · write [before ] · arm flush',
    part: 'asking busy paced · off flush · write [part] · arm flush',
    withdrawn:
      'writing busy paced · arm stall · asks no more · off flush · write [question: none] · arm flush',
    answer:
      'writing busy paced · tell q1 yes · arm stall · asks no more · off flush · write [question: yes] · arm flush',
    finish: 'ending busy (complete) · quiet · end []',
    failed: 'ending busy (x) · quiet · end []',
    cut: 'ending busy (cut) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    cancel: 'asking idle paced stopping · cancel · off stall · arm patience',
    flush: 'asking idle',
    silence: 'asking busy paced · write [beat]',
  },
  'asking, engine down': {
    text: 'asking again · off flush',
    reasoning: 'asking again · off flush',
    tool: 'asking again · off flush',
    file: 'asking again · off flush',
    unread: 'asking again · off flush',
    begun: 'asking again · off flush',
    part: 'asking again · off flush',
    withdrawn: 'writing again · arm stall · asks no more · off flush',
    answer: 'writing again · tell q1 yes · arm stall · asks no more · off flush',
    finish: 'ending busy (complete) · quiet · end [question]',
    failed: 'ending busy (x) · quiet · end [question]',
    cut: 'ending busy (cut) · quiet · end [question]',
    stop: 'ending busy (stopped) · abort · quiet · end [question]',
    cancel: 'asking again paced stopping · cancel · off stall · arm patience',
    flush: 'asking again',
    retry: 'asking busy paced · write [question]',
  },
  'answered, answer under way': {
    written: 'writing idle paced · arm silence',
    fenced: 'settling busy · abort · quiet · settle',
    down: 'writing again paced · arm retry 1',
    lost: 'left · abort · quiet',
    text: 'writing busy · arm stall · off flush',
    reasoning: 'writing busy · arm stall · off flush',
    recast: 'writing busy paced · arm stall',
    tool: 'writing busy · arm stall · off flush',
    file: 'writing busy · arm stall · off flush',
    unread: 'writing busy · arm stall · off flush',
    begun: 'writing busy · arm stall · off flush',
    part: 'writing busy · arm stall · off flush',
    question: 'writing busy paced · arm stall',
    finish: 'ending busy (complete) · quiet',
    alive: 'writing busy paced · arm stall',
    failed: 'ending busy (x) · quiet',
    cut: 'ending busy (cut) · quiet',
    stop: 'ending busy (stopped) · abort · quiet',
    cancel: 'writing busy paced stopping · cancel · off stall · arm patience',
    flush: 'writing busy',
    stall: 'ending busy (stalled) · abort · quiet',
  },
  'stopping, at rest': {
    text: 'writing busy paced stopping · write [word ] · arm flush',
    reasoning: 'writing busy paced stopping · write [thought ] · arm flush',
    recast: 'writing busy paced stopping · write [thought so] · arm flush',
    tool: 'writing busy paced stopping · write [tool] · arm flush',
    file: 'writing busy paced stopping · write [file] · arm flush',
    unread: 'writing busy paced stopping · write [part] · arm flush',
    begun: 'writing busy paced stopping · write [before ] · arm flush',
    part: 'writing busy paced stopping · write [part] · arm flush',
    question: 'asking busy paced stopping · asks · write [question] · arm flush',
    finish: 'ending busy (stopped) · quiet · end []',
    failed: 'ending busy (stopped) · quiet · end []',
    cut: 'ending busy (stopped) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    patience: 'ending busy (stopped) · abort · quiet · end []',
    silence: 'writing busy stopping · write [beat]',
  },
  'stopping, asks': {
    text: 'asking busy paced stopping · write [word ] · arm flush',
    reasoning: 'asking busy paced stopping · write [thought ] · arm flush',
    tool: 'asking busy paced stopping · write [tool] · arm flush',
    file: 'asking busy paced stopping · write [file] · arm flush',
    unread: 'asking busy paced stopping · write [part] · arm flush',
    begun: 'asking busy paced stopping · write [before ] · arm flush',
    part: 'asking busy paced stopping · write [part] · arm flush',
    withdrawn: 'writing busy paced stopping · asks no more · write [question: none] · arm flush',
    finish: 'ending busy (stopped) · quiet · end []',
    failed: 'ending busy (stopped) · quiet · end []',
    cut: 'ending busy (stopped) · quiet · end []',
    stop: 'ending busy (stopped) · abort · quiet · end []',
    patience: 'ending busy (stopped) · abort · quiet · end []',
    silence: 'asking busy stopping · write [beat]',
  },
  'stopping, word under way': {
    written: 'writing idle paced stopping · arm silence',
    fenced: 'settling busy · abort · quiet · settle',
    down: 'writing again paced stopping · arm retry 1',
    lost: 'left · abort · quiet',
    text: 'writing busy paced stopping',
    reasoning: 'writing busy stopping · off flush',
    recast: 'writing busy paced stopping',
    tool: 'writing busy stopping · off flush',
    file: 'writing busy stopping · off flush',
    unread: 'writing busy stopping · off flush',
    begun: 'writing busy stopping · off flush',
    part: 'writing busy stopping · off flush',
    question: 'asking busy stopping · asks · off flush',
    finish: 'ending busy (stopped) · quiet',
    failed: 'ending busy (stopped) · quiet',
    cut: 'ending busy (stopped) · quiet',
    stop: 'ending busy (stopped) · abort · quiet',
    patience: 'ending busy (stopped) · abort · quiet',
    flush: 'writing busy stopping',
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
  return [shape(state), ...actions.map(showAction)].join(' · ').replace(/( · off \w+){5}/, ' · quiet');
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
      return `${state.kind} ${state.call}${state.paced ? ' paced' : ''}${state.stopping ? ' stopping' : ''}`;
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
      return `${action.kind} [${action.entries.map((entry) => showEntry(entry)).join('|')}]`;
    case 'asks':
      return action.asks ? 'asks' : 'asks no more';
    case 'answer':
      return `tell ${action.question} ${action.option}`;
    default:
      return action.kind;
  }
}

function showEntry(entry: ReplyEntry): string {
  if ('text' in entry) return entry.text;
  if (entry.kind !== 'part') return entry.kind;
  if (entry.whole.kind !== 'question') return entry.whole.kind === 'file' ? 'file' : 'part';
  const { answer } = entry.whole as QuestionPart;
  return answer ? `question: ${answer.option ?? 'none'}` : 'question';
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

describe('a reply without end', () => {
  const chunk = 'x'.repeat(300_000);

  /** Feeds `event` until the generation ends, with each write acknowledged, and gives all that was written and how it ended. */
  function endless(event: Event, ...before: Name[]) {
    let state = run('opened', ...before);
    const written: ReplyEntry[] = [];
    const actions: Action[] = [];
    const take = (one: Event) => {
      const next = step(state, one, AT);
      state = next.state;
      actions.push(...next.actions);
      for (const action of next.actions)
        if (action.kind === 'write' || action.kind === 'end') written.push(...action.entries);
    };
    const isOver = () => state.kind === 'ending';
    for (let n = 0; n < 1_000 && !isOver(); n += 1) {
      take(event);
      if (!isOver()) take(events.written);
      if (!isOver()) take(events.flush);
    }
    take(events.written);
    const ended = actions.find((action) => action.kind === 'end');
    return { written, actions, finish: ended?.kind === 'end' ? ended.finish : undefined };
  }

  const said = (written: readonly ReplyEntry[]) =>
    written.reduce((sum, entry) => sum + (entry.kind === 'delta' ? entry.text.length : 0), 0);

  test('ends with all that was said, and says why', () => {
    const { written, actions, finish } = endless({ kind: 'text', text: chunk });
    expect(finish).toMatchObject({ reason: 'failed', failure: { code: 'too-long' } });
    expect(finish?.failure?.sentence).toContain('4,000,000 characters');
    expect(actions.filter(({ kind }) => kind === 'abort')).toHaveLength(1);
    expect(said(written)).toBe(14 * chunk.length);
  });

  test('that only thinks leaves its thoughts to be kept', () => {
    const { written, finish } = endless({ kind: 'reasoning', text: chunk });
    expect(finish).toMatchObject({ reason: 'failed', failure: { code: 'only-thoughts' } });
    expect(said(written)).toBe(14 * chunk.length);
  });

  test('that goes on after it was told to stop was stopped', () => {
    const { finish } = endless({ kind: 'text', text: chunk }, 'text', 'written', 'cancel');
    expect(finish?.reason).toBe('stopped');
  });

  test('of what is said again and again as a whole ends, far later', () => {
    const part = { kind: 'text', text: chunk } as const;
    const { written, finish } = endless({ kind: 'part', key: 'p', part });
    expect(finish).toMatchObject({ reason: 'failed', failure: { code: 'too-long' } });
    expect(written.length).toBeGreaterThan(200);
  });
});
