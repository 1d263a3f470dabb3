import { beforeEach, expect, test, vi } from 'vitest';
import { load, save } from './browser-storage.ts';
import { clearBrowser, writtenHere } from './clear-browser.ts';

class FakeStorage {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return (this[key] as string | undefined) ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', new FakeStorage());
  vi.stubGlobal('sessionStorage', new FakeStorage());
});

test('what was written and read goes, looks and what is not ours stay, and nothing is written after it', async () => {
  save('theme', 'dark');
  save('draft:c1', { text: 'Secret', at: 1 });
  save('quotes:c1', ['Secret']);
  save('files:c2', ['secret.pdf']);
  save('undo', { done: ['Secret'] });
  save('added later to Bough', 'Secret');
  save('edits', { 'message-1': 'Secret' }, { tab: true });
  localStorage.setItem('bough.outbox/message-2', 'Secret');
  localStorage.setItem('another-app', 'its own');
  expect(writtenHere()).toEqual({ drafts: 3, unsent: 1 });

  const clearRead = vi.fn(async () => {});
  await clearBrowser({ clearRead, keepWritten: true });
  expect(clearRead).toHaveBeenCalledOnce();
  expect(writtenHere()).toEqual({ drafts: 3, unsent: 1 });
  expect(load('undo')).toBeUndefined();
  expect(load('added later to Bough')).toBeUndefined();

  await clearBrowser({ clearRead, keepWritten: false });
  expect(save('draft:c1', 'from memory, on the way out')).toBe(false);
  expect({ ...localStorage }).toEqual({ 'bough:theme': '"dark"', 'another-app': 'its own' });
  expect({ ...sessionStorage }).toEqual({});
});
