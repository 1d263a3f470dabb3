/** Which blocks of code can be shown as what they describe. Pure, and all that is loaded before one is. */

export type PreviewKind = 'table' | 'json' | 'diff' | 'drawing' | 'mermaid' | 'graphviz' | 'page';

export interface PreviewChoice {
  readonly kind: PreviewKind;
  /** Shown so from the beginning; otherwise the source is, until the preview is asked for. */
  readonly first: boolean;
}

const KINDS: ReadonlyMap<string, PreviewKind> = new Map([
  ['csv', 'table'],
  ['tsv', 'table'],
  ['json', 'json'],
  ['jsonl', 'json'],
  ['ndjson', 'json'],
  ['diff', 'diff'],
  ['patch', 'diff'],
  ['svg', 'drawing'],
  ['mermaid', 'mermaid'],
  ['mmd', 'mermaid'],
  ['dot', 'graphviz'],
  ['gv', 'graphviz'],
  ['graphviz', 'graphviz'],
  ['html', 'page'],
  ['htm', 'page'],
  ['xhtml', 'page'],
]);

/** Characters above which only the source is shown: more would hold the page up. */
export const PREVIEW_LIMITS: Readonly<Record<PreviewKind, number>> = {
  table: 1_000_000,
  json: 1_000_000,
  diff: 300_000,
  drawing: 500_000,
  mermaid: 20_000,
  graphviz: 20_000,
  page: 500_000,
};

/** Shorter JSON is read at a glance as it is written. */
const SHORT_JSON = 1_000;

/** How a block whose fence names `language` can be shown, if it can. */
export function previewOf(language: string, code: string): PreviewChoice | undefined {
  const kind = isSvg(language, code) ? 'drawing' : KINDS.get(language.toLowerCase());
  if (kind === undefined || code.trim() === '') return undefined;
  // A page is as often a lesson as a picture.
  return { kind, first: kind !== 'page' && (kind !== 'json' || code.length > SHORT_JSON) };
}

const isSvg = (language: string, code: string): boolean =>
  /^(xml|html?)$/i.test(language) &&
  /^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<svg[\s>]/.test(code.slice(0, 1_000));
