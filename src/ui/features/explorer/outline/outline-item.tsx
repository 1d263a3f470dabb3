import { ChevronDown, ChevronRight, Ellipsis, FileText, Star } from 'lucide-react';
import { memo, use } from 'react';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { cx } from '../../../components/index.ts';
import { openMenuAt } from '../../../stores/dialogs.ts';
import { useIsPicked } from '../../../stores/picked.ts';
import { AskingContext } from '../scene/asking-context.ts';
import { ForkSign, HitsMark, LiveMark, NextMark, ReadingMark, VersionMark } from '../scene/marks.tsx';
import * as strings from '../strings.ts';
import type { OutlineRow } from './outline-rows.ts';
import { isMarked, leadOf, metaOf, rowName } from './outline-text.ts';
import type { RowHits } from './row-hits.ts';

interface OutlineItemProps {
  readonly row: OutlineRow;
  /** What was found in it. */
  readonly hits: RowHits | undefined;
  /** Place and height in px: rows stand where their number says. */
  readonly top: number;
  readonly height: number;
  readonly tabbable: boolean;
  readonly onGo: (message: string, at: string) => void;
  readonly onToggle: (id: string, run: string | undefined) => void;
  readonly onFocus: (id: string) => void;
}

/** One row of the outline. A click goes there, one on its arrow opens or folds it; a folded run only opens. */
export const OutlineItem = memo(function OutlineItem(props: OutlineItemProps) {
  const { row, hits, top, height, tabbable, onGo, onToggle, onFocus } = props;
  const picked = useIsPicked(row.id);
  const asks = use(AskingContext).has(row.kind === 'reply' ? row.message : row.id);
  const toggle = () => onToggle(row.id, row.run);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.of}
      aria-expanded={row.expanded}
      aria-selected={row.here}
      aria-current={row.here ? 'location' : undefined}
      aria-label={rowName(row, Date.now(), { hits: hits?.count ?? 0, picked, asks })}
      tabIndex={tabbable ? 0 : -1}
      data-row={row.id}
      className={cx(
        'group/row absolute inset-x-0 flex cursor-pointer items-center gap-1.5 pr-3 text-sm -outline-offset-2 hover:bg-hover',
        row.here && 'bg-leaf-soft',
        row.faded && 'opacity-50',
        picked && 'outline-2 outline-hit',
      )}
      style={{ top, height, paddingLeft: 10 + (Math.min(row.level, 8) - 1) * 20 }}
      onFocus={() => onFocus(row.id)}
      onClick={() => (row.kind === 'run' ? toggle() : onGo(row.message, row.id))}
    >
      <Mark row={row} onToggle={toggle} />
      {row.expanded !== undefined && row.fork && <ForkSign />}
      <Words row={row} hits={hits} asks={asks} />
      <More row={row} />
    </div>
  );
});

function Mark({ row, onToggle }: { readonly row: OutlineRow; readonly onToggle: () => void }) {
  if (row.expanded !== undefined) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: a part of the row for the mouse; keys have the row itself
      // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
      <span
        className="grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-line"
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        {row.expanded ? <ChevronDown size={15} aria-hidden /> : <ChevronRight size={15} aria-hidden />}
      </span>
    );
  }
  return (
    <span aria-hidden className="grid size-6 shrink-0 place-items-center">
      {row.fork ? (
        <ForkSign />
      ) : (
        <span className={cx('size-1.5 rounded-full', row.onPath ? 'bg-leaf' : 'bg-line-strong')} />
      )}
    </span>
  );
}

/** For the mouse and touch; keys open the same menu on the row itself. */
function More({ row }: { readonly row: OutlineRow }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a part of the row; keys have the row itself
    // biome-ignore lint/a11y/useKeyWithClickEvents: the context menu key opens it
    <span
      data-tip={strings.more}
      className="hidden size-7 shrink-0 place-items-center rounded text-muted hover:bg-line group-hover/row:grid coarse:grid"
      onClick={(event) => {
        event.stopPropagation();
        openMenuAt(event.currentTarget, [row.id]);
      }}
    >
      <Ellipsis size={15} aria-hidden />
    </span>
  );
}

interface RowWordsProps extends Pick<OutlineItemProps, 'row' | 'hits'> {
  /** A reply in it waits for the reader. */
  readonly asks: boolean;
}

function Words({ row, hits, asks }: RowWordsProps) {
  const lead = leadOf(row);
  const title = plainLine(row.title);
  const marked = isMarked(row, hits !== undefined);
  // Beside the marks, where there are some: the words then have a line for themselves.
  const meta = <span className="ml-auto shrink-0 pl-1 text-muted text-xs">{metaOf(row, Date.now())}</span>;
  return (
    <span className="flex min-w-0 flex-1 flex-col justify-center">
      <span className="flex min-w-0 items-center gap-1.5">
        {lead && <span className="shrink-0 font-medium text-ink">{lead}</span>}
        <span className={cx('min-w-0 truncate', row.kind === 'turn' ? 'text-ink' : 'text-muted')}>
          {title && (row.kind === 'turn' ? title : `“${title}”`)}
        </span>
        {!marked && meta}
      </span>
      {marked && (
        <span className="flex min-w-0 items-center gap-1.5 text-muted text-xs">
          {row.next && <NextMark brief />}
          {row.here && !row.next && <ReadingMark />}
          {row.live > 0 && <LiveMark count={row.live} asks={asks} />}
          {row.fork && row.version && <VersionMark version={row.version} />}
          {row.label && (
            <span
              className="min-w-0 truncate rounded-full border px-1.5 text-ink leading-[18px]"
              style={{ borderColor: row.colour ? `var(--branch-${row.colour})` : 'var(--line-strong)' }}
            >
              {row.label}
            </span>
          )}
          {row.star && <Star size={12} fill="currentColor" aria-hidden className="shrink-0 text-warn" />}
          {row.summary && <FileText size={12} aria-hidden className="shrink-0" />}
          {hits && <HitsMark {...hits} />}
          {row.hidden !== undefined && <span className="shrink-0">{strings.moreHidden(row.hidden)}</span>}
          {meta}
        </span>
      )}
    </span>
  );
}
