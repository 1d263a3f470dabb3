import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeInText } from './place-in-text.ts';

/** The text before a place that was chosen in what is shown of it. */
const cut = (source: string, before: string, after: string) => {
  const at = placeInText(source, before, after);
  return at === undefined ? undefined : source.slice(0, at);
};

describe('a place in a text', () => {
  it.each([
    ['plain words', 'The quick brown fox jumps.', 'The quick ', 'brown fox', 'The quick '],
    ['inside a word', 'The quick brown fox jumps.', 'The qu', 'ick brown fox', 'The qu'],
    ['behind bold words', 'It is **very** important to know.', 'It is very ', 'important', 'It is **very** '],
    [
      'behind a link',
      'See [the page](https://example.org/a-long-way) for more of it.',
      'See the page ',
      'for more of it',
      'See [the page](https://example.org/a-long-way) ',
    ],
    [
      'in a list',
      '- one apple\n- two pears\n- three plums',
      'one appletwo pears',
      'three plums',
      '- one apple\n- two pears\n- ',
    ],
    [
      'in code',
      'Run:\n\n```js\nfirst();\nsecond();\n```',
      'Run:first();',
      'second();',
      'Run:\n\n```js\nfirst();\n',
    ],
    ['of the same words twice', 'no no no no, yes', 'no no ', 'no no, yes', 'no no '],
    ['at the end', 'The fox. The dog.', 'The fox. The dog', '.', 'The fox. The dog.'],
    [
      'in another script',
      '狐狸跳过**懒狗**然后睡觉了一整天',
      '狐狸跳过懒狗',
      '然后睡觉了一整天',
      '狐狸跳过**懒狗**',
    ],
  ])('%s', (_, source, before, after, expected) => {
    expect(cut(source, before, after)).toBe(expected);
  });

  it('is not found where the words are not', () => {
    expect(placeInText('The quick brown fox.', 'Something else', 'entirely different')).toBeUndefined();
    expect(placeInText('', '', 'entirely different')).toBeUndefined();
  });

  it('has the letters before it that are shown before it, whatever stands between them', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    const sign = fc.constantFrom(' ', ' **', '** ', '\n\n- ', ' `', '` ', ', ', ' _', '_ ');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, sign), { minLength: 3, maxLength: 60 }), fc.nat(), (said, n) => {
        const source = said.map(([one, mark]) => one + mark).join('');
        const words = said.map(([one]) => one);
        const at = 1 + (n % (words.length - 1));
        const before = words.slice(0, at).join(' ');
        const found = cut(source, `${before} `, words.slice(at).join(' '));
        expect(found?.replace(/[^a-z]/g, '')).toBe(before.replace(/[^a-z]/g, ''));
      }),
    );
  });
});
