/** Reads one document; a fresh one for each, so that nothing of one is left for the next. */
import { readDocument } from './read-document.ts';
import type { DocumentRead } from './types.ts';

export interface DocumentJob {
  readonly bytes: Uint8Array;
  readonly limit: number;
}

/** What a library says for itself is none. */
export interface DocumentAnswer {
  /** Null: it is no document. */
  readonly read: DocumentRead | null;
}

addEventListener('message', async ({ data }: MessageEvent<DocumentJob>) => {
  if (!(data.bytes instanceof Uint8Array)) return;
  const answer: DocumentAnswer = { read: (await readDocument(data.bytes, data.limit)) ?? null };
  postMessage(answer);
});
