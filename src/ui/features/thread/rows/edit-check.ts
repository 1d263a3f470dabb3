/** What editing a message will do, and whether it can be done. Pure. */
import { type FilePart, MESSAGE_LIMIT } from '../../../../protocol/index.ts';
import { savesAs } from '../../../actions/strings/messages.ts';
import { newVersion } from '../../../actions/turn.ts';
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
}

/** Why a text with its files does not make a version; undefined if it does. */
export function objectionTo({ text, files }: Said, before: Said): string | undefined {
  if (text.trim() === '' && files.length === 0) return strings.nothingToSave;
  const over = text.length - MESSAGE_LIMIT;
  if (over > 0) return tooLongText(over);
  return text === before.text.trimEnd() && sameFiles(files, before.files) ? strings.unchanged : undefined;
}

export function sameFiles(a: readonly FilePart[], b: readonly FilePart[]): boolean {
  return a.length === b.length && a.every(({ hash }, index) => hash === b[index]?.hash);
}
