import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { PathEntry } from '../../../../client/types.ts';
import type { Tree } from '../../../../tree/index.ts';
import { keepOnly } from '../../../actions/message/prune.ts';
import { attemptsAt } from '../../../actions/message/turn.ts';
import * as strings from '../../../actions/strings/messages.ts';
import { Button } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { type OpenPage, usePage } from '../../../stores/page.ts';
import { showSideBySide, useNewBeside } from '../../../stores/side-by-side.ts';
import { toastFailure } from '../../../stores/toasts.ts';
import { ArticleContext } from '../rows/article-context.ts';
import { editedFrom, type Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import {
  focusFromTheirBeginning,
  showFromTheirBeginning,
  useBeginningInSight,
  useColumnInSight,
} from './columns-in-sight.ts';
import { ReplyRow } from './reply-row.tsx';

interface SideBySideProps {
  readonly row: Row;
  /** What is answered. */
  readonly prompt: string;
}

const IN_COLUMN = { tabbable: true, last: false, inColumn: true };

/** All replies to a message beside each other, live, in the place of the one on the path. Where there is only one so far, that one. */
export function SideBySide({ row, prompt }: SideBySideProps) {
  const page = usePage();
  const tree = page?.view.tree;
  const columns = useMemo(() => (tree ? columnsOf(row, tree, prompt) : []), [row, tree, prompt]);
  if (!page) return null;
  return columns.length > 1 ? <Columns {...{ row, prompt, page, columns }} /> : <ReplyRow row={row} />;
}

interface ColumnsProps extends SideBySideProps {
  readonly page: OpenPage;
  /** Two or more. */
  readonly columns: readonly Row[];
}

/** Left and Right go from one to the next. */
function Columns({ row: { key }, prompt, page, columns }: ColumnsProps) {
  const list = useRef<HTMLDivElement>(null);
  const live = columns.filter(({ entry }) => entry.kind === 'reply');
  const came = columns.filter(({ entry }) => entry.kind !== 'empty-end');
  useColumnInSight(list, key);
  useErrand('columns', () => focusFromTheirBeginning(list.current, key), prompt);
  // Those that stood there may be long: at the end of theirs there is nothing to see of the new ones.
  useNewBeside(key, () => list.current && showFromTheirBeginning(list.current, key));
  useBeginningInSight(list, live.length > 0, key);
  const stop = (replies: readonly Row[]) => {
    for (const { key } of replies) page.client.stop(page.view.id, key).catch(toastFailure);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={strings.repliesSideBySide} className="side-by-side" onKeyDown={moveByKeys}>
      <div className="side-by-side-head mb-2 flex min-h-9 items-center gap-2">
        <span className="flex-1 text-muted text-sm">{strings.repliesBeside(columns.length)}</span>
        {live.length > 1 && <Button onClick={() => stop(live)}>{strings.stopAll}</Button>}
        <Button look="text" onClick={() => showSideBySide(prompt, false)}>
          {strings.showOne}
        </Button>
      </div>
      <ArticleContext value={IN_COLUMN}>
        <div ref={list} className="side-by-side-columns">
          {columns.map((column, index) => (
            <Column
              key={column.key}
              {...{ column, page, prompt }}
              onPath={column.key === key}
              label={strings.replyOf(index + 1, columns.length)}
              others={came.map((one) => one.key).filter((other) => other !== column.key)}
              onStop={() => stop([column])}
            />
          ))}
        </div>
      </ArticleContext>
    </div>
  );
}

interface ColumnProps {
  readonly column: Row;
  readonly page: OpenPage;
  readonly prompt: string;
  /** The path goes through it. */
  readonly onPath: boolean;
  readonly label: string;
  readonly others: readonly string[];
  readonly onStop: () => void;
}

function Column({ column, page, prompt, onPath, label, others, onStop }: ColumnProps) {
  const { jumpToVersion } = useThread();
  const goOn = () => {
    showSideBySide(prompt, false);
    jumpToVersion(column.key, 'article');
  };
  const keep = () => {
    showSideBySide(prompt, false);
    keepOnly(page, column.key, others).catch(toastFailure);
  };
  return (
    <section
      aria-label={label}
      aria-current={onPath || undefined}
      data-column={column.key}
      className="flex min-w-0 flex-col rounded-xl border border-line bg-surface p-3 aria-current:border-leaf"
    >
      <div className="min-w-0 flex-1">
        <ReplyRow row={column} />
      </div>
      <div className="mt-2 flex flex-wrap gap-1.5 empty:hidden">
        {column.entry.kind === 'reply' && (
          <Button data-act="stop" onClick={onStop}>
            {strings.stop}
          </Button>
        )}
        {onPath && <span className="order-1 self-center px-1 text-leaf text-xs">{strings.onPath}</span>}
        {column.entry.kind !== 'empty-end' && (
          <>
            <Button data-act="continue" onClick={goOn}>
              {strings.continueWith}
            </Button>
            {others.length > 0 && (
              <Button data-act="keep" look="text" tip={strings.keepOnlyHides(others.length)} onClick={keep}>
                {strings.keepOnly}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** The rows of the replies, each as if it were the one on the path. */
function columnsOf(row: Row, tree: Tree, prompt: string): readonly Row[] {
  const { editedFrom: _, noReply: __, ...shared } = row;
  return attemptsAt(tree, prompt).flatMap((key): Row[] => {
    const entry = entryOf(tree, key);
    if (!entry) return [];
    return [{ ...shared, key, entry, versions: [], hidden: 0, later: 0, ...editedFrom(tree, entry) }];
  });
}

function entryOf(tree: Tree, key: string): PathEntry | undefined {
  const [header, generation] = [tree.messages.get(key), tree.generations.get(key)];
  if (header) return { kind: 'message', key, header };
  return generation && { kind: generation.end ? 'empty-end' : 'reply', key, generation };
}

/** To the same button of the reply beside it, or to its first where it has none such. */
function moveByKeys(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  const from = (event.target as HTMLElement).closest<HTMLElement>('[data-act]');
  const column = from?.closest('[data-column]');
  if (step === 0 || !from || !column) return;
  const beside = (one: Element) => (step === 1 ? one.nextElementSibling : one.previousElementSibling);
  let next = beside(column);
  // One that failed has none.
  while (next && !next.querySelector('[data-act]')) next = beside(next);
  const to =
    next?.querySelector<HTMLElement>(`[data-act="${from.dataset.act}"]`) ??
    next?.querySelector<HTMLElement>('[data-act]');
  if (!to) return;
  event.preventDefault();
  to.focus();
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
