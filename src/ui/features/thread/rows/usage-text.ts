import type { Usage } from '../../../../tree/index.ts';
import * as strings from '../strings.ts';

/** "1,204 tokens in, 56 out": what the provider counted; undefined where it did not say. */
export function usageText(usage: Usage | undefined): string | undefined {
  const { input, output } = usage ?? {};
  if (input === undefined) return output === undefined ? undefined : strings.tokensOut(output);
  return output === undefined ? strings.tokensIn(input) : strings.tokensBoth(input, output);
}
