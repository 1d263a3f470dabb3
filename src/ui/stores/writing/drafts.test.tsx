import { beforeEach, expect, test, vi } from 'vitest';
import { draftOf, flushDrafts, forgetDrafts, giveBack, NEW_CHAT, setDraft } from './drafts.ts';

beforeEach(() => {
  localStorage.clear();
  forgetDrafts();
  localStorage.clear();
});

test('a draft outlives a reload, each conversation its own', () => {
  setDraft('a', 'half a thought');
  setDraft(NEW_CHAT, 'another');
  forgetDrafts();
  expect(draftOf('a')).toBe('half a thought');
  expect(draftOf(NEW_CHAT)).toBe('another');
  expect(draftOf('b')).toBe('');
});

test('a sent draft leaves nothing behind', () => {
  setDraft('a', 'text');
  flushDrafts();
  setDraft('a', '');
  flushDrafts();
  expect(localStorage.length).toBe(0);
});

test('is written a moment after the last key, not at each', () => {
  vi.useFakeTimers();
  setDraft('a', 't');
  setDraft('a', 'te');
  expect(localStorage.length).toBe(0);
  vi.advanceTimersByTime(300);
  vi.useRealTimers();
  expect(localStorage.getItem('bough:draft:a')).toContain('"te"');
});

test('text given back joins what is there, and loses neither', () => {
  giveBack('a', 'refused');
  expect(draftOf('a')).toBe('refused');
  setDraft('a', 'newer');
  giveBack('a', 'older\n');
  expect(draftOf('a')).toBe('older\n\nnewer');
});

test('keeps the newest fifty', () => {
  vi.useFakeTimers();
  for (let n = 0; n < 60; n += 1) {
    vi.setSystemTime(1_000_000 + n);
    setDraft(`c${n}`, 'text');
    flushDrafts();
  }
  vi.useRealTimers();
  forgetDrafts();
  expect(localStorage.length).toBe(50);
  expect(draftOf('c9')).toBe('');
  expect(draftOf('c10')).toBe('text');
});

test('a torn entry is no draft', () => {
  localStorage.setItem('bough:draft:a', '{"text":');
  localStorage.setItem('bough:draft:b', '{"text":5,"at":1}');
  expect(draftOf('a') + draftOf('b')).toBe('');
});

test('a full storage keeps the draft for this visit', () => {
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  setDraft('a', 'text');
  flushDrafts();
  expect(draftOf('a')).toBe('text');
  full.mockRestore();
});
