import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Dialog } from './dialog.tsx';

test('a dialog has its name and no landmark: the page has its own banner', () => {
  render(
    <Dialog title="Models" onClose={vi.fn()}>
      words
    </Dialog>,
  );
  expect(screen.getByRole('dialog', { name: 'Models' }).textContent).toContain('words');
  expect(screen.queryByRole('banner')).toBeNull();
});
