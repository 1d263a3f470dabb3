/**
 * A long block while it grows: read by the worker step by step, one reading at a time, so that an older answer never comes after a newer one. What
 * is read last stays for as long as the block grows, also while its row is out of sight.
 */
import type { LongBlockJob } from './cut-block.ts';
import { type GrownBlock, readFurther } from './in-worker.ts';

/** A longer block is read for at most a quarter of the time, others for half of it. */
const LARGE = 30_000;
/** A reading that takes longer is slow, in ms. */
const SLOW = 1_000;
/** So many that nobody looks at are kept. */
const KEPT = 8;

export class GrowingBlock {
  /** As it was read last; undefined before the first time. */
  latest: GrownBlock | undefined;
  /** It cannot be read: no worker, one that died or took too long, too much of it. */
  isGivenUp = false;
  /** It takes long to be read: nobody should wait for its end that long. */
  isSlow = false;
  private wanted: LongBlockJob | undefined;
  private isReading = false;
  private hurry: () => void = () => {};
  private readonly listeners = new Set<(isFirst: boolean) => void>();

  /** To be read next, in place of what was to be. What somebody else wrote in its place begins anew. */
  want(job: LongBlockJob): void {
    const { latest } = this;
    if (latest && !job.text.startsWith(latest.job.text)) this.latest = undefined;
    if (this.isGivenUp || (this.latest && isSame(this.latest.job, job))) return;
    this.wanted = job;
    if (!this.isReading) void this.readOn();
    else if (!job.growing) this.hurry();
  }

  /** Calls `listener` when there is more of it; `isFirst`: nothing was read before. Returns the way to stop: nothing more is read where nobody listens. */
  listen(listener: (isFirst: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async readOn(): Promise<void> {
    this.isReading = true;
    for (let job = this.next(); job; job = this.next()) {
      const began = performance.now();
      const isFirst = this.latest === undefined;
      const slow = setTimeout(() => this.tell({ isSlow: true, isFirst: false }), SLOW);
      const read = await readFurther(job, this.latest);
      clearTimeout(slow);
      this.take(read, job);
      const took = performance.now() - began;
      this.tell({ isSlow: took > SLOW, isFirst });
      if (job.growing) await this.pause(took * (job.text.length > LARGE ? 3 : 1));
    }
    this.isReading = false;
  }

  private tell({ isSlow, isFirst }: { readonly isSlow: boolean; readonly isFirst: boolean }): void {
    this.isSlow = isSlow;
    for (const listener of this.listeners) listener(isFirst);
  }

  /** Until then, or until it is whole. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.wanted?.growing === false ? 0 : ms);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private next(): LongBlockJob | undefined {
    const job = this.listeners.size > 0 ? this.wanted : undefined;
    this.wanted = undefined;
    return job;
  }

  private take(read: GrownBlock | null, { text }: LongBlockJob): void {
    this.isGivenUp = read === null;
    // Begun anew meanwhile.
    if (this.wanted && !this.wanted.text.startsWith(text)) return;
    if (read) this.latest = read;
  }
}

const isSame = (a: LongBlockJob, b: LongBlockJob): boolean =>
  a.text === b.text && a.growing === b.growing && a.numbers === b.numbers && a.start === b.start;

const blocks = new Map<string, GrowingBlock>();

/** The one of this name; it is the same when its row comes back into sight. */
export function growingBlock(name: string): GrowingBlock {
  const block = blocks.get(name) ?? new GrowingBlock();
  blocks.delete(name);
  blocks.set(name, block);
  for (const oldest of blocks.keys()) {
    if (blocks.size <= KEPT) break;
    blocks.delete(oldest);
  }
  return block;
}

/** True for a block that was read to its end while it was seen being written. */
export const isReadToEnd = (name: string, text: string): boolean => {
  const job = blocks.get(name)?.latest?.job;
  return job?.text === text && !job.growing;
};
