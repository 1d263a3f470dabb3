/** Pages of a PDF as pictures, drawn where it is called, which is a worker. */
import { openPdf } from './pdf.ts';
import { type DocumentPages, Unreadable } from './types.ts';

/** The longer edge of a page, in pixels. */
const EDGE = 1_600;

/** At most `most` pages. @throws {Unreadable} `wordless`: nothing is seen on any of them */
export async function pdfPages(data: Uint8Array, most: number): Promise<DocumentPages> {
  const document = await openPdf(data, { CanvasFactory: Canvases, FilterFactory: NoFilters });
  const all = document.numPages;
  const pages: Blob[] = [];
  let seen = false;
  for (let n = 1; n <= Math.min(all, most); n += 1) {
    const page = await document.getPage(n);
    const { width, height } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: EDGE / Math.max(width, height) });
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(viewport.width)),
      Math.max(1, Math.round(viewport.height)),
    );
    const canvasContext = canvas.getContext('2d', { willReadFrequently: true }) as never;
    await page.render({ canvas: null, canvasContext, viewport, background: 'white' }).promise;
    page.cleanup();
    seen ||= isSeen(canvas);
    pages.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 }));
  }
  // What a library would have to be fetched for (JBIG2, JPEG 2000) is not drawn: blank pages would say nothing, at a price.
  if (!seen) throw new Unreadable('wordless');
  return { kind: 'pages', pages, all };
}

/** Whether there is anything on it. */
function isSeen(canvas: OffscreenCanvas): boolean {
  const { width, height } = canvas;
  const small = new OffscreenCanvas(200, 200);
  const context = small.getContext('2d', { willReadFrequently: true });
  context?.drawImage(canvas, 0, 0, width, height, 0, 0, 200, 200);
  const pixels = context?.getImageData(0, 0, 200, 200).data ?? new Uint8ClampedArray();
  return pixels.some((value, at) => at % 4 !== 3 && value < 250);
}

interface CanvasAndContext {
  canvas: OffscreenCanvas | null;
  context: OffscreenCanvasRenderingContext2D | null;
}

/** The library makes canvases by `document`, which a worker has none of. */
class Canvases {
  create(width: number, height: number): CanvasAndContext {
    const canvas = new OffscreenCanvas(width, height);
    return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) };
  }
  reset({ canvas }: CanvasAndContext, width: number, height: number): void {
    if (canvas) Object.assign(canvas, { width, height });
  }
  destroy(drawn: CanvasAndContext): void {
    if (drawn.canvas) Object.assign(drawn.canvas, { width: 0, height: 0 });
    Object.assign(drawn, { canvas: null, context: null });
  }
}

/** So are filters; what they would change is drawn as it is. */
class NoFilters {
  addFilter = (): string => 'none';
  addHCMFilter = (): string => 'none';
  addAlphaFilter = (): string => 'none';
  addLuminosityFilter = (): string => 'none';
  addKnockoutFilter = (): string => 'none';
  addHighlightHCMFilter = (): string => 'none';
  destroy(): void {}
}
