/**
 * Long blocks read out of the page's way: in a worker that is ended when it takes too long, or when no other block comes. One at a time, so that the
 * page keeps a processor.
 */
import { BoundedCache } from '../bounded-cache.ts';
import type { CutBlock, LongBlockJob } from './cut-block.ts';
import type { GrownCut, LongBlockAnswer, LongBlockQuestion } from './worker.ts';

/** How long a block may take to be read, in ms. What limits.ts lets through takes a small part of it. */
const PATIENCE = 10_000;
/** How long the code that reads may take to come, in ms. */
const COMING = 60_000;
/** How long a worker waits for the next block, in ms: those of a chat come one after another, and each start loads and compiles the parser again. */
const KEPT = 3_000;

/** A block that is read once, when its turn comes and somebody waits for it. */
class LongReading {
  /**
   * What came of it; undefined until it is read. Null where it cannot be: no worker, too slow, nested too deep, or of too many elements; and
   * where the code of the worker did not come, which is tried again by who asks next.
   */
  cut?: CutBlock | null;
  private readonly job: LongBlockJob;
  private readonly failed: () => void;
  private readonly waiting = new Set<() => void>();
  private isQueued = false;

  constructor(job: LongBlockJob, failed: () => void) {
    this.job = job;
    this.failed = failed;
  }

  /** Calls `done` when there is a `cut`. Returns the way not to wait any more: nothing is read of a text that has grown since. */
  wait(done: () => void): () => void {
    this.waiting.add(done);
    // One that fails ends no other.
    if (!this.isQueued) last = last.then(() => this.read()).catch(() => {});
    this.isQueued = true;
    return () => this.waiting.delete(done);
  }

  private async read(): Promise<void> {
    this.isQueued = false;
    if (this.waiting.size === 0) return;
    if (this.cut === undefined) {
      // Without a step before it every slice is there.
      const asked = inWorker({ job: this.job }).catch(() => undefined);
      const cut = (await asked) as CutBlock | null | undefined;
      if (cut === undefined) this.failed();
      this.cut = cut ?? null;
    }
    for (const done of this.waiting) done();
    this.waiting.clear();
  }
}

/** By all that makes them; a row that comes back into sight reads nothing again. */
const readings = new BoundedCache<LongReading>(1_000_000);
let last: Promise<unknown> = Promise.resolve();

/** The block in slices. */
export function readLongBlock(job: LongBlockJob): LongReading {
  const key = JSON.stringify(job);
  return readings.get(key, () => new LongReading(job, () => readings.forget(key)));
}

/** Numbers of answers on the way of blocks that grow. */
let steps = 0;

/** A block that grows, as it was read last. */
export interface GrownBlock {
  readonly job: LongBlockJob;
  readonly cut: CutBlock;
  readonly step: number;
  /** How many of its slices are not as they were before, and which was the last then, to which more was added; undefined: nothing was before. */
  readonly changed: number | undefined;
  readonly continued: number | undefined;
}

/** Reads a block further than `before`, whose slices stay the same objects where nothing has changed. Null where it cannot be read. */
export function readFurther(job: LongBlockJob, before: GrownBlock | undefined): Promise<GrownBlock | null> {
  const number = ++steps;
  const reading = last.then(async () => {
    const cut = await inWorker({ job, step: { number, after: before?.step } });
    if (!cut) return null;
    const slices = cut.slices
      .map((slice, at) => slice ?? before?.cut.slices[at])
      .filter((slice) => slice !== undefined);
    if (slices.length < cut.slices.length) return null;
    const changed = before && cut.slices.filter((slice) => slice !== null).length;
    const continued = before && before.cut.slices.length - 1;
    return { job, cut: { ...cut, slices }, step: number, changed, continued };
  });
  last = reading;
  return reading;
}

/** A worker, from its start until it is ended. */
class BlockReader {
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  private readonly over: () => void;
  private isReady = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param over it was ended */
  constructor(over: () => void) {
    this.over = over;
  }

  /** One at a time. Null: it cannot be read, undefined: the code did not come; it has ended then. */
  async read(question: LongBlockQuestion): Promise<GrownCut | null | undefined> {
    const { worker } = this;
    clearTimeout(this.timer);
    const cut = await new Promise<GrownCut | null | undefined>((resolve) => {
      const limit = () => {
        clearTimeout(this.timer);
        const [patience, none] = this.isReady ? ([PATIENCE, null] as const) : ([COMING, undefined] as const);
        this.timer = setTimeout(() => resolve(none), patience);
      };
      worker.onmessage = ({ data }: MessageEvent<LongBlockAnswer>) => {
        if ('cut' in data) return resolve(data.cut);
        if (!('ready' in data)) return;
        this.isReady = true;
        limit();
      };
      // Out of memory, or its code did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(this.isReady ? null : undefined);
      };
      limit();
      worker.postMessage(question);
    });
    clearTimeout(this.timer);
    // Of what could not be read nothing is left for the next.
    if (!cut) this.end();
    else this.timer = setTimeout(() => this.end(), KEPT);
    return cut;
  }

  private end(): void {
    this.worker.terminate();
    this.over();
  }
}

let reader: BlockReader | undefined;

/** Undefined: its code did not come, or the browser made no worker this time. Never rejects: others wait behind it. */
async function inWorker(question: LongBlockQuestion): Promise<GrownCut | null | undefined> {
  if (typeof Worker === 'undefined') return null;
  try {
    reader ??= new BlockReader(() => {
      reader = undefined;
    });
    return await reader.read(question);
  } catch {
    return undefined;
  }
}
