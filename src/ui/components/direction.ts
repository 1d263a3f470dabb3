/** From which side words are read, told by all their letters and not by the first one: "React چیست؟" is Persian. Pure. */

const WORD = /\p{L}[\p{L}\p{M}\p{N}\u200c'’.-]*/gu;
const FROM_THE_RIGHT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}]/u;
const ADDRESS = /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/g;

/** Names of programs and quotations stand in any text: a text is from the right if more than this share of its words is. */
const SHARE = 0.4;
/** As much of a text is looked at. */
const LOOK = 4_000;

/** `rtl` or `ltr` by the words, without addresses; undefined where there are none. */
export function directionOf(text: string): 'ltr' | 'rtl' | undefined {
  const look = text.length > LOOK ? text.slice(0, LOOK) : text;
  if (!FROM_THE_RIGHT.test(look)) return /\p{L}/u.test(look) ? 'ltr' : undefined;
  let [all, fromRight] = [0, 0];
  for (const [word] of look.replace(ADDRESS, ' ').matchAll(WORD)) {
    all += 1;
    if (FROM_THE_RIGHT.test(word.charAt(0)) || FROM_THE_RIGHT.test(word.slice(0, 2))) fromRight += 1;
  }
  if (all === 0) return undefined;
  return fromRight > all * SHARE ? 'rtl' : 'ltr';
}

/** The same for `dir`: where there are no letters, the browser decides. */
export const dirOf = (text: string): 'ltr' | 'rtl' | 'auto' => directionOf(text) ?? 'auto';

/** Lines in a row that are read from one side. An empty line, or one without letters, goes with those before it. */
export interface Stretch {
  readonly text: string;
  readonly direction: 'ltr' | 'rtl' | undefined;
}

/** A text as stretches of lines, each read from one side; their texts joined by line ends are the text. */
export function stretchesOf(text: string): readonly Stretch[] {
  if (!FROM_THE_RIGHT.test(text)) return [{ text, direction: directionOf(text) }];
  const stretches: { lines: string[]; direction: 'ltr' | 'rtl' | undefined }[] = [];
  for (const line of text.split('\n')) {
    const direction = directionOf(line);
    const last = stretches.at(-1);
    if (last && (!direction || !last.direction || last.direction === direction)) {
      last.lines.push(line);
      last.direction ??= direction;
    } else stretches.push({ lines: [line], direction });
  }
  return stretches.map(({ lines, direction }) => ({ text: lines.join('\n'), direction }));
}
