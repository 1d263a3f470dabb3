/** A block of markdown as the tree of its elements, read without showing it. Needs no document. Pure. */
import type { Root } from 'hast';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { type BlockOptions, type BlockSyntax, syntaxOf } from './block-syntax.ts';

export const blockTree = (text: string, options: BlockOptions): Root => treeBy(syntaxOf(text, options));

/** The text that is in `syntax`, by its rules. @throws what the parser throws. */
export function treeBy({ text, remarkPlugins, remarkRehypeOptions, rehypePlugins }: BlockSyntax): Root {
  const processor = unified()
    .use(remarkParse)
    .use(remarkPlugins)
    .use(remarkRehype, { ...remarkRehypeOptions, allowDangerousHtml: true })
    .use(rehypePlugins);
  return processor.runSync(processor.parse(text)) as Root;
}
