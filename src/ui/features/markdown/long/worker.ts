/** Reads long blocks, one after another. Of one that grows its slices are kept, and those that changed are sent. */
import './worker-document.ts';
import { type BlockSlice, type CutBlock, cutBlock, type LongBlockJob } from './cut-block.ts';

export interface LongBlockQuestion {
  readonly job: LongBlockJob;
  /** Of a block that grows: the number of this answer, and of the one of it that the page has, if it has one. */
  readonly step?: { readonly number: number; readonly after: number | undefined };
}

/** Null in the place of a slice: as it was in the answer before. */
export interface GrownCut extends Omit<CutBlock, 'slices'> {
  readonly slices: readonly (BlockSlice | null)[];
}

/** `ready`: its code is there. `cut` null: the parser gave up. */
export type LongBlockAnswer = { readonly ready: true } | { readonly cut: GrownCut | null };

const answer = (said: LongBlockAnswer) => postMessage(said);

/** The slices of the last answers that have numbers, as they compare; one for each of some blocks that grow at the same time. */
const known = new Map<number, readonly string[]>();
const KEPT = 4;

addEventListener('message', ({ data }: MessageEvent<LongBlockQuestion>) => {
  if (typeof data.job?.text !== 'string') return;
  let cut: GrownCut | null = null;
  try {
    cut = cutBlock(data.job);
  } catch {
    // Nested beyond all measure: the stack was not enough.
  }
  answer({ cut: cut && data.step ? changedOf(cut, data.step) : cut });
});

function changedOf(cut: GrownCut, { number, after }: NonNullable<LongBlockQuestion['step']>): GrownCut {
  const before = after === undefined ? undefined : known.get(after);
  const slices = cut.slices.map((slice) => JSON.stringify(slice));
  if (after !== undefined) known.delete(after);
  known.set(number, slices);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return { ...cut, slices: cut.slices.map((slice, at) => (slices[at] === before?.[at] ? null : slice)) };
}

answer({ ready: true });
