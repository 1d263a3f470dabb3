/** Reads long blocks, one after another; nothing of one is kept for the next. */
import './worker-document.ts';
import { type CutBlock, cutBlock, type LongBlockJob } from './cut-block.ts';

/** `ready`: its code is there. `cut` null: the parser gave up. */
export type LongBlockAnswer = { readonly ready: true } | { readonly cut: CutBlock | null };

const answer = (said: LongBlockAnswer) => postMessage(said);

addEventListener('message', ({ data }: MessageEvent<LongBlockJob>) => {
  if (typeof data.text !== 'string') return;
  let cut: CutBlock | null = null;
  try {
    cut = cutBlock(data);
  } catch {
    // Nested beyond all measure: the stack was not enough.
  }
  answer({ cut });
});

answer({ ready: true });
