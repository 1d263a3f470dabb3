/** What is typed after a slash, what it finds, and the text once something was chosen. Pure. */
import type { SlashItem } from '../../../stores/slash.ts';

export interface SlashQuery {
  /** Where the slash stands. */
  readonly start: number;
  /** Where what is typed ends: the caret. */
  readonly end: number;
  readonly words: string;
}

/** A slash that begins a word, and up to 60 characters of its line: names have spaces, paths another slash. */
const SLASH = /(?:^|\s)\/([^\s/][^\n/]{0,59})?$/;

export function slashAt(text: string, caret: number): SlashQuery | undefined {
  const match = SLASH.exec(text.slice(Math.max(0, caret - 62), caret));
  if (!match) return undefined;
  const words = match[1] ?? '';
  return { start: caret - words.length - 1, end: caret, words };
}

/** Items that have all the words in their names; those whose name begins with them first. */
export function foundItems(items: readonly SlashItem[], query: string): readonly SlashItem[] {
  const asked = query.trim().toLowerCase();
  if (asked === '') return items;
  const words = asked.split(/\s+/);
  const rank = ({ name }: SlashItem) => {
    const said = name.toLowerCase();
    if (said.startsWith(asked)) return 0;
    if (said.split(/[\s_-]+/).some((word) => word.startsWith(words[0] as string))) return 1;
    return 2;
  };
  return items
    .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    .map((item) => ({ item, rank: rank(item) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

/** The text with `words` in the place of the slash and what was typed, and the caret behind them. */
export function inserted(text: string, { start, end }: SlashQuery, words: string) {
  return { text: text.slice(0, start) + words + text.slice(end), caret: start + words.length };
}
