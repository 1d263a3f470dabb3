import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyReply, foldReply, type ReplyItem, VERSION } from '../../protocol/index.ts';
import { start, step } from './machine.ts';
import { emptied, handed, noWords, type SpokenEvent, say } from './parts-so-far.ts';
import type { Action, Event, GenerationState } from './states.ts';
import { generation, MemoryLog } from './testing.ts';

const text = (value: string): SpokenEvent => ({ kind: 'text', text: value });
const tool = (call: string, input: string): SpokenEvent => ({ kind: 'tool', call, name: 'n', input });

function queueOf(...said: SpokenEvent[]) {
  return said.reduce(say, noWords).queue;
}

test('deltas of one part are coalesced, a change of part is kept', () => {
  expect(
    queueOf({ kind: 'reasoning', text: 'a' }, { kind: 'reasoning', text: 'b' }, text('c'), text('d')),
  ).toEqual([
    { kind: 'delta', part: 0, of: 'reasoning', text: 'ab' },
    { kind: 'delta', part: 1, of: 'text', text: 'cd' },
  ]);
});

test('of a tool call only the latest state waits', () => {
  expect(queueOf(tool('x', '{'), tool('x', '{}'), text('then'), tool('y', '1'))).toEqual([
    { kind: 'tool', call: 'x', name: 'n', input: '{}', part: 0 },
    { kind: 'delta', part: 1, of: 'text', text: 'then' },
    { kind: 'tool', call: 'y', name: 'n', input: '1', part: 2 },
  ]);
});

test('a tool call that is known keeps its part, and text goes on after it', () => {
  const written = emptied([tool('x', '{"b":'), text('a')].reduce(say, noWords));
  expect(handed([tool('x', '{"b":1}'), text('b')].reduce(say, written))).toEqual([
    { kind: 'delta', part: 0, of: 'input', text: '1}' },
    { kind: 'delta', part: 1, of: 'text', text: 'b' },
  ]);
});

test('of a call the log has, only what was added is written; what was taken back is said anew', () => {
  const call = { kind: 'tool', call: 'x', name: 'n', input: '{}' } as const;
  const after = (...said: SpokenEvent[]) => {
    const first = emptied(say(noWords, call));
    return handed(said.reduce(say, first));
  };
  expect(after(call)).toEqual([]);
  expect(after({ ...call, output: '' })).toEqual([{ kind: 'delta', part: 0, of: 'output', text: '' }]);
  expect(after({ ...call, output: '[1' }, { ...call, output: '[1]' })).toEqual([
    { kind: 'delta', part: 0, of: 'output', text: '[1]' },
  ]);
  expect(after({ ...call, error: 'no' })).toEqual([{ kind: 'delta', part: 0, of: 'error', text: 'no' }]);
  expect(after({ ...call, input: '[]' })).toEqual([{ ...call, part: 0, input: '[]' }]);
  expect(after({ ...call, name: 'm' })).toEqual([{ ...call, part: 0, name: 'm' }]);
});

test('a log grows with what a call says, not with how often it says more', () => {
  const input = JSON.stringify({ code: 'x'.repeat(5_000) });
  let [words, bytes] = [noWords, 0];
  for (let end = 1; end <= input.length; end += 1) {
    words = say(words, tool('x', input.slice(0, end)));
    for (const entry of handed(words)) bytes += 'text' in entry ? entry.text.length : 1;
    words = emptied(words);
  }
  expect(bytes).toBe(input.length);
});

test('an empty delta says nothing', () => {
  expect(say(noWords, text(''))).toBe(noWords);
});

const saidArbitrary: fc.Arbitrary<SpokenEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text', 'reasoning'), text: fc.string({ maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('tool'),
    call: fc.constantFrom('x', 'y', '__proto__'),
    name: fc.constant('n'),
    input: fc.string({ maxLength: 3 }),
    output: fc.constantFrom('', '[', '[1]'),
  }),
  fc.constant({ kind: 'recast', text: 'So it is thought.' }),
  fc.constant({
    kind: 'file',
    file: { kind: 'file', hash: 'h', name: 'picture.png', type: 'image/png', size: 1 },
  }),
) as fc.Arbitrary<SpokenEvent>;

const outside: fc.Arbitrary<Event | 'landed' | 'lost' | 'well'> = fc.oneof(
  { weight: 4, arbitrary: saidArbitrary },
  { weight: 4, arbitrary: fc.constantFrom('landed', 'lost', 'well') },
  { weight: 3, arbitrary: fc.constantFrom('flush', 'silence', 'retry').map((kind) => ({ kind }) as Event) },
);

