import { cleanup, render } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../styles.css';
import { toast, useToasts } from '../../stores/toasts.ts';
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
  const { top, bottom, left, right } = (notice() as Element).getBoundingClientRect();
  for (const button of document.querySelectorAll('button')) {
    if (notice()?.contains(button)) continue;
    const box = button.getBoundingClientRect();
    const apart = box.right <= left || box.left >= right || box.bottom <= top || box.top >= bottom;
    expect(apart, button.textContent ?? '').toBe(true);
  }
  expect(top).toBeGreaterThan(330);
  expect(bottom).toBeLessThan(650);
});
