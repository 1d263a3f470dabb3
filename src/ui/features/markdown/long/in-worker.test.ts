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
let readLong: typeof readLongBlock;

/** What comes of a block that somebody waits for. */
function read(one: LongBlockJob) {
  const reading = readLong(one);
  const done = new Promise<CutBlock | null | undefined>((resolve) => {
    reading.wait(() => resolve(reading.cut));
  });
  return { reading, done };
}

beforeEach(async () => {
  FakeWorker.made = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  vi.resetModules();
  ({ readLongBlock: readLong } = await import('./in-worker.ts'));
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
  expect(readLong(job('slow line'))).toBe(reading.reading);
});

test('blocks that come one after another are read by one worker, which ends when no other comes', async () => {
  const first = read(job('first'));
  const worker = await lastMade();
  worker.onmessage({ data: { ready: true } });
  worker.onmessage({ data: { cut: CUT } });
  expect(await first.done).toBe(CUT);
  await vi.advanceTimersByTimeAsync(2_000);
  const second = read(job('second'));
  await vi.waitFor(() => expect(worker.postMessage).toHaveBeenCalledWith({ job: job('second') }));
  await vi.advanceTimersByTimeAsync(9_000);
  expect(worker.terminate).not.toHaveBeenCalled();
  worker.onmessage({ data: { cut: CUT } });
  expect(await second.done).toBe(CUT);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(worker.terminate).toHaveBeenCalledOnce();
  read(job('later'));
  await vi.waitFor(() => expect(FakeWorker.made).toHaveLength(2));
});

test('after one that takes too long the next has a worker of its own', async () => {
  const hostile = read(job('hostile first'));
  const worker = await lastMade();
  worker.onmessage({ data: { ready: true } });
  const next = read(job('next'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await hostile.done).toBeNull();
  expect(worker.terminate).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(FakeWorker.made).toHaveLength(2));
  FakeWorker.made[1]?.onmessage({ data: { cut: CUT } });
  expect(await next.done).toBe(CUT);
});

test('what takes too long to be read is not read again', async () => {
  const reading = read(job('hostile'));
  const worker = await lastMade();
  worker.onmessage({ data: { ready: true } });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await reading.done).toBeNull();
  expect(worker.terminate).toHaveBeenCalledOnce();
  expect(readLong(job('hostile'))).toBe(reading.reading);
});

test('where its code did not come, who asks next tries again', async () => {
  const away = read(job('away'));
  (await lastMade()).onerror({ preventDefault: () => {} });
  expect(await away.done).toBeNull();
  const again = read(job('away'));
  expect(again.reading).not.toBe(away.reading);
  await vi.waitFor(() => expect(FakeWorker.made).toHaveLength(2));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await again.done).toBeNull();
  expect(readLong(job('away'))).not.toBe(again.reading);
});

test('of a text that grows what nobody waits for any more is not read', async () => {
  const first = read(job('some'));
  const worker = await lastMade();
  const leave = readLong(job('some more')).wait(() => expect.fail('Nobody waits.'));
  const whole = read(job('some more words'));
  leave();
  worker.onmessage({ data: { cut: CUT } });
  expect(await first.done).toBe(CUT);
  await vi.waitFor(() =>
    expect(worker.postMessage).toHaveBeenLastCalledWith({ job: job('some more words') }),
  );
  worker.onmessage({ data: { cut: CUT } });
  expect(await whole.done).toBe(CUT);
  expect(worker.postMessage).toHaveBeenCalledTimes(2);
});

test('a browser that makes no worker for one block may make one for the next', async () => {
  let isRefused = true;
  vi.stubGlobal(
    'Worker',
    class extends FakeWorker {
      constructor() {
        super();
        if (isRefused) throw new DOMException('', 'QuotaExceededError');
      }
    },
  );
  expect(await read(job('refused')).done).toBeNull();
  isRefused = false;
  FakeWorker.made = [];
  const next = read(job('taken'));
  (await lastMade()).onmessage({ data: { cut: CUT } });
  expect(await next.done).toBe(CUT);
});
