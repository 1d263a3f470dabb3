/** Long blocks read out of the page's way: in a worker that is ended when it takes too long. One at a time, so that the page keeps a processor. */
import { BoundedCache } from '../bounded-cache.ts';
import type { CutBlock, LongBlockJob } from './cut-block.ts';
import type { LongBlockAnswer } from './worker.ts';

/** In ms. What limits.ts lets through takes a small part of it. */
const PATIENCE = 10_000;

interface LongReading {
  /** Null: there is no formatting it. Never rejects. */
  readonly done: Promise<CutBlock | null>;
  /** What came of it; undefined while it is read. */
  cut?: CutBlock | null;
}

/** By all that makes them; a row that comes back into sight reads nothing again. */
const readings = new BoundedCache<LongReading>(1_000_000);
let last: Promise<unknown> = Promise.resolve();

/** The block in slices, read once. Null where it cannot be: no worker, too slow, nested too deep, or of too many elements. */
export function readLongBlock(job: LongBlockJob): LongReading {
  return readings.get(JSON.stringify(job), () => {
    const done = last.then(() => inWorker(job));
    last = done;
    const reading: LongReading = { done };
    void done.then((cut) => {
      reading.cut = cut;
    });
    return reading;
  });
}

async function inWorker(job: LongBlockJob): Promise<CutBlock | null> {
  if (typeof Worker === 'undefined') return null;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<CutBlock | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), PATIENCE);
      const settle = (cut: CutBlock | null) => {
        clearTimeout(timer);
        resolve(cut);
      };
      worker.onmessage = ({ data }: MessageEvent<LongBlockAnswer>) => 'cut' in data && settle(data.cut);
      // Out of memory, or its code did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        settle(null);
      };
      worker.postMessage(job);
    });
  } finally {
    worker.terminate();
  }
}
