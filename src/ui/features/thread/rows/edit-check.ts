/** What editing a message will do, and whether it can be done. Pure. */
import { type FilePart, MESSAGE_LIMIT } from '../../../../protocol/index.ts';
import { makesVersion } from '../../../actions/turn.ts';
import type { Row } from './rows.ts';

/** Said before anything is done: "Makes version 2; 14 later messages stay with this one". */
export function promiseOf(row: Row): string {
  return makesVersion(row.versions.length, row.later);
}

interface Said {
  readonly text: string;
  readonly files: readonly FilePart[];
}

/** Why a text with its files does not make a version; undefined if it does. */
export function objectionTo({ text, files }: Said, before: Said): string | undefined {
  if (text.trim() === '' && files.length === 0) return 'There is nothing to save. Write something first.';
  const over = text.length - MESSAGE_LIMIT;
  if (over > 0)
    return `${over.toLocaleString('en')} ${over === 1 ? 'character' : 'characters'} too many. Nothing was cut off.`;
  return text === before.text.trimEnd() && sameFiles(files, before.files)
    ? 'Nothing is changed, so there is no new version to make.'
    : undefined;
}

export function sameFiles(a: readonly FilePart[], b: readonly FilePart[]): boolean {
  return a.length === b.length && a.every(({ hash }, index) => hash === b[index]?.hash);
}
