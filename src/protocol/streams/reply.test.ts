import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finish, Generation } from '../../tree/index.ts';
import type { ReplyItem } from './items.ts';
import { emptyReply, foldReply, messageOf, type Reply, saysSomething } from './reply.ts';

const generation: Generation = {
  id: 'reply-01',
  parent: 'message1',
  branch: 'branch-1',
  at: '0_1',
  model: { source: 'demo', id: 'demo' },
  name: 'Demo',
  demo: true,
  origin: { kind: 'send' },
  started: 7,
};

const start: ReplyItem = { v: 1, kind: 'start', seq: 0, generation };
const delta = (seq: number, text: string, part = 0, of: 'text' | 'reasoning' = 'text'): ReplyItem => ({
  v: 1,
  kind: 'delta',
  seq,
  part,
  of,
  text,
});
const end = (seq: number, reason: Finish['reason'] = 'complete'): ReplyItem => ({
  v: 1,
  kind: 'end',
  seq,
  end: { reason, at: 9 },
});

const fold = (...items: ReplyItem[]): Reply => foldReply(emptyReply, items);

it('begins a part anew at a delta of another kind: what was taken for text were thoughts', () => {
  const taken = fold(start, delta(1, 'Hm, '), delta(2, 'four'));
  const reply = foldReply(taken, [delta(3, 'Hm, four', 0, 'reasoning'), delta(4, 'Four.', 1)]);
  expect(reply.parts).toEqual([
    { kind: 'reasoning', text: 'Hm, four' },
    { kind: 'text', text: 'Four.' },
  ]);
});

/** A log as its writer posts it: deltas of a few parts, perhaps an end. */
const log = fc
  .record({
    words: fc.array(fc.tuple(fc.nat(2), fc.string({ maxLength: 3 })), { maxLength: 8 }),
    ended: fc.boolean(),
  })
  .map(({ words, ended }) => {
    const parts = words.map(([part]) => part).sort();
    const items = words.map(([, text], at) =>
      delta(at + 1, text, parts[at], parts[at] === 1 ? 'reasoning' : 'text'),
    );
    return [start, ...items, ...(ended ? [end(items.length + 1)] : [])];
  });

describe('the fold of a log', () => {
  it('changes nothing under redelivery: at any time, anything delivered before comes again', () => {
    const redelivered = log.chain((items) =>
      fc.tuple(
        fc.constant(items),
        fc.array(fc.tuple(fc.nat(items.length), fc.nat(items.length)), { maxLength: 4 }),
      ),
    );
    fc.assert(
      fc.property(redelivered, ([items, again]) => {
        const seen: ReplyItem[] = [];
        for (const [at, item] of items.entries()) {
          seen.push(item);
          for (const [when, from] of again)
            if (when === at) seen.push(...items.slice(Math.min(from, at), at + 1));
        }
        expect(fold(...seen)).toEqual(fold(...items));
      }),
    );
  });

  it('gives the same in one batch and in many, and the same object when nothing is new', () => {
    fc.assert(
      fc.property(log, (items) => {
        const whole = fold(...items);
        expect(items.reduce((reply, item) => foldReply(reply, [item]), emptyReply)).toEqual(whole);
        expect(foldReply(whole, items)).toBe(whole);
      }),
    );
  });

  it('appends to the part a delta names and replaces the part of a tool', () => {
    const call = { v: 1, kind: 'tool', part: 1, call: 'c', name: 'search', input: '{}' } as const;
    const reply = fold(
      start,
      delta(1, 'Hel'),
      delta(2, 'lo'),
      { ...call, seq: 3 },
      { ...call, seq: 4, output: '[]' },
    );
    expect(reply.parts).toEqual([
      { kind: 'text', text: 'Hello' },
      { kind: 'tool', call: 'c', name: 'search', input: '{}', output: '[]' },
    ]);
  });

  it('counts the first end in the log, and nothing after it', () => {
    const reply = fold(
      start,
      delta(1, 'Hi'),
      end(2, 'stopped'),
      delta(2, ' there'),
      delta(3, '!'),
      end(4, 'complete'),
    );
    expect(reply.end?.reason).toBe('stopped');
    expect(reply.parts).toEqual([{ kind: 'text', text: 'Hi' }]);
  });

  it('counts an end whatever its number: who ends it may not have read the last items', () => {
    const reply = fold(start, delta(1, 'Hi'), delta(2, ' there'), end(1, 'interrupted'));
    expect(reply).toMatchObject({ seq: 2, end: { reason: 'interrupted' } });
  });
});

describe('the message of a log', () => {
  it('is its words, from the time its generation started', () => {
    expect(messageOf(fold(start, delta(1, 'Hi'), end(2)))).toEqual({
      v: 1,
      kind: 'message',
      id: 'reply-01',
      parent: 'message1',
      role: 'assistant',
      author: { kind: 'model', model: generation.model, name: 'Demo', demo: true },
      parts: [{ kind: 'text', text: 'Hi' }],
      origin: { kind: 'send' },
      time: 7,
      finish: { reason: 'complete', at: 9 },
    });
  });

  it('is none when the log says nothing', () => {
    expect(messageOf(fold(start, end(1, 'failed')))).toBeNull();
    expect(messageOf(fold(start, delta(1, ' \n'), end(2)))).toBeNull();
    expect(saysSomething(fold(start, delta(1, 'hm', 0, 'reasoning')))).toBe(true);
  });

  it('cannot be made of a log without start or end', () => {
    expect(() => messageOf(fold(start, delta(1, 'Hi')))).toThrow(/start and its end/);
    expect(() => messageOf(fold(end(1)))).toThrow(/start and its end/);
  });
});
