/** Sizes and lengths of files as people read them. Pure. */
import { numberText } from './amount-text.ts';

/** "0:07", "10:24", "1:02:03": how long audio lasts. @param seconds */
export function lengthText(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** "340 bytes", "12 kB", "3.4 MB", "1.2 GB": as people read sizes. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} kB`;
  if (bytes < 999_950_000) return `${numberText(bytes / 1_000_000, 1)} MB`;
  return `${numberText(bytes / 1_000_000_000, 1)} GB`;
}
