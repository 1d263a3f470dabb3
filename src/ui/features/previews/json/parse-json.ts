/** JSON with its numbers as they are written, or what is wrong with it. Pure. */

/** A number that a JavaScript number would not say as it is written: `12345678901234567890`, `1.10`. */
export class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type ReadJson =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `line` in JSON Lines, from 1. */
  | { readonly kind: 'broken'; readonly why: string; readonly line?: number };

/** @param lines one value a line (JSON Lines), read as an array of them */
export function readJson(text: string, lines: boolean): ReadJson {
  if (!lines) return attempt(text);
  const values: unknown[] = [];
  for (const [n, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = attempt(line);
    if (read.kind === 'broken') return { ...read, line: n + 1 };
    values.push(read.value);
  }
  return { kind: 'value', value: values };
}

function attempt(text: string): ReadJson {
  try {
    return { kind: 'value', value: exactly(text) };
  } catch (error) {
    return { kind: 'broken', why: reasonOf(error) };
  }
}

function exactly(text: string): unknown {
  try {
    return JSON.parse(text, withSource as Parameters<typeof JSON.parse>[1]);
  } catch (error) {
    // Too deep for a function that is called for each value; its numbers are then what JavaScript makes of them.
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}

/** Browsers that do not tell the source give the number. */
const withSource = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined && context.source !== String(value)
    ? new WrittenNumber(context.source)
    : value;

/** The engine's reason without its own full stop and without the text it quotes, which may be long. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^JSON\.parse: /, '')
    .replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, '')
    .replace(/\.$/, '')
    .slice(0, 200);
