import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AT_END, type EndEvent, type EndState, isToEnd, openedAt, step } from './end-machine.ts';

const STATES: Readonly<Record<string, EndState>> = {
  following: { kind: 'following', distance: 0 },
  'following nearly': { kind: 'following', distance: 15 },
  arriving: { kind: 'arriving', distance: 300 },
  reading: { kind: 'reading', distance: 300 },
  'reading near the end': { kind: 'reading', distance: 10 },
  unfolding: { kind: 'unfolding' },
  led: { kind: 'led' },
  editing: { kind: 'editing' },
};

const EVENTS: Readonly<Record<string, EndEvent>> = {
  'scrolled to the end': { kind: 'scrolled', distance: 0 },
  'scrolled near the end': { kind: 'scrolled', distance: 8 },
  'scrolled away': { kind: 'scrolled', distance: 400 },
  'settled near the end': { kind: 'settled', distance: 8 },
  'settled elsewhere': { kind: 'settled', distance: 400 },
  grew: { kind: 'grew', distance: 320 },
  'grew a little': { kind: 'grew', distance: 20 },
  'shrank to the end': { kind: 'grew', distance: 0 },
  'window became lower': { kind: 'resized', distance: 600 },
  'window became higher': { kind: 'resized', distance: 0 },
  sent: { kind: 'sent' },
  jumped: { kind: 'jumped', smoothly: false },
  'jumped smoothly': { kind: 'jumped', smoothly: true },
  held: { kind: 'held', distance: 0 },
  'released at the end': { kind: 'released', distance: 0 },
  'released elsewhere': { kind: 'released', distance: 400 },
  unfolded: { kind: 'unfolded' },
  led: { kind: 'led' },
  'arrived at the last': { kind: 'arrived', distance: 0, atLast: true },
  'arrived at another': { kind: 'arrived', distance: 0, atLast: false },
  'arrived far away': { kind: 'arrived', distance: 400, atLast: true },
  entered: { kind: 'entered' },
  'left at the end': { kind: 'left', distance: 0 },
  'left elsewhere': { kind: 'left', distance: 400 },
};

/**
 * The state that follows, with its distance, and what is done; `-`: the same state, and nothing is done. In the order following, following
 * nearly, arriving, reading, reading near the end, unfolding, led, editing.
 */
const TABLE: Readonly<Record<keyof typeof EVENTS, readonly string[]>> = {
  'scrolled to the end': [
    '-',
    'following 0',
    'following 0',
    'following 0',
    'following 0',
    'reading 0',
    '-',
    '-',
  ],
  'scrolled near the end': [
    'reading 8',
    'following 8',
    'arriving 8',
    'following 8',
    'following 8',
    'reading 8',
    '-',
    '-',
  ],
  'scrolled away': [
    'reading 400',
    'reading 400',
    'reading 400',
    'reading 400',
    'reading 400',
    'reading 400',
    '-',
    '-',
  ],
  'settled near the end': ['-', '-', 'following 8', '-', '-', '-', '-', '-'],
  'settled elsewhere': ['-', '-', 'reading 400', '-', '-', '-', '-', '-'],
  grew: [
    'following 0, to-end',
    'following 0, to-end',
    'arriving 320',
    'reading 320',
    'reading 320',
    'reading 320, reveal',
    '-',
    '-',
  ],
  'grew a little': [
    'following 0, to-end',
    'following 0, to-end',
    'arriving 20',
    'reading 20',
    'reading 20',
    'reading 20, reveal',
    '-',
    '-',
  ],
  'shrank to the end': [
    '-',
    'following 0',
    'arriving 0',
    'following 0',
    'following 0',
    'reading 0, reveal',
    '-',
    '-',
  ],
  'window became lower': [
    'following 0, to-end',
    'following 0, to-end',
    'arriving 600',
    'reading 600',
    'reading 600',
    '-',
    '-',
    'editing, show-field',
  ],
  'window became higher': [
    '-',
    'following 0',
    'arriving 0',
    'following 0',
    'following 0',
    '-',
    '-',
    'editing, show-field',
  ],
  sent: [...Array(7).fill('following 0, to-end'), '-'],
  jumped: Array(8).fill('following 0, to-end'),
  'jumped smoothly': Array(8).fill('arriving Infinity, to-end-smoothly'),
  held: [
    'reading 0, stop',
    'reading 0, stop',
    'reading 0, stop',
    'reading 0',
    'reading 0',
    'reading 0',
    '-',
    '-',
  ],
  'released at the end': ['-', '-', '-', 'following 0', 'following 0', '-', '-', '-'],
  'released elsewhere': ['-', '-', '-', '-', '-', '-', '-', '-'],
  unfolded: ['unfolding, stop', 'unfolding, stop', '-', '-', '-', '-', '-', '-'],
  led: ['led, stop', 'led, stop', 'led, stop', 'led', 'led', 'led', '-', '-'],
  'arrived at the last': ['-', '-', '-', '-', '-', '-', 'following 0', '-'],
  'arrived at another': ['-', '-', '-', '-', '-', '-', 'reading 0', '-'],
  'arrived far away': ['-', '-', '-', '-', '-', '-', 'reading 400', '-'],
  entered: [
    'editing, stop',
    'editing, stop',
    'editing, stop',
    'editing',
    'editing',
    'editing',
    'editing',
    '-',
  ],
  'left at the end': ['-', '-', '-', '-', '-', '-', '-', 'following 0'],
  'left elsewhere': ['-', '-', '-', '-', '-', '-', '-', 'reading 400'],
};

