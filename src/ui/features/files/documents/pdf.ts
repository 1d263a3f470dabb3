/** PDF as text, page by page. */
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { joined, type ReadText, Unreadable } from './types.ts';

/** Pages that are looked at. */
const PAGES = 2_000;

/** Opens it where it is called, which is a worker already; nothing is fetched, and nothing in it runs. @param drawing what draws, if anything */
export async function openPdf(data: Uint8Array, drawing: object = {}): Promise<PDFDocumentProxy> {
  const [pdf, worker] = await Promise.all([
    import('pdfjs-dist/build/pdf.min.mjs'),
    import('pdfjs-dist/build/pdf.worker.min.mjs'),
  ]);
  Object.assign(globalThis, { pdfjsWorker: worker });
  const loading = pdf.getDocument({
    data,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    verbosity: 0,
    ...drawing,
  });
  return loading.promise.catch((error: Error) => {
    throw new Unreadable(error.name === 'PasswordException' ? 'encrypted' : 'broken');
  });
}

export async function pdfText(data: Uint8Array, limit: number): Promise<ReadText> {
  const document = await openPdf(data);
  const all = document.numPages;
  const pages: string[] = [];
  let [length, words] = [0, false];
  for (let n = 1; n <= Math.min(all, PAGES) && length <= limit; n += 1) {
    const text = await pageOf(document, n);
    words ||= text !== '';
    length += text.length;
    pages.push(`## Page ${n}\n\n${text}`.trimEnd());
  }
  if (!words) throw new Unreadable('wordless');
  return joined(pages, { piece: 'page', all, limit });
}

async function pageOf(document: PDFDocumentProxy, n: number): Promise<string> {
  const page = await document.getPage(n);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items
    .map((item) => {
      const { str = '', hasEOL = false } = item as { str?: string; hasEOL?: boolean };
      return hasEOL ? `${str}\n` : str;
    })
    .join('')
    .trim();
}
