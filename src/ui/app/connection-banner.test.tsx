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
  expect(screen.getByText(/^A proxy seems to hold back Bough's answers/)).toBeTruthy();
  expect(screen.queryByText('Connecting…')).toBeNull();
  expect(useAnnouncements.getState().polite.text).toMatch(/^A proxy seems/);
});

test('offline: what is kept, when it is tried again, and both said once', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  connection = { kind: 'offline', retryAt: Date.now() + 3_000 };
  const { rerender } = render(<ConnectionBanner />);
  expect(screen.getByText(/^Offline. What you have read can be read again/)).toBeTruthy();
  expect(screen.getByText('Trying again in 3 s.')).toBeTruthy();
  expect(document.documentElement.hasAttribute('data-away')).toBe(true);
  pass(1_100);
  expect(screen.getByText('Trying again in 2 s.')).toBeTruthy();
  expect(useAnnouncements.getState().polite.text).toMatch(/^Offline/);
  connection = { kind: 'live' };
  rerender(<ConnectionBanner />);
  expect(screen.queryByText(/^Offline/)).toBeNull();
  expect(useAnnouncements.getState().polite.text).toBe('Reconnected. Ready to send');
  expect(document.documentElement.hasAttribute('data-away')).toBe(false);
});

test('what can be read but not written: why, that replies wait, and when it can be again', () => {
  connection = { kind: 'live', storage: 'full' };
  const { rerender } = render(<ConnectionBanner />);
  const text =
    "The disk with Bough's data folder is full. Nothing you write is lost. Replies wait until it can be written again.";
  expect(screen.getByText(text)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
  expect(useAnnouncements.getState().polite.text).toBe(text);
  expect(document.documentElement.hasAttribute('data-away')).toBe(false);
  connection = { kind: 'live' };
  rerender(<ConnectionBanner />);
  expect(screen.queryByText(text)).toBeNull();
  expect(useAnnouncements.getState().polite.text).toBe('Bough can write again. Replies go on.');
});

test('where the network is there, it is Bough that does not answer', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
  connection = { kind: 'offline' };
  render(<ConnectionBanner />);
  const sentence = /^Can't reach Bough. Is it still running\? Nothing you write is lost.$/;
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(screen.queryByText(/Offline/)).toBeNull();
  expect(useAnnouncements.getState().polite.text).toMatch(sentence);
});

test.each([
  ['away', "Bough can't reach its storage. Nothing you write is lost."],
  ['full', "The disk with Bough's data folder is full. Nothing you write is lost."],
  [
    'refused',
    'The storage refuses Bough. Whoever runs Bough needs to check BOUGH_STREAMS_TOKEN. Nothing you write is lost.',
  ],
  [
    'elsewhere',
    'Bough finds no storage at its address. Whoever runs Bough needs to check BOUGH_STREAMS_URL. Nothing you write is lost.',
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
