/** Text files in other encodings than UTF-8: which one is told by their first bytes, or by a person who sees how they would begin. Pure. */
import type { TextReading } from '../../stores/writing/attachments.ts';
import * as strings from './strings-later.ts';

const ENCODINGS: readonly Omit<TextReading, 'sample'>[] = [
  { encoding: 'gb18030', label: strings.gbk },
  { encoding: 'big5', label: strings.big5 },
  { encoding: 'shift_jis', label: strings.shiftJis },
  { encoding: 'euc-jp', label: strings.eucJp },
  { encoding: 'euc-kr', label: strings.eucKr },
  { encoding: 'windows-1252', label: strings.western },
  { encoding: 'windows-1250', label: strings.centralEuropean },
  { encoding: 'windows-1251', label: strings.cyrillic },
  { encoding: 'utf-16le', label: 'UTF-16' },
  { encoding: 'utf-16be', label: 'UTF-16, big end first' },
];

/** The text, where its first bytes or the zeros in it say how it is to be read; null where they do not. */
export function selfTold(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return decoded(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return decoded(bytes, 'utf-16be');
  if (a === 0xef && b === 0xbb && c === 0xbf) return decoded(bytes, 'utf-8');
  const zeros = zerosIn(bytes);
  // Letters of the Latin alphabet have a zero beside each.
  if (zeros.odd > 0.4 && zeros.even < 0.05) return decoded(bytes, 'utf-16le');
  return zeros.even > 0.4 && zeros.odd < 0.05 ? decoded(bytes, 'utf-16be') : null;
}

/** Shares of the places of each kind, at the beginning. */
function zerosIn(bytes: Uint8Array): { readonly even: number; readonly odd: number } {
  const head = bytes.subarray(0, 4_096);
  const counts = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) counts[at % 2] = (counts[at % 2] ?? 0) + 1;
  const half = Math.max(1, head.length / 2);
  return { even: (counts[0] ?? 0) / half, odd: (counts[1] ?? 0) / half };
}

/** Ways in which all of it can be read as text. None for what is no text. */
export function readingsOf(bytes: Uint8Array): TextReading[] {
  return ENCODINGS.flatMap(({ encoding, label }) => {
    const text = decoded(bytes, encoding);
    return text === null ? [] : [{ encoding, label, sample: sampleOf(text) }];
  });
}

/** Null for what cannot be read so, or would have characters no text has. */
export function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return NO_TEXT.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** Control characters, those windows-1252 has in unused places too, and letters nobody has defined. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_TEXT = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]|\p{Cn}|\p{Co}/u;

const SAMPLE = 24;

function sampleOf(text: string): string {
  const at = Math.max(0, text.search(/[^\p{ASCII}]/u));
  const from = at > SAMPLE / 2 ? at - SAMPLE / 3 : 0;
  return text
    .slice(from, from + SAMPLE)
    .replace(/\s+/g, ' ')
    .trim();
}
