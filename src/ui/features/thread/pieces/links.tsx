import { MessageSquareDashed, TextQuote } from 'lucide-react';
import { use } from 'react';
import { useAsideEnds } from '../../../../client/hooks/index.ts';
import type { ConversationView } from '../../../../client/types.ts';
import { DAY } from '../../../../protocol/index.ts';
import { excerpt } from '../../../../protocol/reading/first-line.ts';
import type { Tree } from '../../../../tree/index.ts';
import { asidesUnder } from '../../../../tree/index.ts';
import { firstWordsOf } from '../../../actions/message/turn.ts';
import { openAside, useAsides } from '../../../stores/aside.ts';
import { currentPage, useOfPage, usePage } from '../../../stores/page.ts';
import { ArticleContext } from '../rows/article-context.ts';
import * as strings from '../strings.ts';

/** What hangs at a message: its asides, and where it was brought to, the last few places that quote it. Each is a way there. */
export function Links({ message }: { readonly message: string }) {
  const { tabbable } = use(ArticleContext);
  // As a string: it stays the same while the rest of the tree changes.
  const quoting = useOfPage((page) => JSON.stringify(placesOf(page?.view.tree, message)));
  const places = JSON.parse(quoting) as readonly [string, string][];
  const asides = useOfPage((page) => (page ? asidesUnder(page.view.tree, message).length : 0));
  if (places.length === 0 && asides === 0) return null;
  return (
    <div data-print="hide" className="mt-1 flex flex-wrap gap-1.5">
      {asides > 0 && <AsidesChip message={message} count={asides} tabbable={tabbable} />}
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

interface AsidesChipProps {
  readonly message: string;
  readonly count: number;
  readonly tabbable: boolean;
}

/** The asides of a message, and when the first of them goes, if that is soon. */
function AsidesChip({ message, count, tabbable }: AsidesChipProps) {
  const view = usePage()?.view;
  return (
    <button
      type="button"
      tabIndex={tabbable ? 0 : -1}
      onClick={() => {
        const { id, tree } = currentPage()?.view ?? {};
        const head = tree && asidesUnder(tree, message).at(-1);
        if (id !== undefined) openAside({ conversation: id, owner: message, head });
      }}
      className="inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-full border border-line-strong/60 border-dashed px-2.5 text-muted text-xs hover:text-ink"
    >
      <MessageSquareDashed aria-hidden size={13} className="shrink-0" />
      <span className="truncate">
        {strings.asides(count)}
        {view && <Ending view={view} message={message} />}
      </span>
    </button>
  );
}

function Ending({ view, message }: { readonly view: ConversationView; readonly message: string }) {
  const seen = useAsides((asides) => asides.seen);
  const ends = useAsideEnds(view, seen);
  const first = Math.min(
    ...asidesUnder(view.tree, message).map((head) => ends.get(head) ?? Number.POSITIVE_INFINITY),
  );
  const left = Math.ceil((first - Date.now()) / DAY);
  return left <= WARN_DAYS ? <span className="text-warn"> · {strings.asideGoes(left)}</span> : null;
}

/** How long before an aside goes it is said, in days. */
const WARN_DAYS = 2;

/** As many as can be taken in at a glance. */
const MOST = 4;

function placesOf(tree: Tree | undefined, message: string): readonly (readonly [string, string])[] {
  const quoting = tree?.quoted.get(message) ?? [];
  return quoting.slice(-MOST).map((id) => [id, excerpt(firstWordsOf(tree as Tree, id))]);
}
