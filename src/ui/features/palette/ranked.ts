/** How well a text answers what was typed, so that what people mean comes first. Pure. */
import { matchSorter } from 'match-sorter';
import { folded, searchable, termsOf } from '../../../protocol/find/find.ts';

/** From the best on: it says just that; the phrase in whole words; its last word begun; inside of words; all words, begun or anywhere. */
export type Likeness = 'same' | 'phrase' | 'prefix' | 'inside' | 'words' | 'parts';

const ORDER: readonly Likeness[] = ['same', 'phrase', 'prefix', 'inside', 'words', 'parts'];

/** Undefined: not all of the words are in it. */
export function likenessOf(text: string, typed: string): Likeness | undefined {
  const said = searchable(text).trim();
  const phrase = folded(typed)
    .replace(/["“”«»「」]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (said === phrase) return 'same';
  const found = phraseIn(said, phrase);
  if (found) return found;
  const terms = termsOf(typed);
  if (!terms.every((term) => said.includes(term))) return undefined;
  return terms.every((term) => ['phrase', 'prefix'].includes(phraseIn(said, term) ?? '')) ? 'words' : 'parts';
}

/** The best of all places where it stands. */
function phraseIn(said: string, phrase: string): 'phrase' | 'prefix' | 'inside' | undefined {
  let best: 'prefix' | 'inside' | undefined;
  for (let at = said.indexOf(phrase); at >= 0; at = said.indexOf(phrase, at + 1)) {
    const begins = !isLetter(said, at - 1) || !isLetter(said, at);
    if (begins && !isLetter(said, at + phrase.length)) return 'phrase';
    best = begins ? 'prefix' : (best ?? 'inside');
  }
  return best;
}

const LETTER = /[\p{L}\p{N}]/u;
const isLetter = (text: string, at: number): boolean => LETTER.test(text[at] ?? '');

/**
 * Those that answer, the best first; equals in the order they were given, but for those that begin with what was typed.
 * @param textOf what of one is looked at
 */
export function ranked<T>(all: readonly T[], typed: string, textOf: (one: T) => string): readonly T[] {
  const begun = folded(typed).trim();
  const found = all.flatMap((one) => {
    const text = textOf(one);
    const likeness = likenessOf(text, typed);
    if (!likeness) return [];
    return [{ one, rank: 2 * ORDER.indexOf(likeness) + (searchable(text).startsWith(begun) ? 0 : 1) }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}

interface Matches<T> {
  readonly answers: readonly T[];
  /** Whose letters stand in it in this order ("lntrns"): a guess, so after what was found. */
  readonly alike: readonly T[];
}

interface Choosable {
  readonly name: string;
  /** It is there once words ask for it. Default: at once. */
  readonly asked?: boolean;
}

/** What is shown of all that is found. */
const MOST = 60;

/** Without words as they are, but for those that wait for some. */
export function matching<T extends Choosable>(entries: readonly T[], words: string): Matches<T> {
  const typed = words.trim();
  if (typed === '') return { answers: entries.filter(({ asked }) => !asked), alike: [] };
  const answers = ranked(entries, typed, ({ name }) => name).slice(0, MOST);
  const known = new Set(answers);
  const rest = entries.filter((entry) => !known.has(entry));
  // Of several words letters in order say nothing.
  const alike = typed.includes(' ') ? [] : matchSorter(rest, typed, { keys: ['name'], baseSort: () => 0 });
  return { answers, alike: alike.slice(0, MOST - answers.length) };
}
