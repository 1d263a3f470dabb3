/** Documents read as text: what they can be, and what comes of it. Pure. */
import type { FilePart } from '../../../../protocol/index.ts';

export type DocumentKind = 'pdf' | 'word' | 'sheets' | 'slides' | 'book' | 'html';

/** What a document is made of, as it is counted. */
export type DocumentPiece = 'page' | 'document' | 'sheet' | 'slide' | 'chapter';

/** A document as text, whole or its beginning. */
export interface ReadText {
  readonly kind: 'text';
  readonly text: string;
  readonly piece: DocumentPiece;
  /** How many are in the text, and how many there are. */
  readonly read: number;
  readonly all: number;
  /** Nothing is left out. */
  readonly whole: boolean;
}

export type DocumentFault =
  /** It needs a password. */
  | 'encrypted'
  /** It is not what it looks like, or damaged. */
  | 'broken'
  /** It is, or says it is, larger than what is unpacked. */
  | 'bomb'
  /** There are no words in it: pictures of pages. */
  | 'wordless'
  /** A form from before 2007. */
  | 'old'
  /** It took longer than one waits, or the browser gave up. */
  | 'slow';

export type DocumentRead = ReadText | { readonly kind: 'fault'; readonly fault: DocumentFault };

/** Pages of a PDF as pictures (JPEG), from the first on. */
export interface DocumentPages {
  readonly kind: 'pages';
  readonly pages: readonly Blob[];
  /** How many there are. */
  readonly all: number;
}

export type PagesRead = DocumentPages | { readonly kind: 'fault'; readonly fault: DocumentFault };

/** Thrown by readers. */
export class Unreadable extends Error {
  readonly fault: DocumentFault;

  constructor(fault: DocumentFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Bytes of a document that is looked into. */
export const DOCUMENT_LIMIT = 100_000_000;

/** Files whose names say that they are read here first; what they are is told by their content. */
export const mayBeDocument = (name: string): boolean =>
  /\.(pdf|docx?|docm|dotx|xlsx?|xlsm|pptx?|pptm|ppsx|epub|html?|xhtml)$/i.test(name);

/** What the text of a document is called. */
export const textNameOf = (document: string): string => `${document}.txt`;

/** What was attached, where a file is the text of it: nobody attached a “plan.pdf.txt”. */
export const attachedName = ({ name, original }: FilePart): string =>
  original && name === textNameOf(original.name) ? original.name : name;

/** Names of documents that are made of such pieces. */
const NAMED: Readonly<Record<DocumentPiece, RegExp>> = {
  page: /\.pdf$/i,
  sheet: /\.xls[xm]?$/i,
  slide: /\.p(pt[xm]?|psx)$/i,
  chapter: /\.epub$/i,
  document: /\.(doc[xm]?|dotx|x?html?)$/i,
};

/** Whether a name says of what kind the document is. */
export const isNamedFor = (name: string, piece: DocumentPiece): boolean => NAMED[piece].test(name);

/** Puts pieces together until `limit` bytes; the first that does not fit ends it. */
export function joined(
  pieces: Iterable<string>,
  { piece, all, limit }: { readonly piece: DocumentPiece; readonly all: number; readonly limit: number },
): ReadText {
  const encoder = new TextEncoder();
  let [text, size, read] = ['', 0, 0];
  for (const one of pieces) {
    const next = text === '' ? one : `\n\n${one}`;
    const { length } = encoder.encode(next);
    if (size + length > limit) {
      // One that is too long by itself is cut, or nothing would be there.
      if (read === 0) return { kind: 'text', text: cut(one, limit), piece, read: 1, all, whole: false };
      break;
    }
    text += next;
    size += length;
    read += 1;
  }
  return { kind: 'text', text, piece, read, all, whole: read === all };
}

/** At most so many bytes in UTF-8, and no half character. */
function cut(text: string, limit: number): string {
  const bytes = new TextEncoder().encode(text).subarray(0, limit - 8);
  return `${new TextDecoder().decode(bytes).replace(/\uFFFD+$/, '')}…`;
}
