/** Typesets formulas with KaTeX. Loaded with the first formula, its style sheet and fonts included. */
import katex from 'katex';
import 'katex/dist/katex.min.css';
import { BoundedCache } from '../bounded-cache.ts';
import { forKatex, macros } from './tex-dialect.ts';

const cache = new BoundedCache<string>(200_000);

/**
 * A formula as HTML and MathML, made of its TeX by KaTeX alone: without trust no addresses, classes or styles of the
 * author's, sizes and expansions bounded. What cannot be read is shown as it was written, in the colour of an error.
 */
export function typeset(tex: string, display: boolean): string {
  return cache.get(`${display ? 'd' : 'i'}${tex}`, () => {
    const html = katex.renderToString(forKatex(tex, display), {
      displayMode: display,
      throwOnError: false,
      errorColor: 'var(--md-error)',
      maxSize: 20,
      maxExpand: 500,
      // A copy: what a formula defines is for itself alone.
      macros: { ...macros },
      strict: 'ignore',
      trust: false,
    });
    return html.startsWith('<span class="katex-error"') ? html.replace('>\\displaystyle ', '>') : html;
  });
}
