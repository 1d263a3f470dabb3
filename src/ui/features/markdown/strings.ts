/** What is said around the text of messages. */
import { amountText } from '../../components/amount-text.ts';

export const code = 'Code';
export const plainCode = 'text';
export const codeIn = (language: string) => `Code, ${language}`;
export const copied = 'Copied';
export const copy = 'Copy';
export const copyCode = 'Copy code';
export const cannotCopy = 'The browser blocked copying.';
export const wrapLines = 'Wrap lines';
export const showAllLines = (lines: number) => `Show all ${lines.toLocaleString()} lines`;
export const showLess = 'Show less';
export const table = 'Table';
export const wideTable = 'Table, scroll sideways for more columns';
export const copyCsv = 'Copy as CSV';
export const copyMarkdown = 'Copy as Markdown';
export const done = 'Done:';
export const toDo = 'To do:';
export const asWritten = 'Shown as it was written: too much to format.';
export const showFormatted = 'Show formatted';
export const showAll = (characters: number) => `Show all ${amountText(characters, 'character')}`;
export const imageFrom = 'Image from';
export const load = '· Load';
export const opensInTab = 'Opens in a new tab: this page shows no images from other hosts.';
export const imageLeftOut = 'Image left out';
export const imageLeftOutNamed = (alt: string) => `Image left out: ${alt}`;
