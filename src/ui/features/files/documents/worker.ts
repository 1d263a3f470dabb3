/** Reads one document; a fresh one for each, so that nothing of one is left for the next. */
import { readDocument, readPages } from './read-document.ts';
import type { DocumentRead, PagesRead } from './types.ts';

/** As text of at most `limit` bytes, or as pictures of at most `pages` pages. */
export type DocumentJob = { readonly bytes: Uint8Array } & (
  | { readonly limit: number }
  | { readonly pages: number }
);

/** What a library says for itself is none. */
export interface DocumentAnswer {
  /** Null: it is no document. */
  readonly read: DocumentRead | PagesRead | null;
}

addEventListener('message', async ({ data }: MessageEvent<DocumentJob>) => {
  if (!(data.bytes instanceof Uint8Array)) return;
  const { bytes } = data;
  const read = 'pages' in data ? await readPages(bytes, data.pages) : await readDocument(bytes, data.limit);
  const answer: DocumentAnswer = { read: read ?? null };
  postMessage(answer);
});
