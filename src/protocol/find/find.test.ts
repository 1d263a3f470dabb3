import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestIn, countIn, excerptNear, excerptOf, hasAll, rangesIn, searchable, termsOf } from './find.ts';

const finds = (words: string, text: string) => hasAll(searchable(text), termsOf(words));
const marked = (words: string, text: string) =>
  rangesIn(text, termsOf(words)).map(([start, end]) => text.slice(start, end));

describe('words are found', () => {
  it.each([
    ['whatever their case', 'KYOTO', 'A week in Kyoto'],
    ['without their accents', 'cafe', 'Un café, composed'],
    ['without their accents, decomposed', 'cafe', 'Un cafe\u0301'],
    ['with accents where there are none', 'café', 'a cafe'],
    ['in any order, all of them', 'week kyoto', 'A week in Kyoto'],
    ['in parts of words', 'yot', 'Kyoto'],
    ['in Chinese, where no spaces part them', '京都', '我們去京都玩一週'],
    ['in Japanese', 'かばん', '新しいかばんを買う'],
    ['in Korean', '한국', '한국어를 배운다'],
    ['in wide letters', 'abc', 'ＡＢＣ'],
    ['without the points of Arabic', 'مرحبا', 'مَرْحَبًا'],
    ['as a phrase', '"week in"', 'A week in Kyoto'],
    ['as a phrase over a line end', '"week in"', 'A week\n\nin Kyoto'],
    ['as a phrase whose quote is still open', '"week in', 'A week in Kyoto'],
    ['with curly quotes', "don't", 'I don’t know'],
    ['with straight quotes where they are curly', 'don’t', "I don't know"],
    ['with a modifier letter for a quote', "Hawai'i", 'Hawaiʻi'],
    ['in a phrase with quotes of another kind', '“it’s late”', "it's late"],
    ['with hyphens that do not break', 'co-op', 'a co‑op'],
    ['with dashes', '1990-1995', '1990–1995'],
    ['with a minus', '-5', 'at −5 degrees'],
    ['with soft hyphens', 'cooperation', 'co\u00adop\u00ader\u00ada\u00adtion'],
    ['with soft hyphens in the question', 'co\u00adop', 'coop'],
    ['with joiners', 'میخواهم', 'می\u200cخواهم'],
    ['with a byte-order mark between', 'word', 'wo\ufeffrd'],
    ['in Arabic with hamza or without', 'احمد', 'أحمد'],
    ['in Arabic with a wasla', 'ابن', 'ٱبن'],
    ['in Arabic with tatweel', 'محمد', 'محـــمد'],
    ['in Persian letters', 'كيف', 'کیف'],
    ['in Arabic with either ya', 'على', 'علي'],
    ['in Arabic with either ta', 'مدرسة', 'مدرسه'],
    ['in Arabic presentation forms', 'سلام', '\ufeb3\ufefc\ufee1'],
    ['by Arabic digits', '2024', '٢٠٢٤ و ۲۰۲۴'],
    ['in Korean letters taken apart', '한국', '한국어'.normalize('NFD')],
    ['in Korean letters put together', '한국'.normalize('NFD'), '한국어'],
    ['in Greek, whatever its last letter', 'ΟΔΟΣ', 'οδος'],
    ['with what is special in patterns', 'f(x)[0]', 'call f(x)[0].'],
  ])('%s', (_, words, text) => expect(finds(words, text)).toBe(true));

  it.each([
    ['not when one is missing', 'week osaka', 'A week in Kyoto'],
    ['not as a phrase in another order', '"in week"', 'A week in Kyoto'],
    ['not in another script', 'がばん', 'かばん'],
  ])('%s', (_, words, text) => expect(finds(words, text)).toBe(false));
});

