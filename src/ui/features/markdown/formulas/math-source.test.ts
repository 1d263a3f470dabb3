import { describe, expect, test } from 'vitest';
import { markFormulas, mayHoldMath, splitMarks } from './math-source.ts';

const found = (text: string, growing = false) =>
  markFormulas(text, growing).formulas.map(({ tex, display }) => (display ? `[${tex}]` : tex));

describe('formulas', () => {
  test.each([
    ['An $x$ and $a_1 + b^2$.', ['x', 'a_1 + b^2']],
    ['Inline \\(x + y\\) and \\[z\\].', ['x + y', '[z]']],
    ['$$\na\n\n- b\n$$', ['[a\n\n- b]']],
    ['Dollars: $$x$$', ['[x]']],
    ['| a | b |\n|---|---|\n| $|x|$ | 2 |', ['|x|']],
    ['> $$\n> a\n> b\n> $$', ['[a\nb]']],
    ['$\\text{cost} = \\$5$', ['\\text{cost} = \\$5']],
    ['**$x$** and ($y$)', ['x', 'y']],
  ])('%j holds %j', (text, formulas) => {
    expect(found(text)).toEqual(formulas);
  });

  test.each([
    'It costs $5.',
    'Between $5 and $10, say $7.',
    '$5-$10, $5/$10 and **$5** or **$6**',
    'US$5 and A$7$',
    'Price: $5 (was $6)',
    'echo $HOME and $PATH:$HOME',
    '`$x$` and ``a ` $x$``',
    '```\n$x$\n```',
    '- ~~~sh\n  $x$\n  ~~~',
    '```\n$x$ unfinished',
    'an escaped \\$x\\$ stays',
    '\\\\(x\\\\)',
    '\\[ without an end',
    '$$ without an end',
    '$x\n\ny$',
  ])('%j holds none', (text) => {
    expect(markFormulas(text)).toEqual({ text, formulas: [] });
  });

  test('an end that has not come yet is waited for at the start of a line only', () => {
    expect(markFormulas('So:\n$$\nx + ', true).formulas).toMatchObject([{ tex: 'x +', open: true }]);
    expect(found('So \\[x', true)).toEqual([]);
    expect(found('So:\n$$\nx + ')).toEqual([]);
  });

  test('leave marks, and can be put back', () => {
    const { text, formulas } = markFormulas('a $x$ b $$y$$');
    expect(splitMarks(text)).toEqual(['a ', '0', ' b ', '1', '']);
    expect(formulas.map((formula) => formula.source)).toEqual(['$x$', '$$y$$']);
  });

  test('text that forges marks is left alone', () => {
    expect(found('\uE0000\uE001 $x$')).toEqual([]);
  });

  test('nothing is loaded for text without their signs', () => {
    expect(mayHoldMath('a [link](b) and (c)')).toBe(false);
  });

  test('long texts of nothing but signs are done at once', () => {
    for (const text of ['$', '\\[', '\\(', '`', '$a ', '``` ', '\n$$', '$$'].map((sign) =>
      sign.repeat(20_000),
    )) {
      markFormulas(text, true);
    }
  });
});
