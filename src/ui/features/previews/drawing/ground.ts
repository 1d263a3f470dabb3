/** On which ground a drawing is shown in the dark. Most are made for white and say nothing of it. */

export type Ground =
  /** It brings its own, or has colours for both themes. */
  | 'own'
  /** Made for white, of lines and greys alone: turned around it says the same. */
  | 'turned'
  /** Made for white, with colours that mean something: it stays on paper. */
  | 'paper';

/** Where nothing is drawn. */
const UNSEEN = 'defs, symbol, clipPath, mask, marker, pattern, style, title, desc, metadata';
const SHAPES = 'rect, polygon, path, circle, ellipse, line, polyline, text, use, image';
/** Of the width and of the height. */
const NEARLY_ALL = 0.95;

export function groundOf(root: Element): Ground {
  const css = [...root.querySelectorAll('style')].map(({ textContent }) => textContent ?? '').join('\n');
  if (/prefers-color-scheme/.test(css)) return 'own';
  const first = [...root.querySelectorAll(SHAPES)].find((shape) => !shape.closest(UNSEEN));
  const fill = first && coversAll(first, root) ? fillOf(first) : backgroundOf(root);
  if (fill !== undefined && !isWhite(fill)) return 'own';
  if (root.querySelector('image, foreignObject')) return 'paper';
  return coloursIn(root, css).every(isGrey) ? 'turned' : 'paper';
}

function coversAll(shape: Element, root: Element): boolean {
  const [width, height] = sizeOf(shape);
  const [, , fullWidth = Number.NaN, fullHeight = Number.NaN] = (root.getAttribute('viewBox') ?? '')
    .split(/[\s,]+/)
    .map(Number);
  const whole = (size: number, name: string, full: number) =>
    size >= NEARLY_ALL * (full > 0 ? full : Number.parseFloat(root.getAttribute(name) ?? ''));
  return whole(width, 'width', fullWidth) && whole(height, 'height', fullHeight);
}

/** In its own units; Infinity: all of it. */
function sizeOf(shape: Element): readonly [width: number, height: number] {
  if (shape.localName === 'rect') {
    const sizes = ['width', 'height'].map((name) => {
      const text = shape.getAttribute(name) ?? '';
      return text.trim() === '100%' ? Number.POSITIVE_INFINITY : Number.parseFloat(text);
    });
    return [sizes[0] ?? 0, sizes[1] ?? 0];
  }
  if (shape.localName !== 'polygon') return [0, 0];
  const numbers = (shape.getAttribute('points') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  const extent = (odd: number) => {
    const along = numbers.filter((_, at) => at % 2 === odd);
    return along.length === 0
      ? 0
      : along.reduce((a, b) => Math.max(a, b)) - along.reduce((a, b) => Math.min(a, b));
  };
  return [extent(0), extent(1)];
}

function fillOf(shape: Element): string | undefined {
  const style = /(?:^|;)\s*fill\s*:\s*([^;]+)/i.exec(shape.getAttribute('style') ?? '')?.[1];
  const fill = (style ?? shape.getAttribute('fill') ?? 'black').trim();
  return isNothing(fill) ? undefined : fill;
}

function backgroundOf(root: Element): string | undefined {
  const found = /(?:^|;)\s*background(?:-color)?\s*:\s*([^;]+)/i.exec(root.getAttribute('style') ?? '')?.[1];
  return found === undefined || isNothing(found.trim()) ? undefined : found.trim();
}

const PAINTS = ['fill', 'stroke', 'stop-color', 'color', 'flood-color', 'lighting-color'];
const PAINTED = /(?:^|[;{\s])(?:fill|stroke|stop-color|color|flood-color|lighting-color)\s*:\s*([^;}]+)/gi;

function coloursIn(root: Element, css: string): readonly string[] {
  const found = new Set<string>();
  const take = (text: string) => {
    for (const [, colour = ''] of text.matchAll(PAINTED)) found.add(colour.replace(/!important/, '').trim());
  };
  take(css);
  for (const element of [root, ...root.querySelectorAll('*')]) {
    for (const name of PAINTS) {
      const colour = element.getAttribute(name);
      if (colour !== null) found.add(colour.trim());
    }
    take(element.getAttribute('style') ?? '');
  }
  return [...found];
}

const isNothing = (colour: string): boolean => /^(none|transparent)$/i.test(colour);
const isWhite = (colour: string): boolean => partsOf(colour)?.every((part) => part >= 245) ?? false;

/** Parts that differ no more than that have no hue. */
const HUELESS = 16;

function isGrey(colour: string): boolean {
  if (/^(none|transparent|currentcolor|inherit|initial|unset|context-(fill|stroke)|url\(.*)$/i.test(colour))
    return true;
  const parts = partsOf(colour);
  return parts !== undefined && Math.max(...parts) - Math.min(...parts) <= HUELESS;
}

/** The browser reads what a drawing says of colours; lent by a canvas on which nothing is drawn. */
let brush: CanvasRenderingContext2D | undefined;

/** Red, green and blue, 0 to 255; undefined: no colour, or one of another space than sRGB. */
function partsOf(colour: string): readonly number[] | undefined {
  // What is no colour leaves the one that was there.
  const after = (before: string): string => {
    brush ??= document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    brush.fillStyle = before;
    brush.fillStyle = colour;
    return brush.fillStyle;
  };
  const [said, again] = [after('#000000'), after('#ffffff')];
  // As browsers write it: `#rrggbb`, and `rgba(r, g, b, a)` of what can be seen through.
  if (said !== again) return undefined;
  if (said.startsWith('#')) return [1, 3, 5].map((at) => Number.parseInt(said.slice(at, at + 2), 16));
  if (!said.startsWith('rgba(')) return undefined;
  return said.slice(5).split(',').slice(0, 3).map(Number);
}
