/**
 * A formula as words on one line, for where nothing is typeset: `\frac{a}{b}` is `a/b`, `x^{2}` is `x²`, `\alpha` is `α`. What is not
 * known keeps its name. Pure; reads each character once.
 */

import { ownOf } from '../own-property.ts';

/** Commands that are one sign. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  `alpha α, beta β, gamma γ, delta δ, epsilon ε, varepsilon ε, zeta ζ, eta η, theta θ, vartheta ϑ,
  iota ι, kappa κ, lambda λ, mu μ, nu ν, xi ξ, pi π, rho ρ, sigma σ, tau τ, upsilon υ, phi φ, varphi φ,
  chi χ, psi ψ, omega ω, Gamma Γ, Delta Δ, Theta Θ, Lambda Λ, Xi Ξ, Pi Π, Sigma Σ, Phi Φ, Psi Ψ,
  Omega Ω, times ×, cdot ·, div ÷, pm ±, mp ∓, ast ∗, circ ∘, bullet •, oplus ⊕, otimes ⊗, le ≤, leq ≤,
  leqslant ≤, ge ≥, geq ≥, geqslant ≥, ne ≠, neq ≠, ll ≪, gg ≫, approx ≈, sim ∼, simeq ≃, cong ≅,
  equiv ≡, propto ∝, to →, rightarrow →, longrightarrow ⟶, leftarrow ←, gets ←, leftrightarrow ↔,
  mapsto ↦, Rightarrow ⇒, implies ⟹, Leftarrow ⇐, Leftrightarrow ⇔, iff ⟺, uparrow ↑, downarrow ↓,
  infty ∞, partial ∂, nabla ∇, sum ∑, prod ∏, int ∫, iint ∬, oint ∮, forall ∀, exists ∃, neg ¬, lnot ¬,
  land ∧, wedge ∧, lor ∨, vee ∨, in ∈, notin ∉, ni ∋, subset ⊂, subseteq ⊆, supset ⊃, supseteq ⊇,
  cup ∪, cap ∩, setminus ∖, emptyset ∅, varnothing ∅, ldots …, cdots ⋯, dots …, vdots ⋮, ddots ⋱,
  prime ′, degree °, angle ∠, perp ⊥, parallel ∥, mid ∣, vert |, lvert |, rvert |, Vert ‖, lVert ‖,
  rVert ‖, langle ⟨, rangle ⟩, lfloor ⌊, rfloor ⌋, lceil ⌈, rceil ⌉, hbar ℏ, ell ℓ, Re ℜ, Im ℑ,
  aleph ℵ, therefore ∴, because ∵, star ⋆, dagger †`
    .split(/,\s+/)
    .map((pair) => pair.split(' ') as [string, string]),
);

/** What is only about how a formula looks. */
const LOOKS = new Set(
  'left right middle big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle scriptstyle limits nolimits label nonumber notag hline'.split(
    ' ',
  ),
);
const SPACES = new Set(['quad', 'qquad', ',', ';', ':', ' ', '>', 'enspace', 'thinspace']);
/** What stands over a letter. */
const ABOVE: Readonly<Record<string, string>> = {
  ...{
    hat: '\u0302',
    widehat: '\u0302',
    bar: '\u0304',
    overline: '\u0304',
    tilde: '\u0303',
    widetilde: '\u0303',
  },
  ...{ vec: '\u20d7', dot: '\u0307', ddot: '\u0308' },
};
const BOARD: Readonly<Record<string, string>> = { R: 'ℝ', N: 'ℕ', Q: 'ℚ', Z: 'ℤ', C: 'ℂ', P: 'ℙ', E: '𝔼' };

const pairs = (from: string, to: string) =>
  new Map([...from].map((sign, at) => [sign, [...to][at] as string]));
const RAISED = pairs(
  '0123456789+-=()niabcdefghjklmoprstuvwxyzT',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ',
);
const LOWERED = pairs('0123456789+-=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');

/** More of a formula than any line shows. */
const LOOK = 600;
const DEPTH = 30;

