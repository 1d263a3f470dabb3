import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { load } from './browser/browser-storage.ts';
import { type OpenPage, useAsPage } from './page.ts';
import {
  declineOffer,
  keepForked,
  leaveTree,
  panesOf,
  setShare,
  showPanes,
  usePanes,
  wasForked,
} from './panes.ts';

beforeEach(() => {
  localStorage.clear();
  usePanes.setState({ chosen: new Map(), tree: false, share: 50, offered: false });
});
afterEach(cleanup);

const forked = { forked: true, wide: true, narrow: false };
const panes = (conversation: string, now = forked) => panesOf(usePanes.getState(), conversation, now);

function open(id: string) {
  cleanup();
  const Page = () => {
    useAsPage({ view: { id } } as OpenPage);
    return null;
  };
  render(<Page />);
}

test('a conversation shows both once it forks and there is room, unless something else was chosen for it', () => {
  expect(panes('a')).toBe('split');
  expect(panes('a', { ...forked, forked: false })).toBe('chat');
  expect(panes('a', { ...forked, wide: false })).toBe('chat');
  open('a');
  showPanes('chat');
  expect([panes('a'), panes('b')]).toEqual(['chat', 'split']);
  open('b');
  showPanes('split');
  expect(panes('b', { ...forked, forked: false, wide: false })).toBe('split');
  expect(load('panes')).toEqual([
    ['a', 'chat'],
    ['b', 'split'],
  ]);
});

test('what is chosen while the rest of the tree is on its way is chosen for the conversation', () => {
  const Coming = () => {
    useAsPage(undefined, { view: { id: 'a' } } as OpenPage);
    return null;
  };
  render(<Coming />);
  showPanes('split');
  expect(panes('a', { ...forked, forked: false, wide: false })).toBe('split');
  expect(load('panes')).toEqual([['a', 'split']]);
});

test('Tree is for the moment, and leads back to what was shown', () => {
  open('a');
  showPanes('split');
  showPanes('tree');
  expect(panes('a')).toBe('tree');
  expect(load('panes')).toEqual([['a', 'split']]);
  leaveTree();
  expect(panes('a', { ...forked, forked: false, wide: false })).toBe('split');
});

test('the line stays where both panes can be used, and is kept', () => {
  setShare(3);
  expect(usePanes.getState().share).toBe(25);
  setShare(99);
  expect(usePanes.getState().share).toBe(75);
  setShare(Number.NaN);
  expect(usePanes.getState().share).toBe(50);
  setShare(61.4);
  expect(load('split-share')).toBe(61);
});

test('Split is offered no more once it was declined or the tree was seen', () => {
  showPanes('tree');
  expect(usePanes.getState().offered).toBe(true);
  usePanes.setState({ offered: false });
  declineOffer();
  expect(usePanes.getState().offered).toBe(true);
  expect(load('split-offer')).toBe(false);
});

test('whether a conversation forked when it was here last is kept, of the latest 200', () => {
  expect(wasForked('a')).toBeUndefined();
  keepForked('a', false);
  keepForked('b', true);
  expect([wasForked('a'), wasForked('b')]).toEqual([false, true]);
  keepForked('a', true);
  expect(wasForked('a')).toBe(true);
  for (let n = 0; n < 199; n += 1) keepForked(`more ${n}`, false);
  expect([wasForked('a'), wasForked('b'), wasForked('more 198')]).toEqual([true, undefined, false]);
  localStorage.setItem('bough:forked', '[["torn"], 3, ["c", true]]');
  expect([wasForked('torn'), wasForked('c')]).toEqual([undefined, true]);
});
