import { TextQuote } from 'lucide-react';
import { use } from 'react';
import { excerpt } from '../../../../protocol/reading/first-line.ts';
import type { Tree } from '../../../../tree/index.ts';
import { firstWordsOf } from '../../../actions/turn.ts';
import { currentPage, useOfPage } from '../../../stores/page.ts';
import { ArticleContext } from '../rows/article-context.ts';
import * as strings from '../strings.ts';

/** Where a message was brought to: the last few places that quote it, each a way there. */
export function Links({ message }: { readonly message: string }) {
  const { tabbable } = use(ArticleContext);
  // As a string: it stays the same while the rest of the tree changes.
  const quoting = useOfPage((page) => JSON.stringify(placesOf(page?.view.tree, message)));
  const places = JSON.parse(quoting) as readonly [string, string][];
  if (places.length === 0) return null;
  return (
    <div data-print="hide" className="mt-1 flex flex-wrap gap-1.5">
      {places.map(([id, words]) => (
        <button
          key={id}
          type="button"
          tabIndex={tabbable ? 0 : -1}
          onClick={() => currentPage()?.goTo(id)}
          className="inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-full bg-sunken px-2.5 text-muted text-xs hover:text-ink"
        >
          <TextQuote aria-hidden size={13} className="shrink-0" />
          <span className="truncate">{strings.quotedIn(words)}</span>
        </button>
      ))}
    </div>
  );
}

/** As many as can be taken in at a glance. */
const MOST = 4;

function placesOf(tree: Tree | undefined, message: string): readonly (readonly [string, string])[] {
  const quoting = tree?.quoted.get(message) ?? [];
  return quoting.slice(-MOST).map((id) => [id, excerpt(firstWordsOf(tree as Tree, id))]);
}
