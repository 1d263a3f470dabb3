import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionView } from '../../client/types.ts';
import { useAnnouncements } from '../stores/announce.ts';
import { ConnectionBanner } from './connection-banner.tsx';

let connection: ConnectionView;
let signedOut = false;
vi.mock('../../client/hooks/index.ts', () => ({
  useConnection: () => connection,
  useAccess: () => ({ signedOut, readOnly: false }),
}));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

test('nothing in the first second of connecting', () => {
  connection = { kind: 'connecting' };
  render(<ConnectionBanner />);
  pass(900);
  expect(screen.queryByText('Connecting…')).toBeNull();
  pass(200);
  expect(screen.getByText('Connecting…')).toBeTruthy();
});

test('answers that something holds back: says so instead of connecting for ever', () => {
  connection = { kind: 'connecting', held: true };
  render(<ConnectionBanner />);
  pass(2_000);
  expect(screen.getByText(/^Something between this page and Bough holds answers back/)).toBeTruthy();
  expect(screen.queryByText('Connecting…')).toBeNull();
  expect(useAnnouncements.getState().polite.text).toMatch(/^Something between/);
});

test('offline: what is kept, when it is tried again, and both said once', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  connection = { kind: 'offline', retryAt: Date.now() + 3_000 };
  const { rerender } = render(<ConnectionBanner />);
  expect(screen.getByText(/^Offline. What you write is kept and sent/)).toBeTruthy();
  expect(screen.getByText('Trying again in 3 s.')).toBeTruthy();
  expect(document.documentElement.hasAttribute('data-away')).toBe(true);
  pass(1_100);
  expect(screen.getByText('Trying again in 2 s.')).toBeTruthy();
  expect(useAnnouncements.getState().polite.text).toMatch(/^Offline/);
  connection = { kind: 'live' };
  rerender(<ConnectionBanner />);
  expect(screen.queryByText(/^Offline/)).toBeNull();
  expect(useAnnouncements.getState().polite.text).toBe('The connection is back.');
  expect(document.documentElement.hasAttribute('data-away')).toBe(false);
});

test('where the network is there, it is Bough that does not answer', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
  connection = { kind: 'offline' };
  render(<ConnectionBanner />);
  const sentence =
    /^Bough does not answer. Is it still running\? What you write is kept and sent when it is back.$/;
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(screen.queryByText(/Offline/)).toBeNull();
  expect(useAnnouncements.getState().polite.text).toMatch(sentence);
});

test.each([
  ['away', 'Bough cannot reach its storage. What you write is kept and sent when it is back.'],
  [
    'full',
    'The disk with the data folder of Bough is full. What you write is kept and sent when there is room.',
  ],
  [
    'refused',
    'The storage refuses Bough: whoever runs Bough has to look at BOUGH_STREAMS_TOKEN. What you write is kept.',
  ],
  [
    'elsewhere',
    'There is no storage where Bough looks for it: whoever runs Bough has to look at BOUGH_STREAMS_URL. What you write is kept.',
  ],
] as const)('where Bough answers, it is its storage that does not: %s', (storage, sentence) => {
  connection = { kind: 'offline', storage };
  render(<ConnectionBanner />);
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(useAnnouncements.getState().polite.text).toBe(sentence);
});

test('where nobody is signed in, that is said elsewhere', () => {
  signedOut = true;
  connection = { kind: 'offline', signedOut: true };
  const { container } = render(<ConnectionBanner />);
  expect(container.textContent).toBe('');
  signedOut = false;
});

test('"Retry now" tries at once', () => {
  const tried = vi.fn();
  window.addEventListener('online', tried);
  connection = { kind: 'offline', retryAt: Date.now() + 3_000 };
  render(<ConnectionBanner />);
  act(() => screen.getByRole('button', { name: 'Retry now' }).click());
  expect(tried).toHaveBeenCalledOnce();
  window.removeEventListener('online', tried);
});
