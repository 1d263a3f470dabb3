/** Uploads of files. Loaded when the first one is attached: `fetch` cannot tell how far it is, so this is XMLHttpRequest. */
import { FILES_PATH, type StoredFile, storedFileSchema } from '../../protocol/index.ts';
import { NetworkError, serverError, UnreadableError } from '../kit/errors.ts';
import type { UploadOptions } from '../types.ts';

export interface UploadTarget {
  /** Without a slash at its end; '' for the page's own server. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends a file and resolves to what the server stored.
 * @throws {NetworkError} the server could not be reached, or the connection broke
 * @throws {ServerError} it was refused
 * @throws {DOMException} `AbortError`, when the signal aborts
 */
export function upload(
  { baseUrl, headers }: UploadTarget,
  file: Blob,
  options: UploadOptions = {},
): Promise<StoredFile> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', `${baseUrl}${FILES_PATH}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
    request.onload = () => answerOf(request).then(resolve, reject);
    request.onerror = () => reject(new NetworkError());
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    if (signal?.aborted) return request.onabort(new ProgressEvent('abort'));
    signal?.addEventListener('abort', abort);
    request.send(file);
  });
}

async function answerOf({ status, responseText }: XMLHttpRequest): Promise<StoredFile> {
  if (status < 200 || status > 299) throw await serverError(new Response(responseText, { status }));
  try {
    return storedFileSchema.parse(JSON.parse(responseText));
  } catch (error) {
    throw new UnreadableError({ cause: error });
  }
}
