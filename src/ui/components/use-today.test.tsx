import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useToday } from './use-today.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 10, 30, 23, 59) }));
afterEach(() => void vi.useRealTimers());

const Day = () => <p>{new Date(useToday()).toDateString()}</p>;

test('the next day comes at midnight, and the one after it', () => {
  const { unmount } = render(<Day />);
  expect(screen.getByText('Mon Nov 30 2026')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(61_000));
  expect(screen.getByText('Tue Dec 01 2026')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(86_400_000));
  expect(screen.getByText('Wed Dec 02 2026')).toBeTruthy();
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});

test('a tab that slept over midnight has the day it wakes up on, and so has one that looked away', () => {
  const { unmount } = render(<Day />);
  vi.setSystemTime(new Date(2026, 11, 3, 8));
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  expect(screen.getByText('Thu Dec 03 2026')).toBeTruthy();
  unmount();
  vi.setSystemTime(new Date(2026, 11, 5, 8));
  render(<Day />);
  expect(screen.getByText('Sat Dec 05 2026')).toBeTruthy();
});
