import { afterEach, expect, test, vi } from 'vitest';
import { Signal } from '../../client/kit/signal.ts';
import type { PendingSend } from '../../client/types.ts';
import { draftOf, flushDrafts, setDraft } from '../stores/writing/drafts.ts';
import { useUnkept } from '../stores/writing/written.ts';
import { guardLeaving } from './leaving.ts';

const pending = new Signal<readonly PendingSend[]>([]);
const stop = guardLeaving({ outbox: { pending } as never });
const isAsked = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
/** The page's storage, which takes nothing more until `restore`. */
function full() {
  const real = localStorage;
  const refusing = new Proxy(real, {
    get: (target, name) =>
      name === 'setItem'
        ? () => {
            throw new DOMException('', 'QuotaExceededError');
          }
        : Reflect.get(target, name),
  });
  vi.stubGlobal('localStorage', refusing);
  return { restore: () => vi.unstubAllGlobals() };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
});

test('nothing is asked while all that is written is kept', () => {
  expect(isAsked()).toBe(false);
  setDraft('conversation-1', 'Oaks');
  flushDrafts();
  expect(isAsked()).toBe(false);
  setDraft('conversation-1', '');
  flushDrafts();
});

test('a draft that the browser has no room for is asked about, until there is room again', async () => {
  vi.useFakeTimers();
  const disk = full();
  setDraft('conversation-1', 'Elms');
  flushDrafts();
  expect(isAsked()).toBe(true);
  expect(draftOf('conversation-1')).toBe('Elms');
  disk.restore();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(isAsked()).toBe(false);
  expect(localStorage.getItem('bough:draft:conversation-1')).toContain('Elms');
});

test('one that is cleared is not asked about', () => {
  const disk = full();
  setDraft('conversation-2', 'Elms');
  flushDrafts();
  expect(useUnkept.getState().size).toBe(1);
  setDraft('conversation-2', '');
  flushDrafts();
  expect(isAsked()).toBe(false);
  disk.restore();
});

test('a message that waits in this page alone is asked about, and others are not', () => {
  pending.set([{ message: 'm' } as PendingSend]);
  expect(isAsked()).toBe(false);
  pending.set([{ message: 'm', unkept: true } as PendingSend]);
  expect(isAsked()).toBe(true);
  pending.set([]);
  expect(isAsked()).toBe(false);
  stop();
});
