/**
 * TeX as people and models write it, in the words KaTeX knows. What numbers and names equations is for a document: here a name is
 * shown, a label is not, packages are there already. Pure.
 */

/** True for formulas of chemistry and of physical units, which KaTeX reads with an extension. */
export const holdsChemistry = (tex: string): boolean => /\\(?:ce|pu)\s*\{/.test(tex);

const ENVIRONMENTS = /\\(begin|end)\s*\{([a-z]+)(\*?)\}/g;
/** Environments that are unknown to KaTeX, as those that are like them. */
const ALIKE: ReadonlyMap<string, string> = new Map([
  ['multline', 'gathered'],
  ['eqnarray', 'array'],
  ['flalign', 'align'],
]);
/** Those of whole lines, as those that may stand in one. */
const INLINE: ReadonlyMap<string, string> = new Map([
  ['align', 'aligned'],
  ['equation', 'gathered'],
  ['flalign', 'aligned'],
  ['gather', 'gathered'],
  ['split', 'aligned'],
]);
const NOTHING =
  /\\(?:require|label|usepackage)\s*(?:\[[^\][]*\])?\{[^{}]*\}|\\noindent(?![a-zA-Z])|\\(?:begin|end)\s*\{subequations\}/g;
const REFERENCE = /\\(eq|page|auto)?ref\s*\{([^{}]*)\}/g;
const TAG = /\\tag\*?\s*\{([^{}]*)\}/g;

/** `tex` for KaTeX, typeset as a formula of its own (`display`) or in a line. */
export function forKatex(tex: string, display: boolean): string {
  if (!tex.includes('\\')) return tex;
  const known = tex
    .replace(NOTHING, '')
    .replace(REFERENCE, (_, kind, name) => (kind === 'eq' ? `(${words(name)})` : words(name)))
    .replace(ENVIRONMENTS, (all, end, name, star) => environment(all, end, name, star, display));
  return display ? known : known.replace(TAG, (_, tag) => `\\quad(${words(tag)})`);
}

function environment(all: string, end: string, name: string, star: string, display: boolean): string {
  const like = (display ? undefined : INLINE.get(name)) ?? ALIKE.get(name);
  if (!like) return all;
  const columns = name === 'eqnarray' && end === 'begin' ? '{rcl}' : '';
  return `\\${end}{${like}${like === 'align' ? star : ''}}${columns}`;
}

const words = (text: string): string =>
  `\\text{${text.replace(/[\\{}]/g, '').replace(/[#$%&_^~]/g, '\\$&')}}`.replace(/\\[\^~]/g, '-');

/** Commands KaTeX does not have, in those it has. */
export const macros: Readonly<Record<string, string>> = {
  '\\ensuremath': '#1',
  '\\hfill': '\\quad',
  '\\mathbbm': '\\mathbb{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mbox': '\\text{#1}',
  '\\textsc': '\\text{#1}',
};

const IN_LINE = '\\displaystyle ';

/** A formula that is displayed within a line. */
export const inDisplayStyle = (tex: string): string => `${IN_LINE}${tex}`;

/** The TeX as somebody wrote it. */
export const asAuthored = (tex: string): string =>
  tex.startsWith(IN_LINE) ? tex.slice(IN_LINE.length) : tex;
