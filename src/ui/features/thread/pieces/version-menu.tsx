import { ChevronDown } from 'lucide-react';
import { use } from 'react';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { shownSubtreeOf } from '../../../../tree/index.ts';
import { dirOf } from '../../../components/direction.ts';
import { Menu, MenuItem } from '../../../components/index.ts';
import { usePage } from '../../../stores/page.ts';
import { ArticleContext } from '../rows/article-context.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';

/** "2 / 3": which of the versions of a message this is; a press lists them all by their words. */
export function VersionMenu({ row }: { readonly row: Row }) {
  const { tabbable } = use(ArticleContext);
  const { versions, word, key } = row;
  const n = versions.indexOf(key) + 1;
  const name = (word === 'branch' ? strings.branchOf : strings.versionOf)(n, versions.length);
  return (
    <Menu
      label={word === 'branch' ? strings.branches : strings.versions}
      trigger={(props) => (
        <button
          {...props}
          type="button"
          aria-label={name}
          data-tip={strings.showAll(name)}
          tabIndex={tabbable ? 0 : -1}
          className="inline-flex min-h-7 items-center gap-0.5 rounded-lg px-1 tabular-nums hover:bg-hover hover:text-ink"
        >
          {n} / {versions.length}
          <ChevronDown size={12} aria-hidden />
        </button>
      )}
    >
      <Items row={row} />
    </Menu>
  );
}

/** Counted only once they are asked for. One that is chosen is gone to, and Back leads from it. */
function Items({ row }: { readonly row: Row }) {
  const { jumpToVersion } = useThread();
  const tree = usePage()?.view.tree;
  return (
    <div className="w-[min(24rem,calc(100vw-2rem))]">
      {row.versions.map((version, index) => {
        const header = tree?.messages.get(version);
        const words = header ? plainLine(header.preview) : strings.beingWritten;
        return (
          <MenuItem
            key={version}
            checked={version === row.key}
            onSelect={() => version !== row.key && jumpToVersion(version, 'article')}
          >
            <span className="w-6 shrink-0 text-right text-muted tabular-nums">{index + 1}</span>
            <span className="min-w-0 flex-1 truncate" dir={dirOf(words)}>
              {words}
            </span>
            <span className="shrink-0 text-muted text-xs">
              {tree && strings.messagesIn(shownSubtreeOf(tree, version).length)}
            </span>
          </MenuItem>
        );
      })}
    </div>
  );
}
