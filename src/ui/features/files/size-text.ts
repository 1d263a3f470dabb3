/** "340 bytes", "12 kB", "3.4 MB": as people read sizes. */
import { numberText } from '../../components/amount-text.ts';

export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  return `${numberText(bytes / 1_000_000, 1)} MB`;
}
