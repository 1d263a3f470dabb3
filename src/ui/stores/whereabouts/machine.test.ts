import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  away,
  type HistoryEntry,
  type Mode,
  opened,
  type PathShown,
  type ReadingSpot,
  selectedOn,
  step,
  type Whereabouts,
  type WhereaboutsEvent,
} from './machine.ts';

const spot = (through: string, at = through): ReadingSpot => ({ through, at });
const entryAt = (given: Partial<HistoryEntry> = {}): HistoryEntry => ({
  ...{ spot: null, from: null, isLink: false },
  ...given,
});

/** a ─ b ─ c ─ d is shown; x stands beside c and is known, lost is nowhere. */
const shown: PathShown = {
  keys: ['a', 'b', 'c', 'd'],
  read: ['a', 'b', 'c', 'd'],
  wordless: null,
  isReady: true,
};
const isKnown = (message: string) => message !== 'gone';

const MODES: Readonly<Record<Mode['kind'], Mode>> = {
  free: { kind: 'free' },
  seeking: { kind: 'seeking', spot: spot('x'), isLink: true },
  going: { kind: 'going', at: 'c' },
  held: { kind: 'held' },
  lost: { kind: 'lost', spot: spot('gone') },
};

const at = (kind: Mode['kind'], given: Partial<Whereabouts> = {}): Whereabouts => ({
  ...{ conversation: 'one', through: 'd', reading: 'b', mode: MODES[kind], entry: entryAt(), path: shown },
  ...given,
});

const EVENTS: Readonly<Record<string, WhereaboutsEvent>> = {
  opened: { kind: 'opened', conversation: 'two', entry: entryAt() },
  'opened at a link': {
    kind: 'opened',
    conversation: 'two',
    entry: entryAt({ spot: spot('x'), isLink: true }),
  },
  closed: { kind: 'closed' },
  visited: { kind: 'visited', entry: entryAt({ spot: spot('c') }) },
  'visited off the path': { kind: 'visited', entry: entryAt({ spot: spot('x') }) },
  'visited nowhere': { kind: 'visited', entry: entryAt() },
  path: { kind: 'path', path: shown, isKnown },
  'path with x': { kind: 'path', path: { ...shown, keys: ['a', 'b', 'x'], read: ['a', 'b', 'x'] }, isKnown },
  'path with gone': { kind: 'path', path: { ...shown, keys: ['a', 'gone'], read: ['a', 'gone'] }, isKnown },
  jumped: { kind: 'jumped', to: spot('x'), scroll: true },
  'jumped by itself': { kind: 'jumped', to: spot('x'), scroll: false },
  'made beside': { kind: 'made', message: 'new', after: 'b' },
  'made at the end': { kind: 'made', message: 'new', after: 'd' },
  sent: { kind: 'sent', message: 'new' },
  withdrew: { kind: 'withdrew', to: 'b' },
  arrived: { kind: 'arrived' },
  moved: { kind: 'moved' },
  walked: { kind: 'walked', to: 'c' },
  'walked to the end': { kind: 'walked', to: null },
  read: { kind: 'read', message: 'd' },
  forgotten: { kind: 'forgotten' },
};

/**
 * What becomes of the mode, what is done, and the message being read if that changes; `-`: nothing changes at all. In the order
 * free, seeking, going, held, lost.
 */
