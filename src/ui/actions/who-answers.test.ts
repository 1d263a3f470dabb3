import { describe, expect, test } from 'vitest';
import type { Model, Source } from '../../protocol/index.ts';
import { emptyTree, foldOutline } from '../../tree/index.ts';
import { chosenSince, isElsewhere, pickModel, whoAnswersAgain } from './who-answers.ts';

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

const imported = { source: 'chatgpt', id: 'gpt-4o' };
const list = (models: readonly Model[], preset: Model | undefined = a) => ({
  models,
  ...(preset && { default: preset.ref }),
  sources: ['local', 'demo'].map((id) => ({ id }) as Source),
});

test('without a wish: the default of the server', () => {
  expect(pickModel(list([a, demo]), {})).toEqual({ kind: 'model', model: a });
});

test('chosen for the conversation, then its latest reply, then chosen last', () => {
  const all = list([a, b, demo]);
  expect(pickModel(all, { chosen: b.ref, used: a.ref, last: demo.ref })).toEqual({ kind: 'model', model: b });
  expect(pickModel(all, { used: b.ref, last: demo.ref })).toEqual({ kind: 'model', model: b });
  expect(pickModel(all, { last: demo.ref })).toEqual({ kind: 'model', model: demo });
});

test('a conversation whose model is gone asks, instead of going on with another', () => {
  expect(pickModel(list([a, demo]), { used: b.ref })).toEqual({ kind: 'gone', ref: b.ref });
  expect(pickModel(list([a, demo]), { chosen: b.ref })).toEqual({ kind: 'gone', ref: b.ref });
});

test('where its model is from elsewhere the one chosen last goes on, else the default', () => {
  const used = { used: imported };
  const all = list([a, b, demo]);
  expect(pickModel(all, { ...used, last: b.ref })).toEqual({ kind: 'model', model: b, insteadOf: imported });
  expect(pickModel(all, used)).toEqual({ kind: 'model', model: a, insteadOf: imported });
  expect(pickModel(all, { ...used, chosen: b.ref })).toEqual({ kind: 'model', model: b });
});

test('where its endpoint was removed nobody goes on in its place unasked', () => {
  const mine = { source: '127.0.0.1:8080', id: 'private' };
  const all = { ...list([a, b, demo]), removed: [mine.source] };
  expect(pickModel(all, { used: mine, last: b.ref })).toEqual({ kind: 'gone', ref: mine });
  expect(pickModel(all, { used: imported, last: b.ref })).toMatchObject({ insteadOf: imported });
  expect([isElsewhere(all, mine), isElsewhere(all, imported)]).toEqual([false, true]);
});

test('neither the demo nor an agent goes on in the place of a model from elsewhere', () => {
  const gone = { kind: 'gone', ref: imported };
  const agent: Model = { ...b, agent: { state: 'configured', command: 'agent' } };
  expect(pickModel(list([demo], demo), { used: imported, last: demo.ref })).toEqual(gone);
  expect(pickModel(list([agent, demo], demo), { used: imported, last: agent.ref })).toEqual(gone);
  expect(pickModel({ models: [], sources: [] }, { used: imported })).toEqual(gone);
});

test('a new chat takes another real model, but never the demo in place of a real one', () => {
  expect(pickModel(list([a, demo]), { last: b.ref })).toEqual({ kind: 'model', model: a });
  expect(pickModel(list([demo], demo), { last: b.ref })).toEqual({ kind: 'gone', ref: b.ref });
});

test('an empty list picks nothing', () => {
  expect(pickModel({ models: [], sources: [] }, {})).toEqual({ kind: 'none' });
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
    {
      kind: 'message',
      message: said('imported', 'q', 'assistant', { kind: 'model', model: imported, name: 'o' }),
    },
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

  test('a model from elsewhere is not asked once more', () => {
    const isElsewhere = ({ source }: { readonly source: string }) => source === 'chatgpt';
    expect(whoAnswersAgain({ ...next, isElsewhere }, tree, 'imported')).toEqual(a.ref);
    expect(whoAnswersAgain({ ...next, isElsewhere }, tree, 'by-b')).toEqual(b.ref);
  });

  test('a model counts as chosen since only if the last reply was another’s, and it is there', () => {
    const there = { kind: 'model', model: b } as const;
    expect(chosenSince(b.ref, a.ref, there)).toEqual(b.ref);
    expect(chosenSince(b.ref, b.ref, there)).toBeUndefined();
    expect(chosenSince(undefined, a.ref, there)).toBeUndefined();
    expect(chosenSince(b.ref, a.ref, { kind: 'gone', ref: b.ref })).toBeUndefined();
    expect(chosenSince(imported, a.ref, { ...there, insteadOf: imported })).toBeUndefined();
  });
});
