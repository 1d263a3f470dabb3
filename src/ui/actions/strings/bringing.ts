/** What is said about quotes. */
import { amountText } from '../../components/amount-text.ts';

export { stillWritten } from './messages.ts';
export const quote = 'Quote';
export const quoteInto = 'Quote into…';
export const quoteSummary = 'Quote a summary…';
export const sumsUp = 'a summary up to here, to be quoted';
export const summaryNeedsReply = 'A summary goes up to a reply. Ask for one first.';
export const intoBox = 'into the message box';
export const intoOther = 'into another chat';
export const quoted = (count: number) =>
  count === 1 ? 'Quoted in the message box' : `${amountText(count, 'message')} quoted in the message box`;
export const nothingToQuote = 'It has no words to quote.';
export const tooMany = (most: number) => `A message can quote at most ${most} others.`;
