/** HEIC, where the browser cannot draw it: by a library, out of the page's way, in a worker that is ended when it takes too long. */
import type { HeicAnswer } from './heic-worker.ts';

/** In ms. */
const PATIENCE = 60_000;

/** Null: it is none, or cannot be read. */
export async function heicImage(file: File, signal?: AbortSignal): Promise<ImageBitmap | null> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isHeif(bytes)) return null;
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), { type: 'module' });
  try {
    const pixels = await new Promise<ImageData | null>((resolve, reject) => {
      const timer = setTimeout(() => resolve(null), PATIENCE);
      const settle = (image: ImageData | null) => {
        clearTimeout(timer);
        resolve(image);
      };
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.onmessage = ({ data }: MessageEvent<HeicAnswer>) => 'pixels' in data && settle(data.pixels);
      // Out of memory, or its code did not come.
      worker.onerror = (event) => {
        event.preventDefault();
        settle(null);
      };
      worker.postMessage(bytes, [bytes.buffer]);
    });
    return pixels && (await createImageBitmap(pixels));
  } finally {
    worker.terminate();
  }
}

/** Brands of the container that phones put pictures in. */
const HEIF = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

function isHeif(bytes: Uint8Array): boolean {
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  return word(4) === 'ftyp' && HEIF.has(word(8));
}
