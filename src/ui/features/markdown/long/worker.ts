/** Reads one long block; a fresh one for each, so that nothing of one is left for the next. */
import './worker-document.ts';
import { type CutBlock, cutBlock, type LongBlockJob } from './cut-block.ts';

/** Null: the parser gave up. */
export type LongBlockAnswer = { readonly cut: CutBlock | null };

addEventListener('message', ({ data }: MessageEvent<LongBlockJob>) => {
  if (typeof data.text !== 'string') return;
  let cut: CutBlock | null = null;
  try {
    cut = cutBlock(data);
  } catch {
    // Nested beyond all measure: the stack was not enough.
  }
  const answer: LongBlockAnswer = { cut };
  postMessage(answer);
});