export function texWords(tex: string): string {
  return new TexReader(tex.slice(0, LOOK)).rest().replace(/\s+/g, ' ').replaceAll(' ;', ';').trim();
}

class TexReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the end, or the brace that closes what it is in. */
  rest(): string {
    let out = '';
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at] as string;
      if (sign === '}') {
        this.#at += 1;
        if (this.#depth > 0) break;
        continue;
      }
      // What is raised or lowered stands close to what it belongs to.
      if (sign === '^' || sign === '_') out = out.trimEnd();
      out += this.#one(out);
    }
    return out;
  }

  /** A sign, a group or a command, in words. */
  #one(before = ''): string {
    const sign = this.#text[this.#at] as string;
    if (sign === '\\') return this.#command();
    this.#at += 1;
    if (sign === '{') return this.#group();
    if (sign === '^') return script('^', this.#argument(), RAISED);
    if (sign === '_') return script('_', this.#argument(), LOWERED);
    if (sign === '&' || sign === '~') return ' ';
    return sign === "'" && before !== '' ? '′' : sign;
  }

  #group(): string {
    // Deeper than anybody writes: left as it is.
    if (this.#depth >= DEPTH) return '';
    this.#depth += 1;
    const inner = this.rest();
    this.#depth -= 1;
    return inner;
  }

  #argument(): string {
    while (this.#text[this.#at] === ' ') this.#at += 1;
    if (this.#at >= this.#text.length || this.#text[this.#at] === '}') return '';
    return this.#one().trim();
  }

  /** What stands in brackets next; undefined if nothing does. */
  #option(): string | undefined {
    if (this.#text[this.#at] !== '[') return undefined;
    const end = this.#text.indexOf(']', this.#at);
    if (end < 0) return undefined;
    const inner = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inner;
  }

  #command(): string {
    const name = /^\\([a-zA-Z]+\*?|[\s\S]?)/.exec(this.#text.slice(this.#at, this.#at + 40))?.[1] ?? '';
    this.#at += 1 + name.length;
    if (name === '\\') return '; ';
    if (SPACES.has(name)) return ' ';
    if (name === '!' || LOOKS.has(name)) return '';
    return SIGNS.get(name) ?? this.#made(name);
  }

  #made(name: string): string {
    if (name === 'begin' || name === 'end') {
      const kind = this.#argument();
      if (name === 'begin' && /^array/.test(kind)) this.#argument();
      return ' ';
    }
    if (/^[dtc]?frac$/.test(name)) return `${joined(this.#argument())}/${joined(this.#argument())}`;
    if (/^[dt]?binom$/.test(name)) return `C(${this.#argument()}, ${this.#argument()})`;
    if (name === 'sqrt') {
      const root = this.#option();
      return `${root === undefined ? '' : script('', root, RAISED)}√${joined(this.#argument())}`;
    }
    const above = ownOf(ABOVE, name);
    if (above !== undefined) return over(this.#argument(), above);
    if (name === 'mathbb') {
      const letter = this.#argument();
      return ownOf(BOARD, letter) ?? letter;
    }
    if (
      /^(?:text|math|operatorname|mbox|boxed|ce|pu|bm|boldsymbol|underline|overbrace|underbrace|cancel)/.test(
        name,
      )
    )
      return this.#argument();
    return /^[a-zA-Z]/.test(name) ? ` ${name.replace('*', '')} ` : name;
  }
}

/** In brackets, unless it holds together without. */
const joined = (words: string): string =>
  /^(?:[\p{L}\p{M}\p{N}.′√]*|.)$/u.test(words) ? words : `(${words})`;

const over = (words: string, mark: string): string =>
  [...words].length === 1 ? `${words}${mark}` : joined(words);

function script(sign: string, words: string, known: ReadonlyMap<string, string>): string {
  const signs = [...words.replace(/\s+/g, '').replaceAll('−', '-')];
  if (signs.length > 0 && signs.every((one) => known.has(one)))
    return signs.map((one) => known.get(one)).join('');
  if (words === '∘' && sign === '^') return '°';
  return words === '' ? '' : [...words].length === 1 ? sign + words : `${sign}(${words})`;
}
