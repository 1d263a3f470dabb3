import { SquarePen, SquareTerminal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useChangedFiles } from '../../../client/hooks/use-folders.ts';
import { parentOf } from '../../../tree/index.ts';
import { copyText } from '../../components/copy-text.ts';
import { Button, cx, Dialog } from '../../components/index.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { AllFiles } from './all-files.tsx';
import { BranchDeeds } from './branch-deeds.tsx';
import { ChangedFiles } from './changed-files.tsx';
import * as strings from './strings.ts';
import { useOpening } from './use-opening.ts';

interface FilesHereProps {
  readonly page: OpenPage;
  readonly message: string;
}

/** The files of the branch a message is on, as they were there: what differs, where they are, and what can be done with them. */
export function FilesHere({ page, message }: FilesHereProps) {
  const { view, readOnly } = page;
  const conversation = view.id;
  const parent = parentOf(view.tree, message) ?? null;
  const [shown, show] = useState<ShownFiles>('fork');
  const input = { conversation, from: shown === 'turn' ? parent : null, to: message };
  const { data } = useChangedFiles(input);
  return (
    <Dialog title={strings.filesHere} kind="full" onClose={closeDialog}>
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-2 text-sm">
        <fieldset aria-label={strings.changesSince} className="flex gap-1">
          {(['fork', 'turn', 'all'] as const).map((which) => (
            <Choice key={which} name="since" checked={shown === which} onChoose={() => show(which)}>
              {strings.shownFiles[which]}
            </Choice>
          ))}
        </fieldset>
        {data && <Whereabouts folder={data.folder} isCopy={data.copy !== undefined} />}
        {data && !readOnly && <OpenButtons conversation={conversation} message={message} />}
        {data && !readOnly && (
          <BranchDeeds conversation={conversation} message={message} isCopy={data.copy !== undefined} />
        )}
      </div>
      {shown === 'all' ? (
        <AllFiles conversation={conversation} message={message} readOnly={readOnly} />
      ) : (
        <ChangedFiles input={input} readOnly={readOnly} />
      )}
    </Dialog>
  );
}

/** What changed since the fork, in this turn, or all there is. */
type ShownFiles = 'fork' | 'turn' | 'all';

interface SinceProps {
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Choice({ name, checked, onChoose, children }: SinceProps) {
  return (
    <label
      className={cx(
        'relative flex min-h-8 items-center rounded-lg px-2 has-focus-visible:outline-2',
        checked ? 'bg-leaf text-on-leaf' : 'bg-hover',
      )}
    >
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {children}
    </label>
  );
}

function Whereabouts({ folder, isCopy }: { readonly folder: string; readonly isCopy: boolean }) {
  const copy = () => {
    copyText(folder).then(() => toast(strings.copiedPath), toastFailure);
  };
  return (
    <span className="flex min-w-0 items-center gap-2 text-muted text-xs">
      <span className="min-w-0 wrap-anywhere">{strings.folderIs(folder, isCopy)}</span>
      <Button look="ghost" className="shrink-0" onClick={copy}>
        {strings.copyPath}
      </Button>
    </span>
  );
}

interface OpenButtonsProps {
  readonly conversation: string;
  readonly message: string;
}

/** The branch's folder, on the computer of Bough. */
function OpenButtons({ conversation, message }: OpenButtonsProps) {
  const open = useOpening({ conversation, message });
  return (
    <span className="flex items-center">
      <Button look="ghost" icon={<SquarePen size={15} aria-hidden />} onClick={() => void open('editor')}>
        {strings.openInEditor}
      </Button>
      <Button
        look="ghost"
        icon={<SquareTerminal size={15} aria-hidden />}
        onClick={() => void open('terminal')}
      >
        {strings.openInTerminal}
      </Button>
    </span>
  );
}
