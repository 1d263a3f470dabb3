/** SVG as models and people write it, made ready to be shown as a picture. */
import { type Ground, groundOf } from './ground.ts';

export type ReadSvg =
  /** `svg`: well-formed, by itself, with a size. `title`: what it says of itself; empty where it says nothing. */
  | { readonly kind: 'svg'; readonly svg: string; readonly title: string; readonly ground: Ground }
  | { readonly kind: 'none' | 'broken' | 'heavy' };

const SVG = 'http://www.w3.org/2000/svg';
/** Elements a drawing may have once each `use` stands for what it repeats: nested ones can say billions in a few lines. */
const WEIGHT = 100_000;

/** Strict at first; what that refuses (no namespace, `&nbsp;`, an open tag) is read as browsers read a page. */
export function readSvg(text: string): ReadSvg {
  if (!/<svg[\s/>]/i.test(text)) return { kind: 'none' };
  const root = strictly(text) ?? leniently(text);
  if (!root) return { kind: 'broken' };
  if (weightOf(root) > WEIGHT) return { kind: 'heavy' };
  giveSize(root);
  const title = root.querySelector(':scope > title')?.textContent?.trim() ?? '';
  const svg = new XMLSerializer().serializeToString(root);
  return { kind: 'svg', svg, title, ground: groundOf(root) };
}

function strictly(text: string): SVGSVGElement | undefined {
  const { documentElement: root } = new DOMParser().parseFromString(text.trim(), 'image/svg+xml');
  return root.localName === 'svg' && root.namespaceURI === SVG && !root.querySelector('parsererror')
    ? (root as unknown as SVGSVGElement)
    : undefined;
}

function leniently(text: string): SVGSVGElement | undefined {
  const svg = new DOMParser().parseFromString(text, 'text/html').querySelector('svg');
  if (!svg || svg.childElementCount === 0) return undefined;
  // A page that was read so may hold names that XML has not.
  return strictly(new XMLSerializer().serializeToString(svg));
}

/** A picture without a size is as small as a stamp: its `viewBox` tells one. */
function giveSize(root: Element): void {
  const [, , width = Number.NaN, height = Number.NaN] = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const sized = (name: string) =>
    /^\s*[\d.]+(px|pt|mm|cm|in|em|rem)?\s*$/.test(root.getAttribute(name) ?? '');
  if (sized('width') && sized('height')) return;
  if (!(width > 0 && height > 0)) return;
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
}

/** How many elements there are when each `use` is what it refers to; Infinity where one refers to itself. */
export function weightOf(root: Element): number {
  const byId = new Map([...root.querySelectorAll('[id]')].map((element) => [element.id, element]));
  const known = new Map<Element, number>();
  const open = new Set<Element>();
  const stack: Element[] = [root];
  // Without recursion: drawings can be deep.
  for (let element = stack.at(-1); element; element = stack.at(-1)) {
    const parts = [...element.children, ...targetOf(element, byId)];
    if (!open.has(element)) {
      open.add(element);
      if (parts.some((part) => open.has(part) && !known.has(part))) return Number.POSITIVE_INFINITY;
      stack.push(...parts.filter((part) => !known.has(part)));
      continue;
    }
    stack.pop();
    known.set(
      element,
      parts.reduce((sum, part) => sum + (known.get(part) ?? 0), 1),
    );
  }
  return known.get(root) ?? 0;
}

function targetOf(element: Element, byId: ReadonlyMap<string, Element>): Element[] {
  if (element.localName !== 'use') return [];
  const href = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '';
  const target = byId.get(href.slice(1));
  return href.startsWith('#') && target ? [target] : [];
}
