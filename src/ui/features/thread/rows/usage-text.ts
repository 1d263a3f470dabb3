import type { Usage } from '../../../../tree/index.ts';
import { amountText, numberText } from '../../../components/amount-text.ts';

/** "1,204 tokens in, 56 out": what the provider counted; undefined where it did not say. */
export function usageText(usage: Usage | undefined): string | undefined {
  const { input, output } = usage ?? {};
  if (input === undefined) return output === undefined ? undefined : `${amountText(output, 'token')} out`;
  return output === undefined
    ? `${amountText(input, 'token')} in`
    : `${amountText(input, 'token')} in, ${numberText(output)} out`;
}
