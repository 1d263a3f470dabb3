/** Bringing conversations in and taking them away (docs/protocol.md, "Transfer"). Loaded with the dialogs. */
import {
  EXPORT_PATH,
  type ExportMany,
  type ExportQuery,
  IMPORTS_PATH,
  type ImportLine,
  importLineSchema,
  importStoredSchema,
  type StoredImport,
} from '../protocol/transfer.ts';
import type { Bough } from './bough.ts';
import { uploadTo } from './files/upload.ts';
import { NetworkError } from './kit/errors.ts';
import { postJson } from './kit/http.ts';
import type { UploadOptions } from './types.ts';

/** Uploads what is to be imported. Rejects as `uploadTo`. */
export function uploadImport({ target }: Bough, file: File, options: UploadOptions): Promise<StoredImport> {
  const path = `${IMPORTS_PATH}?name=${encodeURIComponent(file.name)}`;
  return uploadTo(target, { path, answer: importStoredSchema }, file, options);
}

/**
 * The lines of `preview` or `run`, as they come; lines that this version does not know are passed over. Aborting stops the server's work,
 * too. Throws as `Http.request`; NetworkError where the answer breaks off.
 */
export async function* importLines(
  { http }: Bough,
  id: string,
  what: 'preview' | 'run',
  { conversations, signal }: { readonly conversations?: readonly string[]; readonly signal: AbortSignal },
): AsyncGenerator<ImportLine, void> {
  const path = `${IMPORTS_PATH}/${id}/${what}`;
  const body = what === 'run' ? postJson({ ...(conversations && { conversations }) }) : { method: 'POST' };
  const { body: bytes } = await http.request(path, { ...body, signal });
  let rest = '';
  let ended = false;
  for await (const text of bytes?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { data } = importLineSchema.safeParse(JSON.parse(line));
      if (!data) continue;
      ended ||= data.kind === 'end' || data.kind === 'stopped';
      yield data;
    }
  }
  if (!ended) throw new NetworkError();
}

/** What was uploaded is not needed any more. It goes by itself after a day. */
export async function letGo({ http }: Bough, id: string): Promise<void> {
  await http.request(`${IMPORTS_PATH}/${id}`, { method: 'DELETE' });
}

/** Where a file with conversations is downloaded. */
export function exportAddress({ target }: Bough, query: ExportQuery): string {
  return `${target.baseUrl ?? ''}${EXPORT_PATH}?${new URLSearchParams(query as Record<string, string>)}`;
}

/** A file with several conversations, and how many of them could not be read. */
export interface ManyExported {
  readonly file: Blob;
  readonly unreadable: number;
}

/** What stands in the place of a conversation that could not be read; each begins a line. */
const UNREADABLE = '\n{"unreadable":';

/**
 * Several conversations in one file. @param onProgress told how many bytes came so far
 * Rejects as `Http.request`, also with an AbortError.
 */
export async function exportMany(
  { http }: Bough,
  wanted: ExportMany,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void },
): Promise<ManyExported> {
  const { body, headers } = await http.request(EXPORT_PATH, { ...postJson(wanted), signal });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const decoder = new TextDecoder();
  let [bytes, unreadable, tail] = [0, 0, ''];
  for await (const piece of body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    const text = tail + decoder.decode(piece, { stream: true });
    unreadable += text.split(UNREADABLE).length - 1;
    tail = text.slice(1 - UNREADABLE.length);
    onProgress(bytes);
  }
  return { file: new Blob(pieces, { type: headers.get('content-type') ?? '' }), unreadable };
}
