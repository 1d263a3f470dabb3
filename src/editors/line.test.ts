import { expect, test } from 'vitest';
import { emptyTree, foldOutline, type OutlineChange } from '../tree/index.ts';
import { lineOf, placeOf, sessionIdOf } from './line.ts';

const author = { kind: 'user' as const };
const origin = { kind: 'send' as const };
const message = (id: string, parent: string | null, branch: string, role = 'user'): OutlineChange => ({
  kind: 'message',
  message: {
    ...{ id, parent, role: role as 'user', author, preview: id, branch, start: '0', end: '1', origin },
    time: Number(id.slice(1)),
  },
});
const branch = (id: string, from: string | null): OutlineChange => ({
  kind: 'branch',
  branch: {
    ...{ id, kind: from === null ? 'root' : 'fork', at: 1 },
    from: from === null ? null : { stream: 'c/x/b/m1', offset: '1', message: from },
  },
});
const generation = (id: string, parent: string, of: string): OutlineChange => ({
  kind: 'generation',
  generation: {
    ...{ id, parent, branch: of, at: '1', model: { source: 'demo', id: 'demo' }, name: 'Demo' },
    ...{ origin, started: 9 },
  },
});
const tree = (...changes: OutlineChange[]) => foldOutline(emptyTree, changes);

/** m0 (system) ─ m1 ─ m2 ─┬ m3 ─ m4, ─ m5 */
const forked = tree(
  branch('m0', null),
  message('m0', null, 'm0', 'system'),
  message('m1', 'm0', 'm0'),
  message('m2', 'm1', 'm0', 'assistant'),
  message('m3', 'm2', 'm0'),
  message('m4', 'm3', 'm0', 'assistant'),
  branch('m5', 'm2'),
  message('m5', 'm2', 'm5'),
);
const ids = (of: string) => lineOf(forked, of).messages.map(({ id }) => id);

test('a line is what is said on a branch and on the way to it, without prompts of the system', () => {
  expect(ids('m0')).toEqual(['m1', 'm2', 'm3', 'm4']);
  expect(ids('m5')).toEqual(['m1', 'm2', 'm5']);
  expect(lineOf(forked, 'm5').tip).toBe('m5');
});

test('a fork in which nothing was said stands where it leaves its source', () => {
  const { messages, tip } = lineOf(foldOutline(forked, [branch('m9', 'm2')]), 'm9');
  expect([messages.length, tip]).toEqual([2, 'm2']);
});

test('the reply at its end is live, those of others are not', () => {
  const writing = foldOutline(forked, [generation('m6', 'm5', 'm5'), generation('m7', 'm2', 'm7')]);
  expect(lineOf(writing, 'm5').live?.id).toBe('m6');
  expect(lineOf(writing, 'm0').live).toBeUndefined();
});

test('a branch that is not there has no line', () => {
  expect(lineOf(forked, 'no-such')).toEqual({ messages: [], tip: null });
});

test('ids of sessions are read as they were made', () => {
  const place = { conversation: 'conversation-1', branch: 'branch_22' };
  expect(placeOf(sessionIdOf(place))).toEqual(place);
  for (const odd of ['', 'a.b', 'conversation-1', '../../etc.passwd12', `${sessionIdOf(place)}.more`])
    expect(placeOf(odd)).toBeUndefined();
});
