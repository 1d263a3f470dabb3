/** The direction of what is written, block by block: Hebrew and Arabic from the right, code always from the left. */
import type { Element, ElementContent, Root } from 'hast';

/** Made of other blocks: where their markers, bars and columns stand. Browsers find no letters below blocks with a direction. */
const AROUND = new Set(['ul', 'ol', 'blockquote', 'table']);
const WORDS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'td', 'th']);
const CODE = new Set(['pre', 'code']);

/** Rehype plugin. List items go with their list, so that all markers are on one side; their lines are told apart by the styles. */
export function directions() {
  return (tree: Root): void => {
    const queue: (Root | ElementContent)[] = [tree];
    for (let node = queue.pop(); node; node = queue.pop()) {
      if (node.type === 'element') direct(node);
      if ('children' in node) queue.push(...(node.children as ElementContent[]));
    }
  };
}

/** What has no letters, as numbers in a table, goes with what is around it. */
function direct(node: Element): void {
  const { tagName, properties } = node;
  if (CODE.has(tagName)) properties.dir = 'ltr';
  if (!AROUND.has(tagName) && !WORDS.has(tagName)) return;
  const letter = firstLetter(node);
  if (letter) properties.dir = WORDS.has(tagName) ? 'auto' : FROM_THE_RIGHT.test(letter) ? 'rtl' : 'ltr';
}

function firstLetter(of: Element): string | undefined {
  const queue: ElementContent[] = [of];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node.type === 'text') {
      const letter = /\p{L}/u.exec(node.value)?.[0];
      if (letter) return letter;
    }
    if (node.type === 'element' && !CODE.has(node.tagName)) queue.push(...[...node.children].reverse());
  }
  return undefined;
}

const FROM_THE_RIGHT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}]/u;
