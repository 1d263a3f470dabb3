/** Numbers as people read them. Pure. */

/** "1,204". */
export function numberText(n: number): string {
  return n.toLocaleString('en');
}

/** "1 token", "1,204 tokens". @param many default: `one` with an s */
export function amountText(n: number, one: string, many = `${one}s`): string {
  return `${numberText(n)} ${n === 1 ? one : many}`;
}

/** Of a text that is longer than a message can be, by `over` characters. */
export function tooLongText(over: number): string {
  return `${amountText(over, 'character')} too many. Nothing was cut off.`;
}