const say = (state: EndState) => ('distance' in state ? `${state.kind} ${state.distance}` : state.kind);

describe('each cell of the table', () => {
  const cells = Object.entries(TABLE).flatMap(([event, row]) =>
    Object.keys(STATES).map((state, index) => [state, event, row[index]] as const),
  );

  test.each(cells)('%s, %s: %s', (from, name, cell) => {
    const before = STATES[from] as EndState;
    const { state, effect } = step(before, EVENTS[name] as EndEvent);
    const said = state === before && !effect ? '-' : [say(state), ...(effect ? [effect] : [])].join(', ');
    expect(said).toBe(cell);
  });

  test('a thread opens at its end, or where it was left', () => {
    expect(say(openedAt(true))).toBe('following 0');
    expect(say(openedAt(false))).toBe('reading 0');
  });
});

/** What a browser would show: a window of some height over a thread, which is as high as its messages. */
interface Sight {
  readonly height: number;
  readonly window: number;
  readonly top: number;
  readonly end: EndState;
}

/** What happens to a thread. `scroll`, `lead`: to this part of the way. */
type Happening =
  | { readonly kind: 'grow' | 'shrink' | 'window'; readonly by: number }
  | { readonly kind: 'scroll' | 'lead'; readonly to: number }
  | { readonly kind: 'say'; readonly event: EndEvent };

const farthest = ({ height, window }: Sight) => Math.max(0, height - window);
const distanceIn = (sight: Sight) => farthest(sight) - sight.top;
const clamped = (sight: Sight): Sight => ({
  ...sight,
  top: Math.min(Math.max(0, sight.top), farthest(sight)),
});

function told(sight: Sight, event: EndEvent): Sight {
  const { state, effect } = step(sight.end, event);
  const next = { ...sight, end: state };
  if (effect !== 'to-end' && effect !== 'to-end-smoothly') return next;
  const there = { ...next, top: farthest(next) };
  return { ...there, end: step(state, { kind: 'scrolled', distance: 0 }).state };
}

function happened(sight: Sight, what: Happening): Sight {
  switch (what.kind) {
    case 'grow':
    case 'shrink': {
      const by = what.kind === 'grow' ? what.by : -Math.min(what.by, sight.height);
      const next = clamped({ ...sight, height: sight.height + by });
      return told(next, { kind: 'grew', distance: distanceIn(next) });
    }
    case 'window': {
      const next = clamped({ ...sight, window: what.by });
      return told(next, { kind: 'resized', distance: distanceIn(next) });
    }
    case 'scroll':
    case 'lead': {
      const next = clamped({ ...sight, top: Math.round(farthest(sight) * what.to) });
      return next.top === sight.top ? sight : told(next, { kind: 'scrolled', distance: distanceIn(next) });
    }
    case 'say': {
      const { event } = what;
      return told(sight, 'distance' in event ? { ...event, distance: distanceIn(sight) } : event);
    }
  }
}

