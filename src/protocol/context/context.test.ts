import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Part } from '../parts/index.ts';
import type { Message } from '../streams/items.ts';
import { chainTo, contextOf, contextOfChain } from './context.ts';

const MODEL = { source: 'demo', id: 'demo' };

function said(id: string, parent: string | null, more: Partial<Message> = {}): Message {
  const parts: Part[] = [{ kind: 'text', text: id }];
  const base = {
    v: 1,
    kind: 'message',
    role: 'user',
    author: { kind: 'user' },
    origin: { kind: 'send' },
    time: 1,
  } as const;
  return { ...base, id, parent, parts, ...more };
}

const ids = (messages: readonly Message[]): string[] => messages.map((message) => message.id);

it('is the chain of parents, from the root to the tip', () => {
  const items = [said('a', null), said('b', 'a'), said('c', 'b'), said('other', 'a'), said('under', 'c')];
  expect(ids(contextOf(items, 'c'))).toEqual(['a', 'b', 'c']);
});

it('does not depend on order, repeats or strangers', () => {
  const chain = Array.from({ length: 6 }, (_, at) => said(`m${at}`, at === 0 ? null : `m${at - 1}`));
  const strangers = [said('x', 'm2'), said('y', 'nowhere'), said('z', null)];
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...chain, ...strangers]),
      fc.shuffledSubarray(chain, { minLength: 6 }),
      (some, all) => {
        expect(ids(contextOf([...some, ...all], 'm5'))).toEqual(ids(chain));
      },
    ),
  );
});

it('throws where the chain has a hole, or goes in a circle', () => {
  expect(() => contextOf([said('b', 'a')], 'b')).toThrow(/missing/);
  expect(() => contextOf([said('a', null)], 'b')).toThrow(/missing/);
  expect(() => contextOf([said('a', 'b'), said('b', 'a')], 'a')).toThrow(/missing/);
});

it('takes the first of messages with one id, in a chain as in a context', () => {
  const items = [
    said('a', null),
    said('b', 'a'),
    said('b', 'a', { parts: [{ kind: 'text', text: 'later' }] }),
  ];
  for (const chain of [chainTo(items, 'b'), contextOf(items, 'b')])
    expect(chain.map(({ parts }) => parts[0])).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: 'b' },
    ]);
});

it('gives reasoning back only to the model that wrote it', () => {
  const author = { kind: 'model', model: MODEL, name: 'Demo' } as const;
  const parts: Part[] = [
    { kind: 'reasoning', text: 'hm' },
    { kind: 'text', text: 'Hi' },
  ];
  const items = [said('a', null), said('r', 'a', { role: 'assistant', author, parts })];
  const partsFor = (model?: typeof MODEL) => contextOf(items, 'r', model)[1]?.parts.map((part) => part.kind);
  expect(partsFor(MODEL)).toEqual(['reasoning', 'text']);
  expect(partsFor({ ...MODEL, id: 'other' })).toEqual(['text']);
  expect(partsFor({ ...MODEL, source: 'other' })).toEqual(['text']);
  expect(partsFor()).toEqual(['text']);
});

it('leaves out a reply of which nothing remains', () => {
  const author = { kind: 'model', model: MODEL, name: 'Demo' } as const;
  const thought = said('r', 'a', { role: 'assistant', author, parts: [{ kind: 'reasoning', text: 'hm' }] });
  expect(ids(contextOf([said('a', null), thought, said('b', 'r')], 'b'))).toEqual(['a', 'b']);
});

it('puts the last system prompt of the chain in front, and no other; an empty one takes it away', () => {
  const prompt = (id: string, parent: string | null, parts?: Part[]) =>
    said(id, parent, { role: 'system', ...(parts && { parts }) });
  const items = [
    prompt('s1', null),
    said('a', 's1'),
    prompt('s2', 'a'),
    prompt('off', 'a'),
    said('b', 's2'),
    prompt('s3', 'b', []),
    said('c', 's3'),
  ];
  expect(ids(contextOf(items, 'a'))).toEqual(['s1', 'a']);
  expect(ids(contextOf(items, 'b'))).toEqual(['s2', 'a', 'b']);
  expect(ids(contextOf(items, 'c'))).toEqual(['a', 'b', 'c']);
});

const summaryOf = (id: string, parent: string, keep: number, more: Partial<Message> = {}): Message =>
  said(id, parent, {
    role: 'assistant',
    origin: { kind: 'summary' },
    parts: [{ kind: 'summary', text: `So far: ${id}.`, covers: { from: 'm0', to: 'm1' }, keep }],
    ...more,
  });

const exchanges = (count: number): Message[] =>
  Array.from({ length: count * 2 }, (_, at) =>
    said(`m${at}`, at === 0 ? null : `m${at - 1}`, {
      role: at % 2 === 0 ? 'user' : 'assistant',
      ...(at % 2 === 1 && { usage: { input: 100 * at, output: 5 } }),
    }),
  );

it('reads the last summary in place of what it stands for, as said by a person', () => {
  const chain = [...exchanges(3), summaryOf('s', 'm5', 1), said('q', 's')];
  const read = contextOf(chain, 'q');
  expect(ids(read)).toEqual(['s', 'm4', 'm5', 'q']);
  expect(read.map(({ role }) => role)).toEqual(['user', 'user', 'assistant', 'user']);
  // What was counted with it was all that is not read any more.
  expect(read.map(({ usage }) => usage)).toEqual([undefined, undefined, undefined, undefined]);
});

it('takes the newest of several, and the system prompt from above it', () => {
  const [first, ...rest] = exchanges(2);
  const chain = [
    ...[said('p', null, { role: 'system' }), { ...(first as Message), parent: 'p' }, ...rest],
    ...[summaryOf('s', 'm3', 1), said('q', 's'), said('r', 'q', { role: 'assistant' })],
    ...[summaryOf('t', 'r', 2), said('z', 't')],
  ];
  expect(ids(contextOf(chain, 'z'))).toEqual(['p', 't', 'm2', 'm3', 'q', 'r', 'z']);
  expect(ids(contextOf(chain, 'r'))).toEqual(['p', 's', 'm2', 'm3', 'q', 'r']);
});

it('a summary that says nothing, or cannot be read, stands for nothing', () => {
  const blank = summaryOf('s', 'm1', 0, {
    parts: [{ kind: 'summary', text: ' ', covers: { from: 'm0', to: 'm1' }, keep: 0 }],
  });
  const later = summaryOf('s', 'm1', 0, { parts: [{ kind: 'kept', of: 'summary' }] });
  for (const summary of [blank, later])
    expect(ids(contextOf([...exchanges(1), summary, said('q', 's')], 'q'))).toEqual(['m0', 'm1', 's', 'q']);
});

it('what stands above the turns that are kept need not be there, but for the prompt', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(6), fc.nat(3), (before, keep, after) => {
      const above = exchanges(before);
      const below = exchanges(after).map((message, at) => ({
        ...message,
        ...{ id: `n${at}`, parent: at === 0 ? 's' : `n${at - 1}` },
      }));
      const chain = [...above, summaryOf('s', `m${before * 2 - 1}`, keep), ...below];
      const kept = Math.max(0, before - keep) * 2;
      const whole = contextOfChain(chain);
      expect(contextOfChain(chain.slice(kept))).toEqual(whole);
      expect(whole).toHaveLength(1 + Math.min(keep, before) * 2 + after * 2);
    }),
  );
});
