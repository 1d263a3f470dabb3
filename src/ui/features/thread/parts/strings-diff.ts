/** What is said of changes to files. */
import { amountText } from '../../../components/amount-text.ts';

export const changesTo = (path: string) => `Changes to ${path}`;
export const linesOf = (path: string) => `Lines of ${path}`;
export const newFile = 'new ·';
export const sideBySide = 'Show the changes side by side';
export const showLess = 'Show less';
export const showAllLines = (count: number) => `Show all ${amountText(count, 'line')}`;
