import { expect, test } from 'vitest';
import { EngineUnavailable, OffsetUnknown, StreamConflict, StreamGone, StreamMissing } from '../errors.ts';
import { appendedOf, closedOf, createdOf, deletedOf, headOf, pageOf } from './answers.ts';
import type { EngineAnswer } from './http.ts';

const answer = (status: number, ...set: ('closed' | 'tail')[]): EngineAnswer => ({
  status,
  headers: {
    'stream-next-offset': '7',
    ...(set.includes('closed') && { 'stream-closed': 'true' }),
    ...(set.includes('tail') && { 'stream-up-to-date': 'true' }),
  },
  body: '[{"n":1}]',
});

/** What a call gives, or the kind of what it throws. */
function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return (error as Error).constructor;
  }
}

const state = { next: '7', closed: false };

test.each<[EngineAnswer, unknown]>([
  [answer(201), { created: true, ...state }],
  [answer(200), { created: false, ...state }],
  [answer(200, 'closed'), { created: false, next: '7', closed: true }],
  [answer(409), StreamConflict],
  [answer(410), StreamConflict],
  [answer(404), EngineUnavailable],
  [answer(405), EngineUnavailable],
  [answer(500), EngineUnavailable],
])('creating: %o', (given, expected) => {
  expect(outcome(() => createdOf('s', given))).toEqual(expected);
});

test.each<[EngineAnswer, boolean, unknown]>([
  [answer(204), true, { kind: 'appended', next: '7' }],
  [answer(200), false, { kind: 'appended', next: '7' }],
  // A page of a proxy may well answer 201 or 202.
  [answer(202), false, EngineUnavailable],
  [answer(409), true, { kind: 'conflict' }],
  [answer(409), false, EngineUnavailable],
  [answer(409, 'closed'), true, { kind: 'closed', next: '7' }],
  [answer(409, 'closed'), false, { kind: 'closed', next: '7' }],
  [answer(403, 'closed'), true, { kind: 'closed', next: '7' }],
  [answer(403), true, EngineUnavailable],
  [answer(404), true, StreamMissing],
  [answer(410), true, StreamGone],
])('appending: %o, with a seq: %s', (given, seq, expected) => {
  expect(outcome(() => appendedOf('s', given, seq))).toEqual(expected);
});

test.each<[EngineAnswer, unknown]>([
  [answer(200), state],
  [answer(200, 'closed'), { next: '7', closed: true }],
  [answer(404), null],
  [answer(410), null],
  [answer(204), EngineUnavailable],
  [answer(503), EngineUnavailable],
])('the head: %o', (given, expected) => {
  expect(outcome(() => headOf('s', given))).toEqual(expected);
});

const items = [{ n: 1 }];

test.each<[EngineAnswer, unknown]>([
  [answer(200), { items, next: '7', upToDate: false, closed: false }],
  [answer(200, 'tail'), { items, next: '7', upToDate: true, closed: false }],
  [answer(200, 'tail', 'closed'), { items, next: '7', upToDate: true, closed: true }],
  // It is closed, but there is more to read.
  [answer(200, 'closed'), { items, next: '7', upToDate: false, closed: false }],
  [answer(400), OffsetUnknown],
  [answer(404), StreamMissing],
  [answer(410), StreamGone],
  [answer(206), EngineUnavailable],
  [{ ...answer(200, 'tail'), body: '[]' }, OffsetUnknown],
  [{ ...answer(200), body: '{}' }, EngineUnavailable],
])('a page from offset 5: %o', (given, expected) => {
  expect(outcome(() => pageOf('s', '5', given))).toEqual(expected);
});

test('an empty page at the tail is one where it was asked for there', () => {
  const empty = { items: [], next: '7', upToDate: true, closed: false };
  for (const from of ['7', '-1'])
    expect(pageOf('s', from, { ...answer(200, 'tail'), body: '[]' })).toEqual(empty);
});

test.each<[EngineAnswer, unknown]>([
  [answer(200), undefined],
  [answer(204), undefined],
  [answer(409, 'closed'), undefined],
  [answer(409), EngineUnavailable],
  [answer(404), StreamMissing],
  [answer(410), StreamGone],
])('closing: %o', (given, expected) => {
  expect(outcome(() => closedOf('s', given))).toEqual(expected);
});

test.each<[EngineAnswer, unknown]>([
  [answer(200), undefined],
  [answer(204), undefined],
  [answer(404), undefined],
  [answer(410), undefined],
  [answer(500), EngineUnavailable],
])('deleting: %o', (given, expected) => {
  expect(outcome(() => deletedOf('s', given))).toEqual(expected);
});
