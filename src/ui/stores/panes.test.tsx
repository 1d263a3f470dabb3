import { beforeEach, expect, test } from 'vitest';
import { load } from './browser-storage.ts';
import { declineOffer, setShare, showPanes, usePanes } from './panes.ts';

beforeEach(() => {
  localStorage.clear();
  usePanes.setState({ panes: 'chat', share: 50, offered: false });
});

test('Split is kept over reloads, Tree is not', () => {
  showPanes('split');
  expect(load('split')).toBe(true);
  showPanes('tree');
  expect(usePanes.getState().panes).toBe('tree');
  expect(load('split')).toBe(true);
  showPanes('chat');
  expect(load('split')).toBeUndefined();
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