const TABLE: Readonly<Record<keyof typeof EVENTS, readonly [string, string, string, string, string]>> = {
  opened: all('free, reading null'),
  'opened at a link': all('seeking, reading null'),
  closed: all('free, reading null'),
  visited: all('going, reading c'),
  'visited off the path': all('seeking'),
  'visited nowhere': all('free'),
  path: ['free', 'seeking', 'going', 'held', 'lost'],
  'path with x': ['free', 'going, reading x', 'going', 'held', 'lost'],
  'path with gone': ['free', 'seeking', 'going', 'held', 'going, reading gone'],
  jumped: all('going, reading x, note push'),
  'jumped by itself': all('held, reading x, note push'),
  'made beside': all('free, note push'),
  'made at the end': all('free, settle'),
  sent: all('free, settle'),
  withdrew: all('free, settle'),
  arrived: ['-', '-', 'held', '-', '-'],
  moved: ['-', '-', '-', 'free', '-'],
  walked: ['held, reading c', 'seeking, reading c', 'held, reading c', 'held, reading c', 'lost, reading c'],
  'walked to the end': ['-', '-', 'free', 'free', '-'],
  read: ['free, reading d', 'seeking, reading d', '-', '-', 'lost, reading d'],
  forgotten: ['-', 'free, settle', '-', '-', 'free, settle'],
};

function all(cell: string): [string, string, string, string, string] {
  return [cell, cell, cell, cell, cell];
}

const KINDS = Object.keys(MODES) as readonly Mode['kind'][];

describe('each cell of the table', () => {
  const cells = Object.entries(TABLE).flatMap(([event, row]) =>
    row.map((cell, index) => [KINDS[index] as Mode['kind'], event, cell] as const),
  );

  test.each(cells)('%s, %s: %s', (mode, event, cell) => {
    const before = at(mode);
    const { state, effects } = step(before, EVENTS[event] as WhereaboutsEvent);
    if (cell === '-') {
      expect(state).toBe(before);
      expect(effects).toEqual([]);
      return;
    }
    const reading = state.reading === before.reading ? [] : [`reading ${state.reading}`];
    const done = effects.length > 0 ? [effects.map(({ kind }) => kind).join(' ')] : [];
    expect([state.mode.kind, ...reading, ...done].join(', ')).toBe(cell);
  });

  test('there is one for every event in every mode, and nothing happens while no conversation is open', () => {
    expect(Object.keys(TABLE)).toEqual(Object.keys(EVENTS));
    for (const [name, event] of Object.entries(EVENTS)) {
      if (event.kind !== 'opened') expect([name, step(away, event).state]).toEqual([name, away]);
    }
  });
});

describe('the history', () => {
  test('a jump notes where the reader is, and Back leads there', () => {
    const { state, effects } = step(at('free'), { kind: 'jumped', to: spot('x', 'a'), scroll: true });
    const here = { through: 'd', at: 'b' };
    expect(effects).toEqual([
      { kind: 'note', spot: here },
      { kind: 'push', address: true, entry: { spot: { through: 'x', at: 'a' }, from: here, isLink: false } },
    ]);
    expect(state).toMatchObject({ through: 'x', reading: 'a', entry: { from: here } });
  });

  test('one to where the entry stands already makes no other', () => {
    const there = at('free', { entry: entryAt({ spot: spot('x') }) });
    const { state, effects } = step(there, { kind: 'jumped', to: spot('x'), scroll: true });
    expect(effects).toEqual([]);
    expect(state).toMatchObject({ through: 'x', mode: { kind: 'going', at: 'x' } });
  });

  test.each([
    ['an edit in the middle', 'b', shown, 'push'],
    ['an edit of the first message', null, shown, 'push'],
    ['another reply while the path ends with it', 'c', shown, 'push'],
    ['a reply to the last message', 'd', shown, 'settle'],
    ['a reply in the place of one without a word', 'c', { ...shown, wordless: 'd' }, 'settle'],
    ['the first message of all', null, { ...shown, keys: [], read: [] }, 'settle'],
  ] as const)('%s: %s', (_, after, path, last) => {
    const { state, effects } = step(at('free', { path }), { kind: 'made', message: 'new', after });
    expect(effects.at(-1)).toMatchObject({ kind: last, entry: { spot: { through: 'new', said: true } } });
    expect(state.through).toBe('new');
  });

  test('what is made beside goes under the conversation’s own address, and Back leads to before it', () => {
    const { state, effects } = step(at('free'), { kind: 'made', message: 'new', after: 'b' });
    expect(effects[1]).toMatchObject({ kind: 'push', address: false });
    const back = step(state, { kind: 'visited', entry: entryAt({ spot: state.entry.from }) }).state;
    expect(step(back, EVENTS.path as WhereaboutsEvent).state).toMatchObject({
      ...{ through: 'd', reading: 'b', mode: { kind: 'going', at: 'b' } },
    });
  });

  test('what is said goes on from where Back led to before', () => {
    const entry = entryAt({ spot: spot('x'), from: spot('d', 'b') });
    const { state } = step(at('held', { entry }), { kind: 'sent', message: 'new' });
    expect(state.entry).toEqual({
      spot: { ...spot('new'), said: true },
      from: spot('d', 'b'),
      isLink: false,
    });
  });

  test('what was said is not gone to when its page opens again, and is with Back and Forward', () => {
    const entry = entryAt({ spot: { ...spot('new'), said: true } });
    expect(opened('one', entry)).toMatchObject({ through: 'new', mode: { kind: 'free' } });
    expect(step(at('free'), { kind: 'visited', entry }).state.mode.kind).toBe('seeking');
  });
});

