import { useRef, useState } from 'react';
import { askAll } from '../../actions/strings/several.ts';
import { Button, cx, NARROW, useMedia } from '../../components/index.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import { showThread } from '../../stores/panes.ts';
import { type Column, columnName } from './columns.ts';
import { ComparedMessage } from './compared-message.tsx';
import * as strings from './strings.ts';

interface CompareWordsProps {
  readonly page: OpenPage;
  /** What was chosen to be compared, as for the dialog. */
  readonly tips: readonly string[];
  readonly columns: readonly Column[];
}

/** What was said in each branch, beside each other; on a phone one at a time. */
export function CompareWords({ page, tips, columns }: CompareWordsProps) {
  const narrow = useMedia(NARROW);
  const [shown, setShown] = useState(0);
  const scroll = useScrollTogether();
  const visible = narrow ? columns.slice(shown, shown + 1) : columns;
  return (
    <>
      {narrow && <BranchChoice {...{ columns, shown }} onChange={setShown} />}
      {!page.readOnly && tips.length > 1 && (
        <div className="flex justify-end border-line border-b p-2">
          <Button onClick={() => openDialog({ kind: 'ask-all', messages: tips })}>{askAll}</Button>
        </div>
      )}
      <div
        className="grid min-h-0 flex-1 divide-x divide-line"
        style={{ gridTemplateColumns: `repeat(${visible.length}, minmax(0, 1fr))` }}
      >
        {visible.map((column) => (
          <BranchColumn key={column.tip} {...{ page, columns, column, scroll }} />
        ))}
      </div>
    </>
  );
}

interface BranchChoiceProps {
  readonly columns: readonly Column[];
  /** Index of the one that is shown. */
  readonly shown: number;
  readonly onChange: (index: number) => void;
}

function BranchChoice({ columns, shown, onChange }: BranchChoiceProps) {
  return (
    <div role="radiogroup" aria-label={strings.branch} className="flex gap-1 border-line border-b p-2">
      {columns.map(({ tip }, index) => (
        <label
          key={tip}
          className={cx(
            'flex min-h-9 flex-1 cursor-pointer items-center justify-center rounded-lg text-sm has-focus-visible:outline-2',
            index === shown ? 'bg-leaf text-on-leaf' : 'bg-hover',
          )}
        >
          <input
            type="radio"
            name="compared"
            checked={index === shown}
            onChange={() => onChange(index)}
            className="sr-only"
          />
          {strings.branchOf(index + 1)}
        </label>
      ))}
    </div>
  );
}

interface BranchColumnProps {
  readonly page: OpenPage;
  readonly columns: readonly Column[];
  /** One of them: its words are compared with those of the first. */
  readonly column: Column;
  readonly scroll: (element: HTMLElement | null) => void;
}

function BranchColumn({ page: { view, goTo }, columns, column, scroll }: BranchColumnProps) {
  const n = columns.indexOf(column);
  const goOn = () => {
    closeDialog();
    // Where only the tree is shown, the chat comes beside it.
    showThread();
    goTo(column.end);
    setTimeout(() => ask('composer'));
  };
  return (
    <section aria-label={strings.branchOf(n + 1)} className="flex min-h-0 flex-col">
      <header className="flex items-center justify-between gap-2 border-line border-b px-3 py-1.5">
        <h3 className="min-w-0 truncate text-sm">
          <span className="font-medium">{strings.branchOf(n + 1)}</span>{' '}
          <span className="text-muted">{columnName(view.tree, column)}</span>
        </h3>
        <Button className="shrink-0" onClick={goOn}>
          {strings.continueThis}
        </Button>
      </header>
      <section
        ref={scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
        tabIndex={0}
        aria-label={strings.messagesOf(n + 1)}
        className="min-h-0 flex-1 overflow-y-auto p-3"
      >
        {column.messages.map((message, index) => (
          <ComparedMessage
            key={message}
            view={view}
            message={message}
            against={n === 0 ? undefined : columns[0]?.messages[index]}
          />
        ))}
        {column.messages.length === 0 && <p className="text-muted text-sm">{strings.nothingOwn}</p>}
      </section>
    </section>
  );
}

/** What scrolls one column scrolls all, by the same part of their heights. */
function useScrollTogether() {
  const columns = useRef(new Set<HTMLElement>());
  const leader = useRef<HTMLElement>(undefined);
  return (element: HTMLElement | null) => {
    if (!element) return;
    columns.current.add(element);
    const lead = () => {
      leader.current = element;
    };
    const follow = () => {
      if (leader.current !== element) return;
      const part = element.scrollTop / Math.max(1, element.scrollHeight - element.clientHeight);
      for (const other of columns.current)
        if (other !== element) other.scrollTop = part * (other.scrollHeight - other.clientHeight);
    };
    for (const name of ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const)
      element.addEventListener(name, lead, { passive: true });
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      columns.current.delete(element);
      element.removeEventListener('scroll', follow);
    };
  };
}
