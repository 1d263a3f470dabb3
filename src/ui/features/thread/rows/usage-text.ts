import type { Usage } from '../../../../tree/index.ts';

/** "1,204 tokens in, 56 out": what the provider counted; undefined where it did not say. */
export function usageText(usage: Usage | undefined): string | undefined {
  const { input, output } = usage ?? {};
  if (input === undefined) return output === undefined ? undefined : `${tokens(output)} out`;
  return output === undefined ? `${tokens(input)} in` : `${tokens(input)} in, ${count(output)} out`;
}

const tokens = (n: number): string => `${count(n)} ${n === 1 ? 'token' : 'tokens'}`;
const count = (n: number): string => n.toLocaleString('en');
