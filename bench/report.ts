/** One line per figure: what, target, measured. Figures are read by people and copied to docs/performance.md. */

export function figure(name: string, target: string, measured: string): void {
  console.log(`| ${name} | ${target} | ${measured} |`);
}

/** The value below which `share` (0..1) of the samples lie; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
