import { expect, test } from 'vitest';
import type { Model } from '../../../protocol/index.ts';
import { pickModel } from './pick-model.ts';

const model = (source: string, id: string, demo = false): Model => ({
  ref: { source, id },
  name: id,
  sourceName: source,
  kind: 'chat',
  demo,
});
const demo = model('demo', 'demo', true);
const a = model('local', 'a');
const b = model('local', 'b');

test('without a wish: the default of the server', () => {
  expect(pickModel([a, demo], a.ref, {})).toEqual({ kind: 'model', model: a });
});

test('chosen for the conversation, then its latest reply, then chosen last', () => {
  const all = [a, b, demo];
  expect(pickModel(all, a.ref, { chosen: b.ref, used: a.ref, last: demo.ref })).toEqual({
    kind: 'model',
    model: b,
  });
  expect(pickModel(all, a.ref, { used: b.ref, last: demo.ref })).toEqual({ kind: 'model', model: b });
  expect(pickModel(all, a.ref, { last: demo.ref })).toEqual({ kind: 'model', model: demo });
});

test('a conversation whose model is gone asks, instead of going on with another', () => {
  expect(pickModel([a, demo], a.ref, { used: b.ref })).toEqual({ kind: 'gone', ref: b.ref });
  expect(pickModel([a, demo], a.ref, { chosen: b.ref })).toEqual({ kind: 'gone', ref: b.ref });
});

test('a new chat takes another real model, but never the demo in place of a real one', () => {
  expect(pickModel([a, demo], a.ref, { last: b.ref })).toEqual({ kind: 'model', model: a });
  expect(pickModel([demo], demo.ref, { last: b.ref })).toEqual({ kind: 'gone', ref: b.ref });
});

test('an empty list picks nothing', () => {
  expect(pickModel([], undefined, {})).toEqual({ kind: 'none' });
});
