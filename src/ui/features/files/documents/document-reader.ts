/** Documents as text, out of the page's way: in a worker that is ended when it takes too long. */
import { TEXT_FILE_LIMIT } from '../../../../protocol/index.ts';
import type { DocumentRead, PagesRead } from './types.ts';
import type { DocumentAnswer, DocumentJob } from './worker.ts';

/** In ms. */
const PATIENCE = 60_000;

interface Patience {
  readonly signal?: AbortSignal;
  /** In ms. */
  readonly patience?: number;
}

/** Undefined where it is no document. Rejects as the signal aborts. */
export const documentText = (file: File, patience?: Patience): Promise<DocumentRead | undefined> =>
  inWorker<DocumentRead>(file, { limit: TEXT_FILE_LIMIT }, patience);

/** The first `most` pages of a PDF as pictures. Rejects as the signal aborts. */
export const documentPages = (
  file: File,
  most: number,
  patience?: Patience,
): Promise<PagesRead | undefined> => inWorker<PagesRead>(file, { pages: most }, patience);

async function inWorker<Read extends DocumentRead | PagesRead>(
  file: File,
  wish: { readonly limit: number } | { readonly pages: number },
  { signal, patience = PATIENCE }: Patience = {},
): Promise<Read | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const slow = { kind: 'fault', fault: 'slow' } as Read;
  try {
    return await new Promise<Read | undefined>((resolve, reject) => {
      const timer = setTimeout(() => resolve(slow), patience);
      const stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
      const settle = (read: Read | undefined) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        resolve(read);
      };
      worker.onmessage = ({ data }: MessageEvent<DocumentAnswer>) =>
        'read' in data && settle((data.read ?? undefined) as Read | undefined);
      // Out of memory, or its code did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        settle(slow);
      };
      const job: DocumentJob = { bytes, ...wish };
      worker.postMessage(job, [bytes.buffer]);
    });
  } finally {
    worker.terminate();
  }
}
