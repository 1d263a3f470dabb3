/** The direction of what is written, block by block: Hebrew and Arabic from the right, code always from the left. */
import type { Element, ElementContent, Root } from 'hast';
import { withoutOverrides } from '../../../protocol/reading/overrides.ts';
import { directionOf } from '../../components/direction.ts';

/** Made of other blocks: where their markers, bars and columns stand. */
const AROUND = new Set(['ul', 'ol', 'blockquote', 'table']);
const WORDS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'td', 'th']);
const CODE = new Set(['pre', 'code', 'md-formula']);

/** Rehype plugin. List items go with their list, so that all markers are on one side. */
export function directions() {
  return (tree: Root): void => {
    const queue: (Root | ElementContent)[] = [tree];
    for (let node = queue.pop(); node; node = queue.pop()) {
      if (node.type === 'text') node.value = withoutOverrides(node.value);
      if (node.type === 'element') direct(node);
      if ('children' in node) queue.push(...(node.children as ElementContent[]));
    }
  };
}

/** What has no letters, as numbers in a table, goes with what is around it. */
function direct(node: Element): void {
  const { tagName, properties } = node;
  for (const key of ['alt', 'title'] as const)
    if (typeof properties[key] === 'string') properties[key] = withoutOverrides(properties[key]);
  if (CODE.has(tagName)) properties.dir = 'ltr';
  const around = AROUND.has(tagName);
  if (!around && !WORDS.has(tagName)) return;
  const dir = directionOf(wordsIn(node));
  if (dir) properties.dir = dir;
  if (dir && (tagName === 'ul' || tagName === 'ol'))
    for (const item of node.children) if (item.type === 'element') directLine(item, dir);
}

const BLOCKS = new Set([...AROUND, ...WORDS, 'pre', 'section', 'hr', 'figure']);

/** The line of an item that is read from the other side than its list stands by itself beside its marker. */
function directLine(item: Element, list: 'ltr' | 'rtl'): void {
  const end = item.children.findIndex((child) => child.type === 'element' && BLOCKS.has(child.tagName));
  const line = end < 0 ? item.children : item.children.slice(0, end);
  const own = directionOf(wordsIn({ ...item, children: line }));
  if (!own || own === list) return;
  const alone: Element = { type: 'element', tagName: 'bdi', properties: { dir: own }, children: line };
  item.children = [alone, ...(end < 0 ? [] : item.children.slice(end))];
}

/** As much of the words in a node as tells its direction, without code. */
function wordsIn(of: Element): string {
  let text = '';
  const queue: ElementContent[] = [of];
  for (let node = queue.pop(); node && text.length < LOOK; node = queue.pop()) {
    if (node.type === 'text') text += `${node.value} `;
    if (node.type === 'element' && !CODE.has(node.tagName)) queue.push(...[...node.children].reverse());
  }
  return text;
}

const LOOK = 4_000;
