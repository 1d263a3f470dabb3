import { useRef, useState } from 'react';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { lastReply, markOf, type Tree } from '../../../tree/index.ts';
import { askAll } from '../../actions/strings/several.ts';
import { Button, cx, Dialog, later, NARROW, useMedia } from '../../components/index.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import { showThread } from '../../stores/panes.ts';
import { type Column, columnsOf } from './columns.ts';
import { ComparedMessage } from './compared-message.tsx';
import * as strings from './strings.ts';

interface ComparedFiles {
  readonly conversation: string;
  readonly branches: readonly { readonly tip: string; readonly name: string }[];
  readonly readOnly: boolean;
}

const FilesCompared = later<ComparedFiles>(async () => (await import('../folders/later.ts')).FilesCompared);

interface CompareProps {
  readonly page: OpenPage;
  /** Two to four messages, each on a branch of its own. */
  readonly tips: readonly string[];
}

/** Branches side by side from where they part: what is other in the words, which model, how much, how long. On a phone one at a time. */
export function Compare({ page, tips }: CompareProps) {
  const { view, goTo } = page;
  const narrow = useMedia(NARROW);
  const [shown, setShown] = useState(0);
  const [isFiles, showFiles] = useState(false);
  const [columns] = useState(() => columnsOf(view.tree, tips, new Set(view.path.map(({ key }) => key))));
  const hasFiles = columns.some(({ end }) => lastReply(view.tree, end)?.folder !== undefined);
  const scroll = useScrollTogether();
  const goOn = ({ end }: Column) => {
    closeDialog();
    // Where only the tree is shown, the chat comes beside it.
    showThread();
    goTo(end);
    setTimeout(() => ask('composer'));
  };
  const visible = narrow ? columns.slice(shown, shown + 1) : columns;
  return (
    <Dialog title={strings.compare} kind="full" onClose={closeDialog}>
      {hasFiles && <Tabs isFiles={isFiles} onChange={showFiles} />}
      {isFiles ? (
        <FilesCompared
          conversation={view.id}
          branches={columns.map((column, n) => ({
            tip: column.end,
            name: `${strings.branchOf(n + 1)} ${columnName(view.tree, column)}`,
          }))}
          readOnly={page.readOnly}
        />
      ) : (
        <>
          {narrow && (
            <div
              role="radiogroup"
              aria-label={strings.branch}
              className="flex gap-1 border-line border-b p-2"
            >
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
                    onChange={() => setShown(index)}
                    className="sr-only"
                  />
                  {strings.branchOf(index + 1)}
                </label>
              ))}
            </div>
          )}
          {!page.readOnly && tips.length > 1 && (
            <div className="flex justify-end border-line border-b p-2">
              <Button onClick={() => openDialog({ kind: 'ask-all', messages: tips })}>{askAll}</Button>
            </div>
          )}
          <div
            className="grid min-h-0 flex-1 divide-x divide-line"
            style={{ gridTemplateColumns: `repeat(${visible.length}, minmax(0, 1fr))` }}
          >
            {visible.map((column) => {
              const n = columns.indexOf(column);
              return (
                <section
                  key={column.tip}
                  aria-label={strings.branchOf(n + 1)}
                  className="flex min-h-0 flex-col"
                >
                  <header className="flex items-center justify-between gap-2 border-line border-b px-3 py-1.5">
                    <h3 className="min-w-0 truncate text-sm">
                      <span className="font-medium">{strings.branchOf(n + 1)}</span>{' '}
                      <span className="text-muted">{columnName(view.tree, column)}</span>
                    </h3>
                    <Button className="shrink-0" onClick={() => goOn(column)}>
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
                    {column.messages.length === 0 && (
                      <p className="text-muted text-sm">{strings.nothingOwn}</p>
                    )}
                  </section>
                </section>
              );
            })}
          </div>
        </>
      )}
    </Dialog>
  );
}

interface TabsProps {
  readonly isFiles: boolean;
  readonly onChange: (isFiles: boolean) => void;
}

/** What is compared: what was said, or what an agent did to files. */
function Tabs({ isFiles, onChange }: TabsProps) {
  const tab = (name: string, own: boolean) => (
    <button
      type="button"
      role="tab"
      aria-selected={own === isFiles}
      tabIndex={own === isFiles ? 0 : -1}
      onClick={() => onChange(own)}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
        onChange(!isFiles);
        const other = currentTarget.nextElementSibling ?? currentTarget.previousElementSibling;
        (other as HTMLElement | null)?.focus();
      }}
      className={cx(
        'min-h-9 border-b-2 px-3 text-sm',
        own === isFiles ? 'border-leaf font-medium' : 'border-transparent text-muted',
      )}
    >
      {name}
    </button>
  );
  return (
    <div role="tablist" aria-label={strings.what} className="flex border-line border-b px-2">
      {tab(strings.messages, false)}
      {tab(strings.files, true)}
    </div>
  );
}

/** Its label, else the first words that are its own. */
function columnName(tree: Tree, { tip, messages }: Column): string {
  const label = [tip, ...messages].map((id) => markOf(tree, id).label).find(Boolean);
  return label ?? excerpt((tree.whole ?? tree).messages.get(messages[0] ?? tip)?.preview ?? '');
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
