import fc from 'fast-check';
import { expect, test } from 'vitest';
import { texWords } from './tex-words.ts';

test.each([
  ['\\frac{a+1}{b}', '(a+1)/b'],
  ['\\dfrac12', '1/2'],
  ['x^{2n} + y_1^2 = \\sqrt{z+1}', 'x²ⁿ + y₁² = √(z+1)'],
  ['\\sqrt[3]{8}', '³√8'],
  ['x_{\\text{max}} \\le 10\\,\\mathrm{km}', 'xₘₐₓ ≤ 10 km'],
  ['e^{i\\pi}', 'e^(iπ)'],
  ['\\lim_{x \\to 0} \\sin x', 'lim_(x → 0) sin x'],
  ['\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', '1 2; 3 4'],
  ['\\left( \\vec{F} \\right) = 90^\\circ', '( F⃗ ) = 90°'],
  ["f'(x) \\in \\mathbb{R}^n", 'f′(x) ∈ ℝⁿ'],
  ['\\binom{n}{k} \\quad \\unknown{x} \\%', 'C(n, k) unknown x %'],
  ['\\frac{a}{b + \\alph', 'a/(b + alph)'],
])('%j is read as %j', (tex, words) => {
  expect(texWords(tex)).toBe(words);
});

test('anything is read, whatever is not closed, and bounded', () => {
  const sign = fc.constantFrom('{', '}', '\\frac', '\\sqrt[', ']', '^', '_', '\\', 'a', ' ', '\\begin{', '&');
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 300 }), (signs) => {
      expect(texWords(signs.join('')).length).toBeLessThan(3_000);
    }),
  );
  expect(texWords('{'.repeat(100_000))).toBe('');
  expect(texWords('^'.repeat(100_000)).length).toBeLessThan(3_000);
});
