import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

const forked = { forked: true, wide: true };
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
  expect(panes('a', { forked: false, wide: true })).toBe('chat');
  expect(panes('a', { forked: true, wide: false })).toBe('chat');
  open('a');
  showPanes('chat');
  expect([panes('a'), panes('b')]).toEqual(['chat', 'split']);
  open('b');
  showPanes('split');
  expect(panes('b', { forked: false, wide: false })).toBe('split');
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
  expect(panes('a', { forked: false, wide: false })).toBe('split');
  expect(load('panes')).toEqual([['a', 'split']]);
});

test('Tree is for the moment, and leads back to what was shown', () => {
  open('a');
  showPanes('split');
  showPanes('tree');
  expect(panes('a')).toBe('tree');
  expect(load('panes')).toEqual([['a', 'split']]);
  leaveTree();
  expect(panes('a', { forked: false, wide: false })).toBe('split');
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

describe('before the page is there (public/theme.js)', () => {
  const code = readFileSync(join(import.meta.dirname, '../../../public/theme.js'), 'utf8');
  const root = document.documentElement;
  /** What it sets at an address, in a window that is so wide. */
  function at(address: string, width: number) {
    delete root.dataset.soon;
    delete root.dataset.soonList;
    root.removeAttribute('style');
    history.replaceState(null, '', address);
    vi.stubGlobal('matchMedia', (query: string) => {
      const [, least] = /min-width: (\d+)px/.exec(query) ?? [];
      const [, most] = /max-width: (\d+)px/.exec(query) ?? [];
      return { matches: (least !== undefined && width >= +least) || (most !== undefined && width <= +most) };
    });
    new Function(code)();
    const list = root.hasAttribute('data-soon-list');
    return { soon: root.dataset.soon, list, share: root.style.getPropertyValue('--soon-share') };
  }
  afterEach(() => {
    vi.unstubAllGlobals();
    history.replaceState(null, '', '/');
  });

  test('the places are those the page takes: by what was chosen, by whether it forked, by the width', () => {
    expect(at('/c/a', 1280)).toMatchObject({ soon: 'unknown', list: true });
    keepForked('a', true);
    keepForked('b', false);
    expect([at('/c/a', 1280).soon, at('/c/a', 900).soon, at('/c/b', 1280).soon]).toEqual([
      'split',
      'chat',
      'chat',
    ]);
    open('b');
    showPanes('split');
    setShare(61);
    expect(at('/c/b', 900)).toMatchObject({ soon: 'split', share: '61%' });
    expect(at('/c/b', 390)).toMatchObject({ soon: 'chat', list: false });
    expect([at('/', 1280).soon, at('/settings/data', 1280).soon]).toEqual(['chat', 'page']);
  });

  test('what is stored and cannot be read is as nothing', () => {
    for (const key of ['panes', 'forked', 'split-share', 'sidebar', 'theme'])
      localStorage.setItem(`bough:${key}`, '{"a":');
    expect(at('/c/a', 1280)).toMatchObject({ soon: 'unknown', list: true, share: '' });
    localStorage.setItem('bough:forked', '{"a":true}');
    localStorage.setItem('bough:split-share', '"9;x"');
    localStorage.setItem('bough:sidebar', 'false');
    expect(at('/c/a', 1280)).toEqual({ soon: 'unknown', list: false, share: '' });
  });
});
