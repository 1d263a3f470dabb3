import { expect, it } from 'vitest';
import { emptyTree, foldOutline, hasForks, type MessageHeader, type Role, versionsOf } from './index.ts';

const said = (id: string, parent: string | null, time: number, role: Role = 'user'): MessageHeader => ({
  ...{ id, parent, role, author: { kind: 'user' }, preview: id, branch: 'b' },
  ...{ start: `${id}<`, end: `${id}>`, origin: { kind: 'send' }, time },
});
const treeOf = (...messages: MessageHeader[]) =>
  foldOutline(
    emptyTree,
    messages.map((message) => ({ kind: 'message', message })),
  );

it('counts the messages beside one, in the order they were made', () => {
  const tree = treeOf(said('a', null, 1), said('c', 'a', 3), said('b', 'a', 2));
  expect(versionsOf(tree, 'b')).toEqual(['b', 'c']);
  expect(versionsOf(tree, 'b')).toBe(versionsOf(tree, 'c'));
  expect(versionsOf(tree, 'a')).toEqual(['a']);
  expect(versionsOf(tree, 'z')).toEqual([]);
});

it('counts no system prompt, and looks past those in between', () => {
  const tree = treeOf(
    said('a', null, 1),
    said('s', null, 2, 'system'),
    said('b', 's', 3),
    said('t', 's', 4, 'system'),
    said('c', 't', 5),
    said('unused', null, 6, 'system'),
  );
  for (const id of ['a', 'b', 'c']) expect(versionsOf(tree, id)).toEqual(['a', 'b', 'c']);
  expect(versionsOf(tree, 's')).toEqual([]);
});

it('knows whether a conversation forks anywhere', () => {
  expect(hasForks(treeOf(said('a', null, 1), said('b', 'a', 2)))).toBe(false);
  expect(hasForks(treeOf(said('a', null, 1), said('b', 'a', 2), said('c', 'a', 3)))).toBe(true);
  expect(hasForks(treeOf(said('a', null, 1), said('b', null, 2)))).toBe(true);
});
