/** Long blocks read out of the page's way: in a worker that is ended when it takes too long. One at a time, so that the page keeps a processor. */
import { BoundedCache } from '../bounded-cache.ts';
import type { CutBlock, LongBlockJob } from './cut-block.ts';
import type { LongBlockAnswer } from './worker.ts';

/** How long a block may take to be read, in ms. What limits.ts lets through takes a small part of it. */
const PATIENCE = 10_000;
/** How long the code that reads may take to come, in ms. */
const COMING = 60_000;

interface LongReading {
  /** Null: there is no formatting it. Never rejects. */
  readonly done: Promise<CutBlock | null>;
  /** What came of it; undefined while it is read. */
  cut?: CutBlock | null;
}

/** By all that makes them; a row that comes back into sight reads nothing again. */
const readings = new BoundedCache<LongReading>(1_000_000);
let last: Promise<unknown> = Promise.resolve();

/**
 * The block in slices, read once. Null where it cannot be: no worker, too slow, nested too deep, or of too many elements; and where the code of
 * the worker did not come, which is tried again by who asks next.
 */
export function readLongBlock(job: LongBlockJob): LongReading {
  const key = JSON.stringify(job);
  return readings.get(key, () => {
    const read = last.then(() => inWorker(job));
    last = read;
    const reading: LongReading = { done: read.then((cut) => cut ?? null) };
    void read.then((cut) => {
      if (cut === undefined) readings.forget(key);
      reading.cut = cut ?? null;
    });
    return reading;
  });
}

/** Undefined: its code did not come. */
async function inWorker(job: LongBlockJob): Promise<CutBlock | null | undefined> {
  if (typeof Worker === 'undefined') return null;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  let ready = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<CutBlock | null | undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), COMING);
      worker.onmessage = ({ data }: MessageEvent<LongBlockAnswer>) => {
        if ('cut' in data) return resolve(data.cut);
        if (!('ready' in data)) return;
        ready = true;
        clearTimeout(timer);
        timer = setTimeout(() => resolve(null), PATIENCE);
      };
      // Out of memory, or its code did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(ready ? null : undefined);
      };
      worker.postMessage(job);
    });
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}