describe('what is read after a jump', () => {
  const JUMPS: readonly WhereaboutsEvent[] = [
    { kind: 'jumped', to: spot('x', 'c'), scroll: true },
    { kind: 'jumped', to: spot('c'), scroll: false },
    { kind: 'visited', entry: entryAt({ spot: spot('d', 'c') }) },
    { kind: 'walked', to: 'c' },
  ];
  const LAID_OUT: readonly WhereaboutsEvent[] = [
    ...shown.keys.map((message) => ({ kind: 'read', message }) as const),
    { kind: 'arrived' },
    { kind: 'path', path: shown, isKnown },
    { kind: 'path', path: { ...shown, keys: ['a', 'b', 'c', 'x'], read: ['a', 'b', 'c', 'x'] }, isKnown },
  ];

  test('is where it led, whatever is laid out, written or loaded, until a hand scrolls', () => {
    const events = fc.array(fc.constantFrom(...LAID_OUT), { maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...JUMPS), events, (jump, after) => {
        const { state } = [jump, ...after].reduce(
          (was, event) => step(was.state, event),
          step(at('free'), { kind: 'read', message: 'a' }),
        );
        expect(state.reading).toBe('c');
        const arrived = step(state, { kind: 'arrived' }).state;
        const scrolled = step(step(arrived, { kind: 'moved' }).state, { kind: 'read', message: 'd' });
        expect(scrolled.state.reading).toBe('d');
      }),
    );
  });
});

describe('what an address leads to', () => {
  const opening = (isLink: boolean) => opened('one', entryAt({ spot: spot('gone'), isLink }));
  const loaded = (isReady: boolean): WhereaboutsEvent => ({
    kind: 'path',
    path: { ...shown, isReady },
    isKnown,
  });

  test('is waited for until all is known, then lost', () => {
    expect(step(opening(true), loaded(false)).state.mode.kind).toBe('seeking');
    expect(step(opening(true), loaded(true)).state.mode.kind).toBe('lost');
  });

  test('is forgotten if it was noted here and is gone', () => {
    expect(step(opening(false), loaded(true)).state).toMatchObject({ through: null, mode: { kind: 'free' } });
  });
});

test('selected is what is read, or the nearest above it that can be, else the last', () => {
  const path = { keys: ['a', 'system', 'b', 'pending'], read: ['a', 'b'] };
  expect(
    ['a', 'system', 'b', 'pending', 'elsewhere', null].map((reading) => selectedOn(path, reading)),
  ).toEqual(['a', 'a', 'b', 'b', 'b', 'b']);
  expect(selectedOn({ keys: [], read: [] }, 'a')).toBeNull();
});
