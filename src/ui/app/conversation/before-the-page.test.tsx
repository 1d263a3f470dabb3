import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NARROW } from '../../components/index.ts';
import { type OpenPage, useAsPage } from '../../stores/page.ts';
import { keepForked, panesOf, setShare, showPanes, usePanes, WIDE, wasForked } from '../../stores/panes.ts';

beforeEach(() => {
  localStorage.clear();
  usePanes.setState({ chosen: new Map(), tree: false, share: 50, offered: false });
});
afterEach(cleanup);

function open(id: string) {
  const Page = () => {
    useAsPage({ view: { id } } as OpenPage);
    return null;
  };
  render(<Page />);
}

describe('before the page is there (public/theme.js)', () => {
  const code = readFileSync(join(import.meta.dirname, '../../../../public/theme.js'), 'utf8');
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

  const KNOWN = ['chosen chat', 'chosen split', 'forked', 'not forked', 'nothing'] as const;
  const STORED: Readonly<Record<(typeof KNOWN)[number], () => void>> = {
    'chosen chat': () => showPanes('chat'),
    'chosen split': () => showPanes('split'),
    forked: () => keepForked('a', true),
    'not forked': () => keepForked('a', false),
    nothing: () => {},
  };

  test.each(
    [390, 767, 768, 900, 1099, 1100, 1280].flatMap((width) => KNOWN.map((known) => [width, known] as const)),
  )('%i px wide, %s: what the page will show', (width, known) => {
    open('a');
    STORED[known]();
    const { soon } = at('/c/a', width);
    const room = { wide: matchMedia(WIDE).matches, narrow: matchMedia(NARROW).matches };
    const by = (forked: boolean) => panesOf(usePanes.getState(), 'a', { ...room, forked });
    const before = wasForked('a');
    const possible = before === undefined ? [by(true), by(false)] : [by(before)];
    expect(soon).toBe(new Set(possible).size === 1 ? possible[0] : 'unknown');
  });

  test('the list and the width of the chat are as they were left, what is no chat has no message box', () => {
    expect(at('/c/a', 1280).list).toBe(true);
    setShare(61);
    expect(at('/c/a', 900).share).toBe('61%');
    expect(at('/c/a', 390).list).toBe(false);
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
