/** What editing a message will do, and whether it can be done. Pure. */
import { type FilePart, MESSAGE_LIMIT, type Quote } from '../../../../protocol/index.ts';
import { newVersion } from '../../../actions/message/turn.ts';
import { savesAs } from '../../../actions/strings/messages.ts';
import { tooLongText } from '../../../components/amount-text.ts';
import * as strings from '../strings.ts';
import type { Row } from './rows.ts';

/** Said before anything is done: "Saves as version 2. Version 1 keeps its 14 messages". */
export function promiseOf(row: Row): string {
  return savesAs(newVersion(row.versions, row.key, row.later));
}

interface Said {
  readonly text: string;
  readonly files: readonly FilePart[];
  readonly quotes?: readonly Quote[];
}

/** Why a text with its files does not make a version; undefined if it does. */
export function objectionTo(said: Said, before: Said): string | undefined {
  const { text, files, quotes = [] } = said;
  if (text.trim() === '' && files.length + quotes.length === 0) return strings.nothingToSave;
  const over = text.length - MESSAGE_LIMIT;
  if (over > 0) return tooLongText(over);
  return isSame(said, { ...before, text: before.text.trimEnd() }) ? strings.unchanged : undefined;
}

/** The same words with the same files and quotes. */
export function isSame(a: Said, b: Said): boolean {
  return a.text === b.text && sameFiles(a.files, b.files) && sameQuotes(a.quotes, b.quotes);
}

function sameQuotes(a: Said['quotes'] = [], b: Said['quotes'] = []): boolean {
  return (
    a.length === b.length &&
    a.every(({ of, text }, at) => of.message === b[at]?.of.message && text === b[at]?.text)
  );
}

function sameFiles(a: readonly FilePart[], b: readonly FilePart[]): boolean {
  return a.length === b.length && a.every(({ hash }, index) => hash === b[index]?.hash);
}
