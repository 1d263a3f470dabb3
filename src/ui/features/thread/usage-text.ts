import type { Usage } from '../../../tree/index.ts';

/** "1,204 tokens in, 56 out": what the provider counted; undefined where it did not say. */
export function usageText(usage: Usage | undefined): string | undefined {
  const { input, output } = usage ?? {};
  if (input === undefined) return output === undefined ? undefined : `${count(output)} tokens out`;
  return output === undefined
    ? `${count(input)} tokens in`
    : `${count(input)} tokens in, ${count(output)} out`;
}

const count = (n: number): string => n.toLocaleString('en');
