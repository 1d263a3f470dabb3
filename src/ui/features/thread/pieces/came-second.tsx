import { use } from 'react';
import { Button } from '../../../components/index.ts';
import { ArticleContext } from '../rows/article-context.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';

/**
 * Said where something else followed already: by somebody offline, on a slow link, or in another tab, who had not seen it (decision 0277).
 * Nothing where that was hidden since.
 */
export function CameSecond({ row }: { readonly row: Row }) {
  const { jumpToVersion } = useThread();
  const { tabbable } = use(ArticleContext);
  const first = row.versions.find((id) => id !== row.key);
  if (first === undefined) return null;
  return (
    <div
      data-print="hide"
      className="mt-1.5 flex max-w-[88%] flex-wrap items-center justify-end gap-x-2 text-muted text-sm"
    >
      <span className="wrap-anywhere">{strings.cameSecond}</span>
      <Button look="text" tabIndex={tabbable ? 0 : -1} onClick={() => jumpToVersion(first, 'article')}>
        {strings.showFirst}
      </Button>
    </div>
  );
}
