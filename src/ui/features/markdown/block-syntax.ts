/** What a block of markdown is read by, wherever that is done: the page at once, or a worker for a long one. Needs no document. */
import type { Element as HtmlElement, Root as HtmlRoot } from 'hast';
import type { FootnoteReference } from 'mdast';
import type { Handler } from 'mdast-util-to-hast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import type { Options as RehypeOptions } from 'remark-rehype';
import type { PluggableList } from 'unified';
import { type Formula, markFormulas } from '../../../protocol/reading/formulas.ts';
import { keepCodeInCells } from './blocks/code-in-tables.ts';
import { labelOf } from './blocks/references.ts';
import { directions } from './directions.ts';
import { remarkBareLinks } from './links/bare-links.ts';
import { markAlerts, placeFormulas, plainHtml } from './safe-tree.ts';

export interface BlockOptions {
  /** Prefix of the ids a block makes (footnotes): unique on the page. */
  readonly scope: string;
  /** The block still grows: nothing of it is kept, and a formula may be without its end. */
  readonly growing: boolean;
  /** Notes it refers to and their numbers in the text (`references.ts`). Default: none. */
  readonly numbers?: string;
  /** The number of its first item, for a block that goes on with a numbered list. Default: the one that is written. */
  readonly start?: number | undefined;
  /** The notes of a text: a reference to each stands in its first paragraph, which is left out. Default: a block like any other. */
  readonly notes?: boolean;
}

/** For `remark-parse` and `remark-rehype`, and what comes after each. */
export interface BlockSyntax {
  /** The markdown, with marks in place of its formulas. */
  readonly text: string;
  readonly formulas: readonly Formula[];
  readonly remarkPlugins: PluggableList;
  readonly remarkRehypeOptions: RehypeOptions;
  readonly rehypePlugins: PluggableList;
}

/** GFM; where Chinese, Japanese and Korean words stand beside its signs without a space, too. */
const syntax: PluggableList = [
  [remarkGfm, { singleTilde: false }],
  remarkCjkFriendly,
  [remarkCjkStrikethrough, { singleTilde: false }],
  remarkBareLinks,
];

export function syntaxOf(
  block: string,
  { scope, growing, numbers = '', start, notes = false }: BlockOptions,
): BlockSyntax {
  const { text, formulas } = markFormulas(block, growing);
  const remarkPlugins = [...syntax, plainHtml, markAlerts];
  if (formulas.length > 0) remarkPlugins.push(placeFormulas(formulas));
  return {
    text: keepCodeInCells(text),
    formulas,
    remarkPlugins,
    remarkRehypeOptions: {
      clobberPrefix: `${scope}-`,
      footnoteLabelProperties: { className: ['sr-only'] },
      handlers: numbers === '' ? {} : { footnoteReference: noteReference(scope, numbers) },
    },
    rehypePlugins: [
      ...(notes ? [() => withoutFirst] : []),
      ...(start === undefined ? [] : [() => (tree: HtmlRoot) => startAt(tree, start)]),
      () => (tree: HtmlRoot) => scopeFootnotes(tree, scope),
      directions,
    ],
  };
}

function withoutFirst(tree: HtmlRoot): void {
  const first = tree.children.findIndex((node) => node.type === 'element');
  tree.children.splice(first, 1);
}

function startAt(tree: HtmlRoot, start: number): void {
  const list = tree.children.find((node) => node.type === 'element');
  if (list?.tagName === 'ol') list.properties.start = start;
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
