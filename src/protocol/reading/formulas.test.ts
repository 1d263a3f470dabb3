// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells and templates are what is tested
import { describe, expect, test } from 'vitest';
import { markFormulas, mayHoldMath, splitMarks } from './formulas.ts';

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
    ['\\[x = 1\\] and \\[\\frac{a}{b}\\]', ['[x = 1]', '[\\frac{a}{b}]']],
    ['\\[\nx\n\\]', ['[x]']],
    ['所以\\(x\\)是', ['x']],
    ['\\(ab\\), \\(n\\) and \\(\\sin x\\)', ['ab', 'n', '\\sin x']],
    ['- \\[ y = x \\]', ['[y = x]']],
    ['${x}^2$ and $(a+b)$', ['{x}^2', '(a+b)']],
    ['\\[ speed = distance / time \\]', ['[speed = distance / time]']],
    ['f\\(\\alpha\\)', ['\\alpha']],
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
    'As shown \\[1\\] and \\[Smith 2020\\].',
    'See \\[1, 2\\] and \\[3–5\\]',
    'array\\[0\\] and array\\[i+1\\]',
    '\\[text\\](url) and \\[a\\]\\(b\\)',
    '\\[1\\]: https://a.example',
    '- \\[x\\] done\n- \\[ \\] to do',
    '\\[optional words\\] of a command',
    'call f\\(x\\) \\(see below\\)',
    '\\[foo_bar\\] and \\[a-z\\]',
    '\\[Note\\]\nand more',
    'Use ${HOME}/${USER}',
    '${name}-${id}',
    '"$HOME/$USER" and $(pwd)/$(date)',
    'export PATH=${PATH}:$HOME',
    '`${a}` and ${a} or ${b}',
    'It is $5/month, not $6/month.',
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

  test('a long formula on lines of its own is one, unless there is an empty line in it or it has no end', () => {
    const sum = Array.from({ length: 900 }, (_, i) => `\\frac{a_{${i}}}{b} + `).join('');
    expect(sum.length).toBeGreaterThan(15_000);
    const sources = (text: string) => markFormulas(text).formulas.map(({ source }) => source);
    const whole = `$$\n${sum}c\n$$`;
    expect(sources(`Words\n\n${whole}\n\nand $x$`)).toEqual([whole, '$x$']);
    expect(sources(`$$\n${sum}\n\nc\n$$ and $x$`)).toEqual(['$x$']);
    expect(sources(`Words $$${sum}c$$ and $x$`)).not.toContain(`$$${sum}c$$`);
    expect(sources(`$$\n${sum}${sum}c\n$$ and $x$`)).toEqual(['$x$']);
    expect(markFormulas(`$$\n${sum}`, true).formulas).toMatchObject([{ open: true }]);
    expect(markFormulas(`$$\n${sum}\n\nwords`, true).formulas).toEqual([]);
  });

  test('long texts of nothing but signs are done at once', () => {
    for (const text of ['$', '\\[', '\\(', '`', '$a ', '``` ', '\n$$', '$$'].map((sign) =>
      sign.repeat(20_000),
    )) {
      markFormulas(text, true);
    }
  });
});
