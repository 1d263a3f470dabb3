import fc from 'fast-check';
import { expect, it } from 'vitest';
import { likenessOf, matching, ranked } from './ranked.ts';

it.each([
  ['Blue lantern', 'blue  LANTERN', 'same'],
  ['The blue lantern, lit', 'blue lantern', 'phrase'],
  ['Two blue lanterns', 'blue lantern', 'prefix'],
  ['True-blue lanterns', 'rue-blue', 'inside'],
  ['A lantern that is blue', 'blue lantern', 'words'],
  ['Lanterns, skyblue', 'blue lantern', 'parts'],
  ['Blue lanterns and a blue lantern', 'blue lantern', 'phrase'],
  ['Ein Café in Wien', '“cafe in”', 'phrase'],
  ['京都の灯籠', '灯籠', 'inside'],
  ['A lamp', 'blue lantern', undefined],
] as const)('%s by %s: %s', (text, typed, likeness) => {
  expect(likenessOf(text, typed)).toBe(likeness);
});

it('a phrase comes before its words, and equals stay as they were', () => {
  const names = [
    'A lantern, blue',
    'Old blue lantern',
    'Blue lanterns',
    'New blue lantern',
    'Blue lantern',
    'Sea',
  ];
  expect(ranked(names, 'blue lantern', (name) => name)).toEqual([
    'Blue lantern',
    'Old blue lantern',
    'New blue lantern',
    'Blue lanterns',
    'A lantern, blue',
  ]);
});

it('of equals, those that begin with it come first', () => {
  const names = ['My new car', 'Show the newest', 'New chat', 'Newest first'];
  expect(ranked(names, 'new', (name) => name)).toEqual([
    'New chat',
    'My new car',
    'Newest first',
    'Show the newest',
  ]);
});

it('what has all the words is there, once, whatever is typed', () => {
  const word = fc.constantFrom('sea', 'blue', 'lan', 'ö', '海');
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { maxLength: 5 })),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      (texts, typed) => {
        const all = texts.map((words, at) => ({ at, text: words.join(' ') }));
        const found = ranked(all, typed.join(' '), ({ text }) => text);
        const expected = all.filter(({ text }) => typed.every((one) => text.includes(one)));
        expect(new Set(found)).toEqual(new Set(expected));
        expect(found).toHaveLength(expected.length);
      },
    ),
  );
});

it('letters in their order come apart from what answers, and only for one word', () => {
  const entries = [{ name: 'Lanterns of Kyoto' }, { name: 'Lantern roads', asked: true }, { name: 'Sea' }];
  const names = (words: string) => {
    const { answers, alike } = matching(entries, words);
    return [answers.map(({ name }) => name), alike.map(({ name }) => name)];
  };
  expect(names('lntrns')).toEqual([[], ['Lanterns of Kyoto', 'Lantern roads']]);
  expect(names('lanterns')).toEqual([['Lanterns of Kyoto'], ['Lantern roads']]);
  expect(names('lntrns kyoto')).toEqual([[], []]);
  expect(names(' ')).toEqual([['Lanterns of Kyoto', 'Sea'], []]);
});
