/** Bringing conversations in and taking them away (docs/protocol.md, "Transfer"). Loaded with the dialogs. */
import {
  EXPORT_PATH,
  type ExportMany,
  type ExportQuery,
  IMPORTS_PATH,
  type ImportLine,
  importLineSchema,
  importStoredSchema,
  isZipped,
  NOT_EXPORTED,
  type StoredImport,
} from '../protocol/requests/transfer.ts';
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

/**
 * Several conversations in one file. @param onProgress told how many bytes came so far
 * Rejects as `Http.request`, also with an AbortError; NetworkError where the answer breaks off.
 */
export async function exportMany(
  { http }: Bough,
  wanted: ExportMany,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void },
): Promise<ManyExported> {
  const { body, headers } = await http.request(EXPORT_PATH, { ...postJson(wanted), signal });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const count = isZipped(wanted.as) ? new ZipCount(new Set(wanted.conversations).size) : new LineCount();
  let bytes = 0;
  for await (const piece of body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    count.take(piece);
    onProgress(bytes);
  }
  if (!count.isWhole()) throw new NetworkError();
  return {
    file: new Blob(pieces, { type: headers.get('content-type') ?? '' }),
    unreadable: count.unreadable(),
  };
}

/** What stands in the place of a conversation that could not be read; each begins a line. */
const UNREADABLE = '\n{"unreadable":';

/** Counts in JSON, as it comes, what could not be read. */
class LineCount {
  readonly #decoder = new TextDecoder();
  #tail = '';
  #count = 0;

  take(piece: Uint8Array): void {
    const text = this.#tail + this.#decoder.decode(piece, { stream: true });
    this.#count += text.split(UNREADABLE).length - 1;
    this.#tail = text.slice(1 - UNREADABLE.length);
  }

  isWhole = (): boolean => this.#tail.trimEnd().endsWith(']');
  unreadable = (): number => this.#count;
}

/** Bytes of what ends a zip: its mark, and where in it the number of files stands. */
const ZIP_END = { bytes: 22, mark: 0x06054b50, count: 10 } as const;

/** Counts what is missing by the list of files that ends a zip. */
class ZipCount {
  readonly #asked: number;
  #tail = new Uint8Array();

  constructor(asked: number) {
    this.#asked = asked;
  }

  take(piece: Uint8Array): void {
    const last = new Uint8Array([...this.#tail.slice(-TAIL), ...piece.slice(-TAIL)]);
    this.#tail = last.slice(-TAIL);
  }

  isWhole(): boolean {
    const end = this.#end();
    return end !== undefined && end.getUint32(0, true) === ZIP_END.mark;
  }

  unreadable(): number {
    const files = this.#end()?.getUint16(ZIP_END.count, true) ?? 0;
    // It is the last of the list; no conversation has a file of this ending.
    const isTold = new TextDecoder().decode(this.#tail.slice(0, -ZIP_END.bytes)).endsWith(NOT_EXPORTED);
    return isTold ? this.#asked - (files - 1) : 0;
  }

  #end(): DataView | undefined {
    const { buffer, byteOffset, length } = this.#tail;
    return length < ZIP_END.bytes
      ? undefined
      : new DataView(buffer, byteOffset + length - ZIP_END.bytes, ZIP_END.bytes);
  }
}

const TAIL = ZIP_END.bytes + NOT_EXPORTED.length;
