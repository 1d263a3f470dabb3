/** The page's colours, for the canvas: read from the style sheet, so that light and dark are told in one place. */
import { COLOURS } from '../../../../tree/index.ts';

const NAMES = [
  'paper',
  'surface',
  'sunken',
  'line',
  'line-strong',
  'ink',
  'muted',
  'leaf',
  'on-leaf',
  'leaf-soft',
  'warn',
  'warn-soft',
  'danger',
  'hit',
  'hit-soft',
] as const;

export type PaletteName = (typeof NAMES)[number];

export interface Palette extends Readonly<Record<PaletteName, string>> {
  /** Of branches, in the order of `COLOURS`. */
  readonly branches: readonly string[];
  /** Family of the page's words. */
  readonly font: string;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim() || '#808080';
  const named = Object.fromEntries(NAMES.map((name) => [name, value(name)])) as Record<PaletteName, string>;
  return {
    ...named,
    branches: COLOURS.map((colour) => value(`branch-${colour}`)),
    font: style.fontFamily || 'sans-serif',
  };
}

/** Calls `listener` when the page turns light or dark. Returns the way to stop. */
export function onPalette(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}
