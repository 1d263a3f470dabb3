import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CutBlock, LongBlockJob } from './cut-block.ts';
import type { readLongBlock } from './in-worker.ts';

class FakeWorker {
  static made: FakeWorker[] = [];
  onmessage: (event: { data: unknown }) => void = () => {};
  onerror: (event: { preventDefault: () => void }) => void = () => {};
  readonly postMessage = vi.fn();
  readonly terminate = vi.fn();
  constructor() {
    FakeWorker.made.push(this);
  }
}

const CUT = { slices: [] } as unknown as CutBlock;
const job = (text: string): LongBlockJob => ({ text, scope: '', numbers: '', start: 0, notes: false });
const lastMade = () => vi.waitFor(() => FakeWorker.made.at(-1) ?? Promise.reject(new Error('None yet.')));
let read: typeof readLongBlock;

beforeEach(async () => {
  FakeWorker.made = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  vi.resetModules();
  ({ readLongBlock: read } = await import('./in-worker.ts'));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('code that takes long to come is waited for, and what it reads has its time from then on', async () => {
  const reading = read(job('slow line'));
  const worker = await lastMade();
  await vi.advanceTimersByTimeAsync(30_000);
  worker.onmessage({ data: { ready: true } });
  await vi.advanceTimersByTimeAsync(9_000);
  worker.onmessage({ data: { cut: CUT } });
  expect(await reading.done).toBe(CUT);
  expect(worker.terminate).toHaveBeenCalledOnce();
  expect(read(job('slow line'))).toBe(reading);
});

test('what takes too long to be read is not read again', async () => {
  const reading = read(job('hostile'));
  const worker = await lastMade();
  worker.onmessage({ data: { ready: true } });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await reading.done).toBeNull();
  expect(worker.terminate).toHaveBeenCalledOnce();
  expect(read(job('hostile'))).toBe(reading);
});

test('where its code did not come, who asks next tries again', async () => {
  const away = read(job('away'));
  (await lastMade()).onerror({ preventDefault: () => {} });
  expect(await away.done).toBeNull();
  const again = read(job('away'));
  expect(again).not.toBe(away);
  await vi.waitFor(() => expect(FakeWorker.made).toHaveLength(2));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await again.done).toBeNull();
  expect(read(job('away'))).not.toBe(again);
});
