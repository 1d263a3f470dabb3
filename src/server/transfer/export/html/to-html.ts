/** Text of messages as HTML for a file of its own. What others wrote is hostile: no HTML of theirs, no scripts, no other host's pictures. */
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { tooHeavy } from '../../../../protocol/reading/limits.ts';
import { noBlocks, splitBlocks } from '../../../../protocol/reading/split-blocks.ts';

/** Pictures that lead elsewhere would tell others who reads this. */
const schema = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames?.filter((name) => name !== 'img'),
};

const toHtml = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .use(remarkRehype)
  .use(rehypeSanitize, schema)
  .use(rehypeStringify)
  .freeze();

/** Block by block, within the limits of the page: what is beyond them is shown as it was written. */
export function markdownHtml(text: string): string {
  const { blocks } = splitBlocks(noBlocks, text, true);
  return blocks
    .map((block) =>
      tooHeavy(block.text) ? `<pre>${escaped(block.text)}</pre>` : String(toHtml.processSync(block.text)),
    )
    .join('\n');
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
