import { useEffect, useReducer, useRef } from 'react';
import { lazy, useLazy } from '../../../components/index.ts';

const highlighter = lazy(() => import('./highlighter.ts'));

interface Highlighted {
  /** The coloured code, as HTML; undefined where there are no colours (yet). */
  readonly html?: string | undefined;
  /** What came after it and is not coloured yet. */
  readonly rest: string;
}

/**
 * The code in colours. While long code grows, what is coloured already is kept until a quarter has been added, so that
 * colouring a whole reply costs a few times its length and not its square.
 */
export function useHighlighted(code: string, language: string, growing: boolean): Highlighted {
  const colours = useColours(language);
  const before = useRef({ code: '', html: '' });
  if (!colours) return { rest: '' };
  const kept = before.current;
  if (growing && keeps(kept.code, code)) return { html: kept.html, rest: code.slice(kept.code.length) };
  const html = colours.highlight(code, language);
  before.current = { code: html === undefined ? '' : code, html: html ?? '' };
  return { html, rest: '' };
}

/** What colours a language, with that language where it can be had; undefined until it is there, and for what has no colours. */
function useColours(language: string): typeof import('./highlighter.ts') | undefined {
  const wanted = language !== '' && language !== 'text' && language !== 'plaintext';
  const colours = useLazy(highlighter, wanted);
  useRareLanguage(wanted ? colours : undefined, language);
  return wanted ? colours : undefined;
}

/** True once code in the language can be coloured: what waits for its turn asks for it then, or all of it would be coloured when this comes. */
export function useCanColour(language: string): boolean {
  const colours = useColours(language);
  return colours !== undefined && !colours.canLoad(language);
}

const SHORT = 3_000;

/** True if the coloured part `before` of growing `code` is still long enough to be kept. */
export function keeps(before: string, code: string): boolean {
  return code.length > SHORT && code.length - before.length < before.length / 4 && code.startsWith(before);
}

/** Fetches a language that does not come with the highlighter, and renders again when it is there. */
function useRareLanguage(colours: typeof import('./highlighter.ts') | undefined, language: string): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (!colours?.canLoad(language)) return;
    let mounted = true;
    void colours.loadLanguage(language).then((known) => known && mounted && again());
    return () => {
      mounted = false;
    };
  }, [colours, language]);
}