test('whatever the engine loses or repeats, the log says what the model said, once and in order', () => {
  fc.assert(
    fc.property(fc.array(outside, { maxLength: 60 }), (events) => {
      const engine = new Engine();
      engine.answer('well');
      for (const event of events) typeof event === 'string' ? engine.answer(event) : engine.tell(event);
      engine.tell({ kind: 'finish' });
      for (let rounds = 0; rounds < 5; rounds += 1) {
        engine.answer('well');
        engine.tell({ kind: 'retry' });
      }
      expect(engine.state.kind).toBe('ended');
      expect(engine.log.reply.parts).toEqual(partsOf(events.filter((event) => typeof event !== 'string')));
      expect(engine.log.reply.end).toBeDefined();
    }),
    { numRuns: 500 },
  );
});

const SPOKEN: readonly string[] = ['text', 'reasoning', 'recast', 'tool', 'file'];

/** What the parts would be if each event were written by itself. */
function partsOf(events: readonly Event[]) {
  const items: ReplyItem[] = [];
  let words = noWords;
  for (const event of events) {
    if (!SPOKEN.includes(event.kind)) continue;
    words = say(words, event as SpokenEvent);
    for (const entry of handed(words)) items.push({ v: VERSION, ...entry, seq: items.length } as ReplyItem);
    words = emptied(words);
  }
  return foldReply(emptyReply, items).parts;
}

/** The machine and an engine whose answers the test decides; at most one call is under way. */
class Engine {
  state: GenerationState = start.state;
  readonly log = new MemoryLog(generation());
  #call: Action | undefined = start.actions[0];

  tell(event: Event): void {
    const next = step(this.state, event, 0);
    this.state = next.state;
    const calls = next.actions.filter(({ kind }) => ['open', 'write', 'end', 'settle'].includes(kind));
    expect(calls.length + (this.#call ? 1 : 0)).toBeLessThanOrEqual(1);
    this.#call ??= calls[0];
  }

  answer(fate: 'landed' | 'lost' | 'well'): void {
    const call = this.#call;
    if (!call) return;
    this.#call = undefined;
    if (fate !== 'lost' && (call.kind === 'write' || call.kind === 'end')) this.#land(call);
    if (fate !== 'well') return this.tell({ kind: 'engine-failed', again: true });
    if (call.kind === 'write') this.log.acknowledge(call.entries);
    const told = { open: 'opened', write: 'written', end: 'ended', settle: 'settled' } as const;
    if (call.kind in told) this.tell({ kind: told[call.kind as keyof typeof told] });
  }

  #land(call: Extract<Action, { kind: 'write' | 'end' }>): void {
    if (call.kind === 'write') this.log.land(call.entries);
    else this.log.land([...call.entries, { kind: 'end', end: call.finish }], true);
  }
}

test('words that follow thoughts go on in the part they were cut from', () => {
  const thoughts: SpokenEvent = { kind: 'reasoning', text: 'so' };
  expect(queueOf({ kind: 'begun', text: 'The fo' }, thoughts, text('x '), text('runs'))).toEqual([
    { kind: 'delta', part: 0, of: 'text', text: 'The fo' },
    { kind: 'delta', part: 1, of: 'reasoning', text: 'so' },
    { kind: 'delta', part: 0, of: 'text', text: 'x runs' },
  ]);
  expect(queueOf({ kind: 'begun', text: 'The fo' }, tool('a', '1'), text('x'))).toContainEqual({
    kind: 'delta',
    part: 2,
    of: 'text',
    text: 'x',
  });
});

test('what turns out to be thoughts leaves the words it goes on from as they were', () => {
  const words = [{ kind: 'begun', text: 'The fo' } as const, text('hm')].reduce(say, noWords);
  const written = emptied(words);
  for (const before of [words, written]) {
    const after = [{ kind: 'recast', text: 'hm' } as const, text('x')].reduce(say, before);
    const log = new MemoryLog(generation());
    log.land(before === written ? words.queue : []);
    log.acknowledge(before === written ? words.queue : []);
    log.land(handed(after));
    expect(log.reply.parts).toEqual([
      { kind: 'text', text: 'The fox' },
      { kind: 'reasoning', text: 'hm' },
    ]);
  }
});
