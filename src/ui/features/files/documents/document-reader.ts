/** Documents as text, out of the page's way: in a worker that is ended when it takes too long. */
import { TEXT_FILE_LIMIT } from '../../../../protocol/index.ts';
import type { DocumentRead } from './types.ts';
import type { DocumentAnswer, DocumentJob } from './worker.ts';

/** In ms. */
const PATIENCE = 60_000;

/** Undefined where it is no document. Rejects as the signal aborts. */
export async function documentText(
  file: File,
  { signal, patience = PATIENCE }: { readonly signal?: AbortSignal; readonly patience?: number } = {},
): Promise<DocumentRead | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const slow = { kind: 'fault', fault: 'slow' } as const;
  try {
    return await new Promise<DocumentRead | undefined>((resolve, reject) => {
      const timer = setTimeout(() => resolve(slow), patience);
      const stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
      const settle = (read: DocumentRead | undefined) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        resolve(read);
      };
      worker.onmessage = ({ data }: MessageEvent<DocumentAnswer>) =>
        'read' in data && settle(data.read ?? undefined);
      // Out of memory, or its code did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        settle(slow);
      };
      const job: DocumentJob = { bytes, limit: TEXT_FILE_LIMIT };
      worker.postMessage(job, [bytes.buffer]);
    });
  } finally {
    worker.terminate();
  }
}
