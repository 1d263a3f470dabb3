/** What is said of the files an agent's turn changed. Loaded with the first of it. */
import { ownOf } from '../../../../protocol/own-property.ts';
import { amountText } from '../../../components/amount-text.ts';

export const inThisTurn = 'This turn:';
export const sinceFork = 'since the fork:';
export const files = (count: number): string => amountText(count, 'file');
export const leftOut = (names: readonly string[]): string => `Not kept: ${names.join(', ')}.`;
export const notKept = (why: string): string => `The files were not kept. ${why}`;
const WHY: Readonly<Record<string, string>> = {
  large: 'over 50 MB',
  name: 'git keeps no file of this name',
  unreadable: 'it cannot be read',
};
export const why = (word: string): string => ownOf(WHY, word) ?? word;
export const lineRuns = (line: string): string => `Running “${line}” in the new copy…`;
export const lineRan = (line: string): string => `Ran “${line}” in the new copy`;
export const lineFailed = (line: string, how: string): string => `“${line}” in the new copy ${how}`;
export const lineCut = (line: string): string => `“${line}” in the new copy did not end`;