const px = fc.nat(900);
const part = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
const spoken: fc.Arbitrary<EndEvent> = fc.constantFrom(
  ...Object.values(EVENTS).filter(({ kind }) => !['grew', 'resized', 'scrolled', 'settled'].includes(kind)),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constantFrom('grow' as const, 'shrink' as const, 'window' as const), by: px }),
  fc.record({ kind: fc.constant('scroll' as const), to: part }),
  fc.record({ kind: fc.constant('say' as const), event: spoken }),
);
const opened: fc.Arbitrary<Sight> = fc
  .record({ height: fc.integer({ min: 0, max: 5000 }), window: fc.integer({ min: 100, max: 900 }), part })
  .map(({ part, ...sizes }) => {
    const sight = { ...sizes, top: 0, end: openedAt(part === 1) };
    // What is laid out first is higher than nothing.
    return happened({ ...sight, top: Math.round(farthest(sight) * part) }, { kind: 'grow', by: 0 });
  });
const story = fc.tuple(opened, fc.array(happening, { maxLength: 40 }));

describe('whatever happens', () => {
  test('who follows has the end in sight', () => {
    fc.assert(
      fc.property(story, ([start, happenings]) => {
        let sight = start;
        for (const what of happenings) {
          sight = happened(sight, what);
          if (sight.end.kind !== 'following') continue;
          expect(distanceIn(sight)).toBeLessThanOrEqual(['grow', 'window'].includes(what.kind) ? 1 : AT_END);
        }
      }),
    );
  });

  test('what grows moves the window of nobody else, and nobody else begins to follow', () => {
    fc.assert(
      fc.property(story, px, ([start, happenings], by) => {
        const before = happenings.reduce(happened, start);
        const after = happened(before, { kind: 'grow', by });
        if (isToEnd(before.end)) return;
        expect(after.top).toBe(before.top);
        expect(isToEnd(after.end)).toBe(false);
      }),
    );
  });

  test('while a field has the focus nothing but "Jump to latest" scrolls', () => {
    fc.assert(
      fc.property(story, fc.array(happening), ([start, before], meanwhile) => {
        let sight = told(happenings(start, before), { kind: 'entered' });
        for (const what of meanwhile) {
          if (what.kind === 'say' && ['jumped', 'left'].includes(what.event.kind)) return;
          const next = happened(sight, what);
          const byHand = what.kind === 'scroll';
          if (!byHand) expect(next.top).toBe(clamped({ ...next, top: sight.top }).top);
          sight = next;
        }
        expect(sight.end.kind).toBe('editing');
      }),
    );
  });

  test('own words and "Jump to latest" lead to the end from everywhere but a field', () => {
    fc.assert(
      fc.property(story, fc.boolean(), ([start, before], smoothly) => {
        const sight = happenings(start, before);
        expect(distanceIn(told(sight, { kind: 'jumped', smoothly }))).toBe(0);
        const sent = told(sight, { kind: 'sent' });
        expect(sent.end.kind).toBe(sight.end.kind === 'editing' ? 'editing' : 'following');
      }),
    );
  });

  test('who scrolls to the end follows, unless a field or a jump holds them', () => {
    fc.assert(
      fc.property(story, ([start, before]) => {
        const sight = happenings(start, before);
        const away = happened(sight, { kind: 'scroll', to: 0 });
        fc.pre(distanceIn(away) > AT_END);
        const back = happened(away, { kind: 'scroll', to: 1 });
        const holds = ['editing', 'led'].includes(sight.end.kind);
        expect(back.end.kind).toBe(holds ? sight.end.kind : 'following');
      }),
    );
  });
});

const happenings = (start: Sight, all: readonly Happening[]): Sight => all.reduce(happened, start);
