import { beforeEach, expect, test, vi } from 'vitest';
import { load, save } from './browser-storage.ts';
import { clearBrowser, clearedElsewhere, writtenHere } from './clear-browser.ts';

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
  const { 'bough.cleared': told, ...rest } = localStorage;
  expect(JSON.parse(told)).toMatchObject({ keepWritten: false });
  expect(rest).toEqual({ 'bough:theme': '"dark"', 'another-app': 'its own' });
  expect({ ...sessionStorage }).toEqual({});
});

test.each([
  ['{"keepWritten":true,"id":"1"}', { drafts: 1, unsent: 1 }],
  ['{"keepWritten":false,"id":"2"}', { drafts: 0, unsent: 0 }],
  ['torn', { drafts: 0, unsent: 0 }],
])('another tab that is told %s keeps that, writes nothing again and loads anew', (told, written) => {
  const reload = vi.fn();
  vi.stubGlobal('location', { reload });
  localStorage.setItem('bough:draft:c1', '{"text":"Secret","at":1}');
  localStorage.setItem('bough:undo', '{"done":["Secret"]}');
  localStorage.setItem('bough.outbox/message-2', 'Secret');
  clearedElsewhere(told);
  expect(writtenHere()).toEqual(written);
  expect(localStorage.getItem('bough:undo')).toBeNull();
  expect(save('draft:c1', 'from memory')).toBe(false);
  expect(reload).toHaveBeenCalledOnce();
});

test('where the browser forbids its storage nothing is kept, and clearing it is no fault', async () => {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        throw new DOMException('', 'SecurityError');
      },
    });
  expect(writtenHere()).toEqual({ drafts: 0, unsent: 0 });
  const clearRead = vi.fn(async () => {});
  await clearBrowser({ clearRead, keepWritten: false });
  expect(clearRead).toHaveBeenCalledOnce();
});

test('other tabs are told over plain http too, where the browser makes no identifiers', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  await clearBrowser({ clearRead: undefined, keepWritten: false });
  expect(localStorage.getItem('bough.cleared')).toContain('"keepWritten":false');
});
