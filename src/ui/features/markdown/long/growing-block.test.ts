import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BlockSlice, LongBlockJob } from './cut-block.ts';
import type { GrowingBlock } from './growing-block.ts';
import type { LongBlockQuestion } from './worker.ts';

/** Answers when it is told to. */
class SlowWorker {
  static made: SlowWorker[] = [];
  onmessage: (event: { data: unknown }) => void = () => {};
  onerror: (event: { preventDefault: () => void }) => void = () => {};
  readonly asked: LongBlockQuestion[] = [];
  readonly terminate = vi.fn();
  constructor() {
    SlowWorker.made.push(this);
  }
  postMessage(question: LongBlockQuestion) {
    this.asked.push(question);
  }
  /** The last question; null in the place of a slice: as before. */
  answer(...slices: (string | null)[]) {
    const made = slices.map((source) => source && ({ source } as BlockSlice));
    this.onmessage({ data: { cut: { frame: {}, slices: made } } });
  }
}

const job = (text: string, growing = true): LongBlockJob => ({ text, scope: '', growing });
const worker = () => vi.waitFor(() => SlowWorker.made.at(-1) ?? Promise.reject(new Error('None yet.')));
const asked = async (count: number) =>
  vi.waitFor(async () => {
    const { asked } = await worker();
    expect(asked).toHaveLength(count);
    return asked.at(-1) as LongBlockQuestion;
  });
let block: GrowingBlock;
let isReadToEnd: typeof import('./growing-block.ts').isReadToEnd;
const heard = vi.fn();

beforeEach(async () => {
  SlowWorker.made = [];
  heard.mockClear();
  vi.stubGlobal('Worker', SlowWorker);
  vi.resetModules();
  const made = await import('./growing-block.ts');
  block = made.growingBlock('one');
  ({ isReadToEnd } = made);
  block.listen(heard);
});

afterEach(() => vi.unstubAllGlobals());

const shown = () => block.latest?.cut.slices.map(({ source }) => source);

test('one reading at a time: what came meanwhile is read next, and only the last of it', async () => {
  block.want(job('a'));
  const { answer } = await worker();
  await asked(1);
  for (const text of ['ab', 'abc', 'abcd']) block.want(job(text));
  expect((await worker()).asked).toHaveLength(1);
  answer.call(await worker(), 'A');
  const next = await asked(2);
  expect(next.job.text).toBe('abcd');
  expect(shown()).toEqual(['A']);
  expect(heard).toHaveBeenCalledExactlyOnceWith(true);
});

test('slices that are as before stay the same objects, and what changed is counted', async () => {
  block.want(job('a'));
  await asked(1);
  (await worker()).answer('A', 'B');
  await vi.waitFor(() => expect(shown()).toEqual(['A', 'B']));
  const [before] = block.latest?.cut.slices ?? [];
  block.want(job('ab'));
  const { step } = await asked(2);
  expect(step?.after).toBe(block.latest?.step);
  (await worker()).answer(null, 'BB', 'C');
  await vi.waitFor(() => expect(shown()).toEqual(['A', 'BB', 'C']));
  expect(block.latest?.cut.slices[0]).toBe(before);
  expect(block.latest?.changed).toBe(2);
  expect(heard).toHaveBeenLastCalledWith(false);
});

test('of a text that is another one nothing is shown that was asked for before', async () => {
  block.want(job('old'));
  await asked(1);
  block.want(job('new'));
  (await worker()).answer('OLD');
  const next = await asked(2);
  expect(shown()).toBeUndefined();
  expect(next).toMatchObject({ job: { text: 'new' }, step: { after: undefined } });
  (await worker()).answer('NEW');
  await vi.waitFor(() => expect(shown()).toEqual(['NEW']));
  block.want(job('other'));
  expect(shown()).toBeUndefined();
});

test('its end is read also where it is the same text, once, and is known then', async () => {
  block.want(job('a *b'));
  await asked(1);
  (await worker()).answer('mended');
  await vi.waitFor(() => expect(shown()).toEqual(['mended']));
  expect(isReadToEnd('one', 'a *b')).toBe(false);
  block.want(job('a *b', false));
  await asked(2);
  (await worker()).answer('whole');
  await vi.waitFor(() => expect(shown()).toEqual(['whole']));
  expect(isReadToEnd('one', 'a *b')).toBe(true);
  block.want(job('a *b', false));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await worker()).asked).toHaveLength(2);
});

test('a worker that dies gives it up, and keeps what was read', async () => {
  block.want(job('a'));
  await asked(1);
  (await worker()).answer('A');
  await vi.waitFor(() => expect(shown()).toEqual(['A']));
  block.want(job('ab'));
  await asked(2);
  (await worker()).onerror({ preventDefault: () => {} });
  await vi.waitFor(() => expect(block.isGivenUp).toBe(true));
  expect(heard).toHaveBeenCalledTimes(2);
  block.want(job('abc'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(SlowWorker.made).toHaveLength(1);
});

test('an answer that goes on from one nobody has is none', async () => {
  block.want(job('a'));
  await asked(1);
  (await worker()).answer(null, 'B');
  await vi.waitFor(() => expect(block.isGivenUp).toBe(true));
  expect(shown()).toBeUndefined();
});

test('a reading that takes more than a second says so until one is quick again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    block.want(job('a'));
    await vi.advanceTimersByTimeAsync(900);
    expect(block.isSlow).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(block.isSlow).toBe(true);
    expect(heard).toHaveBeenCalledExactlyOnceWith(false);
    SlowWorker.made[0]?.answer('A');
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual(['A']);
    block.want(job('ab', false));
    await vi.advanceTimersByTimeAsync(50);
    SlowWorker.made[0]?.answer(null, 'B');
    await vi.advanceTimersByTimeAsync(0);
    expect(block.isSlow).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
