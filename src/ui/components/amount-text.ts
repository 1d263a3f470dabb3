/** Numbers as people read them: those of every sentence (language.ts), and those of the page. Pure. */
import { amountText, numberText } from '../../protocol/language.ts';

export { amountText, numberText };

/** Of a text that is longer than a message can be, by `over` characters. */
export function tooLongText(over: number): string {
  return `${amountText(over, 'character')} too many. Nothing was cut off.`;
}
