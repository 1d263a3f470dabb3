import { describe, expect, test } from 'vitest';
import type { Model } from '../../protocol/index.ts';
import { emptyTree, foldOutline } from '../../tree/index.ts';
import { chosenSince, pickModel, whoAnswersAgain } from './who-answers.ts';

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

describe('asked once more', () => {
  const place = { branch: 'branch-1', start: '0', end: '1', time: 1, preview: '' } as const;
  const said = (id: string, parent: string | null, role: string, author: object) =>
    ({ ...place, id, parent, role, author, origin: { kind: 'send' } }) as never;
  const reply = (id: string, author: object) => ({
    kind: 'message' as const,
    message: said(id, 'q', 'assistant', author),
  });
  const tried = {
    ...{ id: 'tried', parent: 'q', branch: 'branch-1', at: '1', name: 'b', started: 1, model: b.ref },
    ...{ origin: { kind: 'send' }, end: { reason: 'failed', at: 2 } },
  } as never;
  const tree = foldOutline(emptyTree, [
    {
      kind: 'message',
      message: said('q', null, 'user', { kind: 'user' }),
    },
    reply('by-b', { kind: 'model', model: b.ref, name: 'b' }),
    reply('by-hand', { kind: 'user' }),
    { kind: 'generation', generation: tried },
  ]);
  const next = { model: a.ref, chosen: undefined };

  test.each([
    ['whoever wrote the reply, not who answers next', 'by-b', next, b.ref],
    ['whoever tried to write it', 'tried', next, b.ref],
    ['who answers next, for a person’s words', 'by-hand', next, a.ref],
    ['who answers next, where nobody has replied', null, next, a.ref],
    ['whom one chose since, before all', 'by-b', { model: a.ref, chosen: demo.ref }, demo.ref],
    ['nobody, where there is nobody', null, { model: undefined, chosen: undefined }, undefined],
  ] as const)('%s', (_, of, asked, who) => {
    expect(whoAnswersAgain(asked, tree, of)).toEqual(who);
  });

  test('a model counts as chosen since only if the last reply was another’s, and it is there', () => {
    const there = { kind: 'model', model: b } as const;
    expect(chosenSince(b.ref, a.ref, there)).toEqual(b.ref);
    expect(chosenSince(b.ref, b.ref, there)).toBeUndefined();
    expect(chosenSince(undefined, a.ref, there)).toBeUndefined();
    expect(chosenSince(b.ref, a.ref, { kind: 'gone', ref: b.ref })).toBeUndefined();
  });
});