describe('places in a text', () => {
  it('are those of the words as they were written', () => {
    expect(marked('cafe', 'Café, cafe\u0301 and CAFE')).toEqual(['Café', 'cafe\u0301', 'CAFE']);
    expect(marked('fi', 'ﬁne')).toEqual(['ﬁ']);
    expect(marked('京都 玩', '我們去京都玩')).toEqual(['京都', '玩']);
    expect(marked('"week in"', 'A week\nin Kyoto')).toEqual(['week\nin']);
    expect(marked('😀', 'ha 😀 ha')).toEqual(['😀']);
  });

  it('are those of words written in another way', () => {
    expect(marked("don't", "I don’t, you don't")).toEqual(['don’t', "don't"]);
    expect(marked('co-op', 'a co‑op–')).toEqual(['co‑op']);
    expect(marked('cooperate', 'to co\u00adoperate.')).toEqual(['co\u00adoperate']);
    expect(marked('한국', `x ${'한국어'.normalize('NFD')}`)).toEqual(['한국'.normalize('NFD')]);
    expect(marked('احمد', 'قال أحـمد هنا')).toEqual(['أحـمد']);
    expect(marked('가', '가'.normalize('NFD'))).toEqual(['가'.normalize('NFD')]);
    expect(marked('ガ', 'ｶﾞ')).toEqual(['ｶﾞ']);
  });

  it('are in order, apart, and inside the text, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.string({ maxLength: 4 }),
        (text, words) => {
          let before = 0;
          for (const [start, end] of rangesIn(text, termsOf(words))) {
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThan(start);
            before = end;
          }
          expect(before).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});

it('places are counted as they are marked, up to so many', () => {
  const signs = fc.array(fc.constantFrom('a', 'b', 'É', ' ', '\n', '-'), { maxLength: 40 });
  const text = signs.map((some) => some.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom('a', 'ab', 'a b', '"b a" e', 'ba ab'), (said, words) => {
      const terms = termsOf(words);
      expect(countIn(said, terms, 100)).toBe(rangesIn(said, terms).length);
    }),
  );
  expect(countIn('a '.repeat(500), ['a'], 100)).toBe(100);
});

it('an excerpt shows the first place, on one line, with its marks', () => {
  const text = `${'Long before. '.repeat(20)}Then\nthe café opened.${' Long after.'.repeat(20)}`;
  const { excerpt, marks } = excerptOf(text, termsOf('cafe'));
  expect(excerpt).toMatch(/^…\S.*Then the café opened\..*…$/);
  expect(excerpt.length).toBeLessThan(170);
  expect(marks.map(([start, end]) => excerpt.slice(start, end))).toEqual(['café']);
  const far = `The oak. ${'Nothing of it. '.repeat(40)}How the pruning of an oak is done. ${'And so on. '.repeat(9)}`;
  for (const shown of [excerptOf(far, termsOf('oak pruning')), excerptNear(far, termsOf('oak pruning'))]) {
    expect(shown.excerpt).toContain('How the pruning of an oak');
    expect(shown.marks.map(([start, end]) => shown.excerpt.slice(start, end))).toEqual(['pruning', 'oak']);
  }
  expect(excerptOf('Short', [])).toEqual({ excerpt: 'Short', marks: [] });
});

it('an excerpt shows where the words stand closest together, not the longest of them first', () => {
  const apart = `customising ${'Nothing of it. '.repeat(200)}`;
  const text = `${apart}Later, customising the oscar is told.${' And so on.'.repeat(200)}`;
  for (const shown of [excerptOf, excerptNear]) {
    const { excerpt, marks } = shown(text, termsOf('oscar customising'));
    expect(excerpt).toContain('customising the oscar');
    expect(marks.map(([start, end]) => excerpt.slice(start, end))).toEqual(['customising', 'oscar']);
    // Nowhere near each other: the one that tells more.
    const far = `An oscar. ${apart}${'Nothing of it. '.repeat(200)}`;
    expect(shown(far, termsOf('oscar customising')).excerpt).toMatch(/customising/);
    expect(shown(`${'x '.repeat(900)}oscar oscar`, termsOf('oscar nowhere')).excerpt).toMatch(/^x x/);
  }
});

it('a question is its words and phrases, each once', () => {
  expect(termsOf('  Kyoto "two  Weeks" kyoto «un café» ')).toEqual(['kyoto', 'two weeks', 'un cafe']);
  expect(termsOf('" " “”')).toEqual([]);
});

it('one is led to where the words stand closest together', () => {
  const lines = Array.from({ length: 2_000 }, (_, n) => `let v${n} = 1; // comment ${n}`).join('\n');
  const led = (text: string, words: string) => text.slice(...(closestIn(text, termsOf(words)) ?? [0, 0]));
  expect(led(lines, 'comment 1500')).toBe('comment 1500');
  expect(led(lines, '"comment 7" 7')).toBe('comment 7');
  expect(led('An oak. Later an oak is pruned: the café, pruning', 'pruned oak')).toBe('oak is pruned');
  expect(led('nothing but an oak', 'pruned oak')).toBe('');
  expect(led('nothing but one that is pruned', 'pruned oak')).toBe('pruned');
});

it('nowhere do they stand closer', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'É', 'c', ' ', '-'), { maxLength: 25 });
  fc.assert(
    fc.property(text, fc.constantFrom('a', 'a b', 'a b e', 'ab c'), (signs, words) => {
      const [said, terms] = [signs.join(''), termsOf(words)];
      let least = Number.POSITIVE_INFINITY;
      for (let from = 0; from < said.length; from += 1)
        for (let to = from + 1; to <= said.length && to - from < least; to += 1)
          if (hasAll(searchable(said.slice(from, to)), terms)) least = to - from;
      if (least === Number.POSITIVE_INFINITY) return;
      const [start, end] = closestIn(said, terms) ?? [0, 0];
      expect(end - start).toBe(least);
      expect(hasAll(searchable(said.slice(start, end)), terms)).toBe(true);
    }),
  );
});
