import { cleanup, render } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../styles.css';
import { noticeRow, toast, useToasts } from '../../stores/toasts.ts';
import { Toaster } from './toaster.tsx';

afterEach(() => {
  cleanup();
  useToasts.setState({ toasts: [] });
});

/** A column as a phone has it, filled with boxes of these heights: a text field, or a row of buttons. */
function column(rows: readonly (readonly ['text' | 'buttons', number])[]) {
  const cells = rows.map(([kind, height], at) =>
    kind === 'text'
      ? createElement('textarea', { key: at, style: { height, display: 'block', width: '100%' } })
      : createElement(
          'div',
          { key: at, style: { height, display: 'flex' } },
          ...[0, 1, 2].map((n) =>
            createElement('button', { key: n, type: 'button', style: { flex: 1 } }, `Row ${at} ${n}`),
          ),
        ),
  );
  render(createElement('div', {}, createElement('div', {}, ...cells), createElement(Toaster)));
}

const notice = () => document.querySelector('ol li');

function onNoButton(): DOMRect {
  const placed = (notice() as Element).getBoundingClientRect();
  const { top, bottom, left, right } = placed;
  for (const button of document.querySelectorAll('button')) {
    if (notice()?.contains(button)) continue;
    const box = button.getBoundingClientRect();
    const apart = box.right <= left || box.left >= right || box.bottom <= top || box.top >= bottom;
    expect(apart, button.textContent ?? '').toBe(true);
  }
  return placed;
}

test('where a long text leaves no other room, a notice stands on the text and on no button', async () => {
  await page.viewport(390, 780);
  column([
    ['buttons', 60],
    ['buttons', 270],
    ['text', 320],
    ['buttons', 130],
  ]);
  toast('Pasted 5,000 characters.', { action: { name: 'Attach as a file', run: () => {} } });
  await vi.waitFor(() => expect(notice()).toBeTruthy());
  const { top, bottom } = onNoButton();
  expect(top).toBeGreaterThan(330);
  expect(bottom).toBeLessThan(650);
});

test('where a line between panes crosses the window, a notice stands on that line and on no button', async () => {
  await page.viewport(1280, 720);
  column([
    ['buttons', 60],
    ['text', 560],
    ['buttons', 100],
  ]);
  render(
    createElement('div', {
      role: 'separator',
      style: { position: 'fixed', top: 0, bottom: 0, left: 640, width: 8 },
    }),
  );
  toast('Rewound to “Where does it begin?”, 2 messages hidden', { action: { name: 'Undo', run: () => {} } });
  await vi.waitFor(() => expect(notice()).toBeTruthy());
  expect(onNoButton().bottom).toBeLessThan(620);
});

test('where the page keeps a row free a notice stands in it, on nothing, and the box below it stays where it is', async () => {
  await page.viewport(390, 780);
  const text = createElement('div', { 'data-text': '', style: { flex: 1, minHeight: 0 } }, 'Until then');
  const form = createElement(
    'form',
    {},
    createElement('div', { ref: noticeRow }),
    createElement('textarea', { style: { height: 100, display: 'block', width: '100%' } }),
  );
  const style = { display: 'flex', flexDirection: 'column', height: '100dvh' } as const;
  const { unmount } = render(createElement('div', { style }, text, form));
  const toaster = render(createElement(Toaster));
  const boxOf = (selector: string) => (document.querySelector(selector) as Element).getBoundingClientRect();
  const before = boxOf('textarea');
  toast('Hidden: “Budget”, 2 messages', { action: { name: 'Undo', run: () => {} } });
  await vi.waitFor(() => expect(notice()).toBeTruthy());
  expect(boxOf('textarea')).toEqual(before);
  expect(boxOf('ol li').top).toBeGreaterThanOrEqual(boxOf('[data-text]').bottom);
  expect(boxOf('ol li').bottom).toBeLessThanOrEqual(before.top);
  // The page is left: it goes along, and floats.
  unmount();
  await vi.waitFor(() => expect(getComputedStyle(notice() as Element).position).toBe('fixed'));
  toaster.rerender(createElement(Toaster, { floats: true }));
  expect(notice()).toBeTruthy();
});
