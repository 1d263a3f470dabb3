import { expect, it } from 'vitest';
import {
  emptyTree,
  foldOutline,
  hasAlternatives,
  hasForks,
  type MessageHeader,
  type Role,
  versionsOf,
} from './index.ts';

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

it('sees no fork in system prompts, but in what was said under them', () => {
  const prompts = [said('a', null, 1), said('s', 'a', 2, 'system'), said('t', 'a', 3, 'system')];
  expect(hasAlternatives(treeOf(...prompts, said('b', 't', 4)))).toBe(false);
  expect(hasAlternatives(treeOf(...prompts, said('b', 't', 4), said('c', 's', 5)))).toBe(true);
  expect(hasAlternatives(treeOf(...prompts, said('b', 'a', 4), said('c', 't', 5)))).toBe(true);
  expect(hasAlternatives(treeOf(said('a', null, 1), said('b', null, 2)))).toBe(true);
});

it('sees no choice in a reply that was continued, but in one that goes on from a place somebody chose', () => {
  const [asked, broken] = [said('a', null, 1), said('b', 'a', 2, 'assistant')];
  const goesOn = (cut?: true): MessageHeader => ({
    ...said('c', 'a', 3, 'assistant'),
    origin: { kind: 'regenerate', of: 'b', begun: 40, ...(cut && { cut }) },
  });
  expect(hasAlternatives(treeOf(asked, broken, goesOn()))).toBe(false);
  expect(hasAlternatives(treeOf(asked, broken, goesOn(true)))).toBe(true);
  expect(hasAlternatives(treeOf(asked, broken, goesOn(), said('d', 'a', 4, 'assistant')))).toBe(true);
  expect(versionsOf(treeOf(asked, broken, goesOn()), 'c')).toEqual(['b', 'c']);
});
