/** A document as text, by its content. Runs in the worker. */
import { type DocumentKind, type DocumentRead, type PagesRead, Unreadable } from './types.ts';

/** @param limit bytes of the text in UTF-8; what is beyond is left out, and `read` says so */
export async function readDocument(bytes: Uint8Array, limit: number): Promise<DocumentRead | undefined> {
  const kind = kindOfDocument(bytes);
  if (kind === undefined) return undefined;
  if (kind === 'old' || kind === 'encrypted') return { kind: 'fault', fault: kind };
  try {
    return await read(kind, bytes, limit);
  } catch (error) {
    return { kind: 'fault', fault: error instanceof Unreadable ? error.fault : 'broken' };
  }
}

/** Pages of a PDF as pictures: at most `most`. */
export async function readPages(bytes: Uint8Array, most: number): Promise<PagesRead> {
  try {
    return await (await import('./pdf-pages.ts')).pdfPages(bytes, most);
  } catch (error) {
    return { kind: 'fault', fault: error instanceof Unreadable ? error.fault : 'broken' };
  }
}

async function read(kind: DocumentKind, bytes: Uint8Array, limit: number): Promise<DocumentRead> {
  if (kind === 'pdf') return (await import('./pdf.ts')).pdfText(bytes, limit);
  if (kind === 'html') return (await import('./html.ts')).htmlDocument(bytes, limit);
  if (kind === 'book') return (await import('./book.ts')).bookText(bytes, limit);
  const office = await import('./office.ts');
  if (kind === 'word') return office.wordText(bytes, limit);
  return kind === 'sheets' ? office.sheetsText(bytes, limit) : office.slidesText(bytes, limit);
}

/** Undefined for what is none of ours; `old` and `encrypted`: Office in the container of before 2007, which also holds what has a password. */
function kindOfDocument(bytes: Uint8Array): DocumentKind | 'old' | 'encrypted' | undefined {
  const head = latin(bytes.subarray(0, 1_024));
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith('\xd0\xcf\x11\xe0'))
    return holds(bytes, 'E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0') ? 'encrypted' : 'old';
  if (/<!doctype\s+html|<html[\s>]/i.test(head)) return 'html';
  if (!head.startsWith('PK\x03\x04')) return undefined;
  if (head.includes('mimetypeapplication/epub+zip')) return 'book';
  // The names of its files, which stand at its end too.
  const names = latin(bytes.subarray(-200_000)) + head;
  if (names.includes('word/document')) return 'word';
  if (names.includes('xl/workbook')) return 'sheets';
  if (names.includes('ppt/presentation')) return 'slides';
  return names.includes('META-INF/container.xml') ? 'book' : undefined;
}

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
};

const holds = (bytes: Uint8Array, words: string): boolean => latin(bytes.subarray(0, 65_536)).includes(words);
