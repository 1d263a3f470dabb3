/** What is said around previews of blocks. */
import { amountText, numberText } from '../../components/amount-text.ts';

const count = numberText;

export const tooLong = (limit: number) =>
  `Too long to preview (over ${amountText(limit, 'character')}). Here is its source.`;

export const tableOf = (rows: number, columns: number) =>
  `${amountText(rows, 'row')}, ${amountText(columns, 'column')}`;
export const columnsCut = (shown: number, all: number) =>
  `The first ${count(shown)} of ${amountText(all, 'column')} are shown.`;
export const oneColumn = 'This has no second column or row, so it is shown as it is written.';
export const showMoreRows = (more: number, left: number) =>
  `Show ${count(more)} more rows (${count(left)} left)`;
export const sortBy = (column: string) => `Sort by ${column}`;
export const column = (n: number) => `Column ${n}`;

export const brokenJson = (why: string) => `This is not valid JSON: ${why}. Here is its source.`;
export const brokenJsonLine = (line: number, why: string) =>
  `Line ${count(line)} is not valid JSON: ${why}. Here is its source.`;
export const entries = (n: number) => amountText(n, 'entry', 'entries');
export const items = (n: number) => amountText(n, 'item');
export const showMoreItems = (more: number, left: number) => `Show ${count(more)} more (${count(left)} left)`;
export const showWhole = 'Show all of it';

export const changed = (added: number, removed: number) =>
  `${amountText(added, 'line')} added, ${count(removed)} removed`;
export const notADiff = 'No line of this is added or removed, so it is shown as it is written.';
export const added = 'added';
export const removed = 'removed';

export const drawing = 'Drawing';
export const brokenDrawing = (why: string) => `This drawing cannot be shown: ${why}. Here is its source.`;
export const noSvg = 'it has no <svg> element';
export const unreadableSvg = 'it is not well-formed SVG';
export const enlarge = 'Enlarge';
export const actualSize = 'Actual size';
export const saveDrawing = 'Save as SVG';
export const heavySvg = 'it repeats its parts too many times';

export const diagram = 'Diagram';
export const brokenDiagram = (why: string) => `This diagram cannot be drawn: ${why}. Here is its source.`;
export const noRenderer =
  'What draws diagrams could not be loaded. Here is the source; “Preview” tries again once you are connected.';
export const silentRenderer = 'This diagram takes too long to draw. Here is its source.';
export const unfinishedDiagram =
  'The page stopped while it drew this diagram, so it is not drawn again in this tab. Here is its source.';

export const page = 'Page';
export const savePage = 'Save as HTML';
export const shiftingPage =
  'This page reads differently each time it is looked through, so it is not shown. Here is its source.';
export const leftOut = (scripts: number, addresses: number) =>
  `A preview runs no scripts and loads nothing. Left out: ${[
    scripts > 0 && amountText(scripts, 'script'),
    addresses > 0 && amountText(addresses, 'address', 'addresses'),
  ]
    .filter(Boolean)
    .join(', ')}.`;
