/** What is said around the text of messages. */
import type { AlertKind } from '../../../protocol/reading/alerts.ts';
import { amountText, numberText } from '../../components/amount-text.ts';

export const code = 'Code';
export const plainCode = 'text';
export const codeIn = (language: string) => `Code, ${language}`;
export const copied = 'Copied';
export const copy = 'Copy';
export const copyCode = 'Copy code';
export const saveCode = 'Save as a file';
export { cannotCopy } from '../../components/strings.ts';
export const showAs = 'Show as';
export const preview = 'Preview';
export const source = 'Source';
export const wrapLines = 'Wrap lines';
export const showAllLines = (lines: number) => `Show all ${numberText(lines)} lines`;
export const showLess = 'Show less';
export const table = 'Table';
export const wideTable = 'Table, scroll sideways for more columns';
export const copyCsv = 'Copy as CSV';
export const copyMarkdown = 'Copy as Markdown';
export const done = 'Done:';
export const toDo = 'To do:';
export const asWritten = 'Shown as it was written: too much to format.';
export const longFormula = 'Shown as it was written: a formula of this length is not typeset.';
export const formattedWhenWhole = 'Shown as it is written; formatted when it is whole.';
export const showFormatted = 'Show formatted';
export const showAll = (characters: number) => `Show all ${amountText(characters, 'character')}`;
export const imageFrom = 'Image from';
export const load = '· Load';
export const opensInTab = 'Opens in a new tab: this page shows no images from other hosts.';
export const imageLeftOut = 'Image left out';
export const imageLeftOutNamed = (alt: string) => `Image left out: ${alt}`;
/** What GitHub calls its alerts. */
export const alerts: Readonly<Record<AlertKind, string>> = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
};
