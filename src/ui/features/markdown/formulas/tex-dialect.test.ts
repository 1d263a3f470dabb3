import katex from 'katex';
import { beforeAll, expect, test } from 'vitest';
import { forKatex, holdsChemistry, macros } from './tex-dialect.ts';

beforeAll(async () => {
  await import('katex/contrib/mhchem');
});

/** What KaTeX makes of it as text; throws where it would be red. */
function read(tex: string, display: boolean): string {
  const html = katex.renderToString(forKatex(tex, display), {
    displayMode: display,
    strict: 'ignore',
    output: 'html',
    macros: { ...macros },
  });
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/[\u200b\s\u00a0]+/g, ' ')
    .trim();
}

test.each([
  ['\\label{eq:a_b} x', 'x'],
  ['\\eqref{eq:a_b}', '(eq:a_b)'],
  ['\\ref{fig:1}', 'fig:1'],
  ['\\begin{multline} a \\\\ + b \\end{multline}', 'a + b'],
  ['\\begin{multline*} a \\\\ + b \\end{multline*}', 'a + b'],
  ['\\require{mhchem} x', 'x'],
  ['\\require{cancel}\\cancel{x}', 'x'],
  ['\\usepackage[version=4]{mhchem} x', 'x'],
  ['\\begin{eqnarray} a & = & b \\end{eqnarray}', 'a = b'],
  ['\\begin{flalign} a & = b \\end{flalign}', 'a = b'],
  ['\\begin{subequations} a \\end{subequations}', 'a'],
  ['\\mbox{if } x', 'if x'],
  ['\\mathds{1}', '1'],
  ['\\mathbbm{1}', '1'],
  ['\\ensuremath{x}', 'x'],
  ['\\textsc{Sat}', 'Sat'],
  ['\\ce{2H2 + O2 -> 2H2O}', /^2HX2 \+OX2/],
  ['\\pu{1.2e3 mol/L}', /mol/],
])('%j is read, in a line and by itself', (tex, said) => {
  for (const display of [true, false]) {
    if (typeof said === 'string')
      expect(
        read(tex, display)
          .replace(/ \(\d\)$/, '')
          .replace(/ /g, ''),
      ).toBe(said.replace(/ /g, ''));
    else expect(read(tex, display)).toMatch(said);
  }
});

test('an environment of a name that objects inherit is left as it is', () => {
  const tex = '\\begin{constructor} a \\end{constructor}';
  expect(forKatex(tex, true)).toBe(tex);
});

test.each([
  ['\\begin{align} a &= b \\end{align}', 'a=b'],
  ['\\begin{equation} a = b \\end{equation}', 'a=b'],
  ['\\begin{gather*} a \\\\ b \\end{gather*}', 'ab'],
  ['\\begin{split} a &= b \\end{split}', 'a=b'],
  ['x \\tag{1_a}', 'x(1_a)'],
])('%j may stand in a line', (tex, said) => {
  expect(read(tex, false).replace(/ /g, '')).toBe(said);
});

test.each([
  'x',
  '\\begin{aligned} a &= b \\end{aligned}',
  '\\begin{align*} a &= b \\end{align*}',
  'x \\tag{1}',
])('%j by itself is left alone', (tex) => expect(forKatex(tex, true)).toBe(tex));

test('chemistry is told by its commands', () => {
  expect(holdsChemistry('\\ce{H2O}')).toBe(true);
  expect(holdsChemistry('\\pu{1 m}')).toBe(true);
  expect(holdsChemistry('\\celsius')).toBe(false);
});
