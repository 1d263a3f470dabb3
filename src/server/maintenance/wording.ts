/** What the commands say that look after a data folder. */

import { amountText } from '../../protocol/language.ts';
import type { Contents } from './backup/lines.ts';

/** A paragraph of `bough --help`. */
export const MAINTENANCE_COMMANDS = `  doctor           looks the data folder through, changes nothing; Bough has to be stopped
  doctor --fix     mends what can be mended, and keeps aside what it replaces
  backup FILE      writes every conversation and attached file to FILE, also while Bough runs;
                   FILE may be a folder: then the backup is named by the date
  restore FILE     puts a backup into an empty data folder
  move [FROM] TO   takes everything from a data folder or a Durable Streams server to another;
                   FROM is where Bough keeps it now, unless it is said; the same again goes on`;

export function contentsOf({ conversations, messages, files }: Contents): string {
  const words = [amountText(conversations, 'conversation'), amountText(messages, 'message')];
  return files > 0 ? `${words.join(', ')}, ${amountText(files, 'attached file')}` : words.join(', ');
}

export function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** For names of files: 2026-11-25-2146, by the clock on the wall. */
export function stampOf(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}-${two(time.getHours())}${two(time.getMinutes())}`;
}
