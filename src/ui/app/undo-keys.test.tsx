import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toaster } from '../components/layers/toaster.tsx';
import { toast, useToasts } from '../stores/toasts.ts';
import { offerUndo } from '../stores/undo.ts';
import { useAppKeys } from './use-app-keys.ts';

vi.mock('../../client/hooks/index.ts', () => ({
  useActions: () => ({}),
  useAccess: () => ({ isHeard: true, signedOut: false, readOnly: false }),
}));

function Page() {
  useAppKeys();
  return (
    <>
      <input aria-label="Text" />
      <Toaster />
    </>
  );
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  useToasts.setState({ toasts: [] });
});
afterEach(() => vi.useRealTimers());

function offer(text: string) {
  const undo = vi.fn();
  act(() => offerUndo(text, undo));
  return undo;
}

test('what was done can be taken back for at least ten seconds, once', async () => {
  render(<Page />);
  const undo = offer('Archived “A”.');
  act(() => void vi.advanceTimersByTime(10_000));
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText('Archived “A”.')).toBeNull();
});

test('the notice goes by itself, but not while it is pointed at', async () => {
  render(<Page />);
  offer('Deleted “A”.');
  await userEvent.hover(screen.getByText('Deleted “A”.'));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.getByText('Deleted “A”.')).toBeTruthy();
  await userEvent.unhover(screen.getByText('Deleted “A”.'));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.queryByText('Deleted “A”.')).toBeNull();
});

test('Ctrl+Z takes back the latest first, also when its notice is gone, and never in a text field', async () => {
  render(<Page />);
  const first = offer('Archived “A”.');
  const second = offer('Deleted “B”.');
  act(() => void vi.advanceTimersByTime(60_000));
  screen.getByRole('textbox').focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(second).not.toHaveBeenCalled();
  screen.getByRole('textbox').blur();
  await userEvent.keyboard('{Control>}z{/Control}');
  await vi.waitFor(() => expect(second).toHaveBeenCalledOnce());
  expect(first).not.toHaveBeenCalled();
  await userEvent.keyboard('{Control>}z{/Control}');
  await vi.waitFor(() => expect(first).toHaveBeenCalledOnce());
});

test('there is one notice at a time; what the one before offered is still taken back by keys', async () => {
  render(<Page />);
  const undo = offer('Archived “A”.');
  act(() => void toast('Something else.'));
  expect(screen.queryByText('Archived “A”.')).toBeNull();
  expect(screen.getByText('Something else.')).toBeTruthy();
  await userEvent.keyboard('{Control>}z{/Control}');
  await vi.waitFor(() => expect(undo).toHaveBeenCalledOnce());
});
