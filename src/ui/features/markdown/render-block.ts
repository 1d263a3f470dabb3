/** One block of markdown as React elements. Pure but for a cache, so that scrolling back and the end of a reply parse nothing again. */
import type { Root as HtmlRoot } from 'hast';
import type { ReactElement } from 'react';
import Markdown, { type Components, type Options } from 'react-markdown';
import { breath } from '../../../client/kit/slices.ts';
import { type BlockOptions, syntaxOf } from './block-syntax.ts';
import { mendEnd } from './blocks/mend-end.ts';
import { BoundedCache } from './bounded-cache.ts';
import { elements } from './elements.tsx';
import { safeLink } from './links/safe-url.ts';

const cache = new BoundedCache<ReactElement>(1_000_000);

export function renderBlock(text: string, options: BlockOptions): ReactElement {
  const { scope, growing, numbers = '', start = '', notes = false } = options;
  if (growing) return render(mendEnd(text), options);
  const key = `${scope}\n${notes ? 'notes' : numbers}\n${start}\n${text}`;
  return cache.get(key, () => render(text, options));
}

/** Has all that the first text would wait for made ready, in a task for each part. */
export async function warmUp(): Promise<void> {
  for (const text of ['Words', 'A **word**, `code`.', '- and a list']) {
    render(text, { scope: '', growing: false });
    await breath();
  }
}

function render(block: string, options: BlockOptions): ReactElement {
  const { text, remarkPlugins, remarkRehypeOptions, rehypePlugins } = syntaxOf(block, options);
  return Markdown({ children: text, remarkPlugins, remarkRehypeOptions, rehypePlugins, ...shown(options) });
}

interface TreeOptions extends Pick<BlockOptions, 'scope'> {
  /** For elements that markdown does not make. */
  readonly more?: Components;
}

/** A tree that was read elsewhere as React elements, by the same rules. Makes the addresses in the tree safe, too. */
export function renderTree(tree: HtmlRoot, options: TreeOptions): ReactElement {
  return Markdown({ children: '', rehypePlugins: [() => () => tree], ...shown(options) });
}

const shown = ({ scope, more }: TreeOptions): Options => ({
  components: { ...(elements as Components), ...more },
  urlTransform: (url, key) => transform(url, key, scope),
});

/** Only safe addresses stay; what leads to a footnote of this message does. */
function transform(url: string, key: string, scope: string): string | undefined {
  if (key === 'href' && url.startsWith(`#${scope}-`)) return url;
  return safeLink(url)?.href;
}
