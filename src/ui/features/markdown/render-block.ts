/** One block of markdown as React elements. Pure but for a cache, so that scrolling back and the end of a reply parse nothing again. */
import type { Root as HtmlRoot } from 'hast';
import type { ReactElement } from 'react';
import Markdown, { type Components, type Options } from 'react-markdown';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import { mendEnd } from './blocks/mend-end.ts';
import { BoundedCache } from './bounded-cache.ts';
import { directions } from './directions.ts';
import { elements } from './elements.tsx';
import { markFormulas } from './formulas/math-source.ts';
import { remarkBareLinks } from './links/bare-links.ts';
import { safeLink } from './links/safe-url.ts';
import { placeFormulas, plainHtml } from './safe-tree.ts';

export interface BlockOptions {
  /** Prefix of the ids a block makes (footnotes): unique on the page. */
  readonly scope: string;
  /** The block still grows: nothing of it is kept, and a formula may be without its end. */
  readonly growing: boolean;
}

const cache = new BoundedCache<ReactElement>(1_000_000);

export function renderBlock(text: string, { scope, growing }: BlockOptions): ReactElement {
  if (growing) return render(mendEnd(text), scope, true);
  return cache.get(`${scope}\n${text}`, () => render(text, scope, false));
}

/** GFM; where Chinese, Japanese and Korean words stand beside its signs without a space, too. */
const syntax: NonNullable<Options['remarkPlugins']> = [
  [remarkGfm, { singleTilde: false }],
  remarkCjkFriendly,
  [remarkCjkStrikethrough, { singleTilde: false }],
  remarkBareLinks,
];

function render(text: string, scope: string, growing: boolean): ReactElement {
  const marked = markFormulas(text, growing);
  const remarkPlugins: Options['remarkPlugins'] = [...syntax, plainHtml];
  if (marked.formulas.length > 0) remarkPlugins.push(placeFormulas(marked.formulas));
  return Markdown({
    children: marked.text,
    remarkPlugins,
    rehypePlugins: [() => (tree: HtmlRoot) => scopeFootnotes(tree, scope), directions],
    remarkRehypeOptions: { clobberPrefix: `${scope}-`, footnoteLabelProperties: { className: ['sr-only'] } },
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
