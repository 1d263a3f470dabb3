/** One block of markdown as React elements. Pure but for a cache, so that scrolling back and the end of a reply parse nothing again. */
import type { Element as HtmlElement, Root as HtmlRoot } from 'hast';
import type { FootnoteReference } from 'mdast';
import type { Handler } from 'mdast-util-to-hast';
import type { ReactElement } from 'react';
import Markdown, { type Components, type Options } from 'react-markdown';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import { markFormulas } from '../../../protocol/reading/formulas.ts';
import { keepCodeInCells } from './blocks/code-in-tables.ts';
import { mendEnd } from './blocks/mend-end.ts';
import { labelOf } from './blocks/references.ts';
import { BoundedCache } from './bounded-cache.ts';
import { directions } from './directions.ts';
import { elements } from './elements.tsx';
import { remarkBareLinks } from './links/bare-links.ts';
import { safeLink } from './links/safe-url.ts';
import { placeFormulas, plainHtml } from './safe-tree.ts';

export interface BlockOptions {
  /** Prefix of the ids a block makes (footnotes): unique on the page. */
  readonly scope: string;
  /** The block still grows: nothing of it is kept, and a formula may be without its end. */
  readonly growing: boolean;
  /** Notes it refers to and their numbers in the text (`references.ts`). Default: none. */
  readonly numbers?: string;
}

const cache = new BoundedCache<ReactElement>(1_000_000);

export function renderBlock(text: string, { scope, growing, numbers = '' }: BlockOptions): ReactElement {
  const handlers = numbers === '' ? {} : { footnoteReference: noteReference(scope, numbers) };
  if (growing) return render(mendEnd(text), scope, true, handlers);
  return cache.get(`${scope}\n${numbers}\n${text}`, () => render(text, scope, false, handlers));
}

/** Has all that the first text would wait for made ready. */
export function warmUp(): void {
  render('A **word**, `code`.\n\n- and a list', '', false, {});
}

/** The notes of a text: markdown with a reference to each in its first paragraph, which is left out. */
export function renderNotes(text: string, scope: string): ReactElement {
  return cache.get(`${scope}\nnotes\n${text}`, () => render(text, scope, false, {}, [() => withoutFirst]));
}

function withoutFirst(tree: HtmlRoot): void {
  const first = tree.children.findIndex((node) => node.type === 'element');
  tree.children.splice(first, 1);
}

/** A reference by the number it has in the whole text, with the ids GFM gives: the block is only a part of it. */
function noteReference(scope: string, numbers: string): Handler {
  const known = new Map(
    numbers.split(' ').map((one) => {
      const at = one.lastIndexOf('=');
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
  return (_state, node: FootnoteReference) => {
    const id = labelOf(node.identifier);
    const name = `${scope}-fn-${encodeURIComponent(id)}`;
    const link: HtmlElement = {
      type: 'element',
      tagName: 'a',
      properties: {
        href: `#${name}`,
        id: name.replace('-fn-', '-fnref-'),
        dataFootnoteRef: true,
        ariaDescribedBy: ['footnote-label'],
      },
      children: [{ type: 'text', value: known.get(id) ?? node.identifier }],
    };
    return { type: 'element', tagName: 'sup', properties: {}, children: [link] };
  };
}

/** GFM; where Chinese, Japanese and Korean words stand beside its signs without a space, too. */
const syntax: NonNullable<Options['remarkPlugins']> = [
  [remarkGfm, { singleTilde: false }],
  remarkCjkFriendly,
  [remarkCjkStrikethrough, { singleTilde: false }],
  remarkBareLinks,
];

function render(
  text: string,
  scope: string,
  growing: boolean,
  handlers: Record<string, Handler>,
  rehype: NonNullable<Options['rehypePlugins']> = [],
): ReactElement {
  const marked = markFormulas(text, growing);
  const remarkPlugins: Options['remarkPlugins'] = [...syntax, plainHtml];
  if (marked.formulas.length > 0) remarkPlugins.push(placeFormulas(marked.formulas));
  return Markdown({
    children: keepCodeInCells(marked.text),
    remarkPlugins,
    rehypePlugins: [...rehype, () => (tree: HtmlRoot) => scopeFootnotes(tree, scope), directions],
    remarkRehypeOptions: {
      clobberPrefix: `${scope}-`,
      footnoteLabelProperties: { className: ['sr-only'] },
      handlers,
    },
    components: elements as Components,
    urlTransform: (url, key) => transform(url, key, scope),
  });
}

/** Only safe addresses stay; what leads to a footnote of this message does. */
function transform(url: string, key: string, scope: string): string | undefined {
  if (key === 'href' && url.startsWith(`#${scope}-`)) return url;
  return safeLink(url)?.href;
}

/** The label of the footnotes has a fixed id, which two messages must not share. */
function scopeFootnotes(tree: HtmlRoot, scope: string): void {
  const queue = [...tree.children];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node.type !== 'element') continue;
    const { properties } = node;
    if (properties.id === 'footnote-label') properties.id = `${scope}-footnotes`;
    if (properties.ariaDescribedBy) properties.ariaDescribedBy = [`${scope}-footnotes`];
    queue.push(...node.children);
  }
}
