/** What is typed after a slash or an at, what it finds, and the text once something was chosen. Pure. */
import type { SlashItem, SlashQuery, SlashSign } from '../../../stores/writing/slash.ts';

/** Behind a sign that begins a word: after a slash up to 60 characters of its line, for names have spaces and paths another slash; after an at, a path. */
const BEHIND: readonly (readonly [SlashSign, RegExp])[] = [
  ['/', /(?:^|\s)\/([^\s/][^\n/]{0,59})?$/],
  ['@', /(?:^|[\s(])@([^\s@"]{1,200})?$/],
];

export function slashAt(text: string, caret: number): SlashQuery | undefined {
  const before = text.slice(Math.max(0, caret - 202), caret);
  for (const [sign, form] of BEHIND) {
    const match = form.exec(before);
    if (!match) continue;
    const words = match[1] ?? '';
    return { sign, start: caret - words.length - 1, end: caret, words };
  }
  return undefined;
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

/** The text with `words` in the place of the sign and what was typed, and the caret behind them. */
export function inserted(text: string, { start, end }: SlashQuery, words: string) {
  return { text: text.slice(0, start) + words + text.slice(end), caret: start + words.length };
}
