import { expect, test } from 'vitest';
import { continuable, emptyTree, type Finish, foldOutline, forkable, type OutlineChange } from './index.ts';

const said = (id: string, parent: string | null): OutlineChange => {
  const message = { id, parent, role: 'user', author: { kind: 'user' }, preview: id, branch: 'b' } as const;
  return {
    kind: 'message',
    message: { ...message, start: `${id}<`, end: `${id}>`, origin: { kind: 'send' }, time: 1 },
  };
};
const asked = (id: string, parent: string, model = { source: 's', id: 'm' }): OutlineChange => {
  const place = { id, parent, branch: 'b', at: '1', origin: { kind: 'send' as const }, started: 2 };
  return { kind: 'generation', generation: { ...place, model, name: 'M' } };
};
const AGENT = { source: 'agents', id: 'Ada' };

test('answers for every message, whole or not', () => {
  const tree = foldOutline(emptyTree, [
    ...[said('a', null), asked('r', 'a'), said('b', 'a'), asked('w', 'b')],
    { kind: 'generation-end', id: 'w', end: { reason: 'failed', at: 3 } },
    ...[said('lost', 'nobody'), said('below', 'lost'), said('x', 'y'), said('y', 'x')],
  ]);
  expect(['a', 'b'].map((id) => forkable(tree, id))).toEqual([true, true]);
  expect(forkable(tree, 'r')).toBe('writing');
  expect(forkable(tree, 'w')).toBe('wordless');
  for (const id of ['below', 'lost', 'x', 'y']) expect(forkable(tree, id)).toBe('damaged');
  expect(forkable(tree, 'z')).toBe('unknown');
});

test('knows at once that what was missing has come, and walks a long way without recursion', () => {
  const late = [said('b', 'a'), said('c', 'b')];
  const before = foldOutline(emptyTree, late);
  expect(forkable(before, 'c')).toBe('damaged');
  expect(forkable(foldOutline(before, [said('a', null)]), 'c')).toBe(true);
  const chain = Array.from({ length: 20_000 }, (_, at) => said(`m${at}`, at === 0 ? null : `m${at - 1}`));
  expect(forkable(foldOutline(emptyTree, chain), 'm19999')).toBe(true);
});

test('tells what an agent refused from an address that did', () => {
  const failed = (id: string, code: string): OutlineChange => {
    const end: Finish = { reason: 'failed', at: 3, failure: { code, sentence: 'No.' } };
    return { kind: 'generation-end', id, end };
  };
  const tree = foldOutline(emptyTree, [
    ...[said('a', null), asked('back', 'a', AGENT), asked('no', 'a', AGENT), asked('gone', 'a', AGENT)],
    ...[asked('away', 'a'), failed('back', 'cannot-go-back'), failed('no', 'refused')],
    ...[failed('gone', 'agent-failed'), failed('away', 'refused')],
  ]);
  expect(['back', 'no'].map((id) => forkable(tree, id))).toEqual(['refused', 'refused']);
  expect(['gone', 'away'].map((id) => forkable(tree, id))).toEqual(['wordless', 'wordless']);
});

test('words are gone on from by models, not by agents, and only where something can follow', () => {
  const tree = foldOutline(emptyTree, [said('a', null), asked('r', 'a')]);
  expect(continuable(tree, 'a', { source: 's', id: 'm' })).toBe(true);
  expect(continuable(tree, 'a', undefined)).toBe(true);
  expect(continuable(tree, 'a', AGENT)).toBe('agent');
  expect(continuable(tree, 'r', AGENT)).toBe('writing');
});
