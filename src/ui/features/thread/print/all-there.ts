/** Whether all that is to be printed is loaded and drawn. */
import { loadMarkdown } from '../../markdown/index.ts';

/** Messages that are being loaded, formulas that are not typeset and diagrams that are not drawn yet; what is still being written keeps its own. */
const MISSING = '[data-loading], [data-drawing], .md:not([data-growing]) .md-tex';
/** How often is looked, and how long without any progress, in ms. */
const LOOK = 50;
const PATIENCE = 10_000;

export function missingIn(root: ParentNode | null): number {
  return root?.querySelectorAll('[data-loading]').length ?? 0;
}

/** Resolves when nothing is missing any more, or nothing comes any more. Rejects as the signal aborts. */
export async function allThere(root: HTMLElement, signal: AbortSignal): Promise<void> {
  await loadMarkdown();
  let least = Number.POSITIVE_INFINITY;
  for (let since = Date.now(); Date.now() - since < PATIENCE; ) {
    const missing = root.querySelectorAll(MISSING).length;
    if (missing === 0) break;
    if (missing < least) since = Date.now();
    least = Math.min(least, missing);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    signal.throwIfAborted();
  }
  const images = [...root.querySelectorAll('img')];
  // What is not on the screen is not fetched by itself.
  for (const image of images) image.loading = 'eager';
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  await document.fonts.ready;
  signal.throwIfAborted();
}
