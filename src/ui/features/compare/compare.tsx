import { useState } from 'react';
import { lastReply } from '../../../tree/index.ts';
import { cx, Dialog, later } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { columnName, columnsOf } from './columns.ts';
import { CompareWords } from './compare-words.tsx';
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
  const { view, readOnly } = page;
  const [isFiles, showFiles] = useState(false);
  const [columns] = useState(() => columnsOf(view.tree, tips, new Set(view.path.map(({ key }) => key))));
  const hasFiles = columns.some(({ end }) => lastReply(view.tree, end)?.folder !== undefined);
  const branches = columns.map((column, n) => ({
    tip: column.end,
    name: `${strings.branchOf(n + 1)} ${columnName(view.tree, column)}`,
  }));
  return (
    <Dialog title={strings.compare} kind="full" onClose={closeDialog}>
      {hasFiles && <Tabs isFiles={isFiles} onChange={showFiles} />}
      {isFiles ? (
        <FilesCompared {...{ branches, readOnly }} conversation={view.id} />
      ) : (
        <CompareWords {...{ page, tips, columns }} />
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
