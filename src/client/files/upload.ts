/** Uploads. Loaded when the first one is made: `fetch` cannot tell how far it is, so this is XMLHttpRequest. */
import type * as z from 'zod/mini';
import { FILES_PATH, ORIGINAL_QUERY, type StoredFile, storedFileSchema } from '../../protocol/index.ts';
import { NetworkError, serverError, UnreadableError } from '../kit/errors.ts';
import type { UploadOptions } from '../types.ts';

export interface UploadTarget {
  /** Without a slash at its end. Default: the page's own server. */
  readonly baseUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a file of a message and resolves to what the server stored. Rejects as `uploadTo`. */
export const upload = (target: UploadTarget, file: Blob, options?: UploadOptions): Promise<StoredFile> =>
  uploadTo(target, { path: pathOf(options), answer: storedFileSchema }, file, options);

const pathOf = (options?: UploadOptions): string => FILES_PATH + (options?.as ? ORIGINAL_QUERY : '');

/**
 * Sends a file to a path of the server and resolves to what it answers.
 * @throws {NetworkError} the server could not be reached, or the connection broke
 * @throws {ServerError} it was refused
 * @throws {DOMException} `AbortError`, when the signal aborts
 */
export function uploadTo<S extends z.ZodMiniType>(
  { baseUrl = '', headers = {} }: UploadTarget,
  { path, answer }: { readonly path: string; readonly answer: S },
  file: Blob,
  options: UploadOptions = {},
): Promise<z.infer<S>> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', `${baseUrl}${path}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
    request.onload = () => answerOf(request, answer).then(resolve, reject);
    request.onerror = () => reject(new NetworkError());
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    if (signal?.aborted) return request.onabort(new ProgressEvent('abort'));
    signal?.addEventListener('abort', abort);
    request.send(file);
  });
}

async function answerOf<S extends z.ZodMiniType>(
  { status, responseText }: XMLHttpRequest,
  answer: S,
): Promise<z.infer<S>> {
  if (status < 200 || status > 299) throw await serverError(new Response(responseText, { status }));
  try {
    return answer.parse(JSON.parse(responseText));
  } catch (error) {
    throw new UnreadableError({ cause: error });
  }
}
