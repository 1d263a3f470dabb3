import { useState } from 'react';
import { attachFolder } from '../../../actions/strings/pages.ts';
import { Button, Dialog } from '../../../components/index.ts';
import { sizeText } from '../../../components/size-text.ts';
import { closeDialog } from '../../../stores/dialogs.ts';
import * as strings from '../strings-later.ts';
import { type ChosenFile, choose, type FolderFile } from './folder-files.ts';

interface FolderDialogProps {
  readonly files: readonly FolderFile[];
  /** All of the folder was looked at. */
  readonly whole: boolean;
  /** How many may go. */
  readonly room: number;
  readonly onFiles: (files: readonly File[]) => void;
}

/** What of a folder goes with the message and what does not, and why; which ones can be changed. */
export function FolderDialog({ files, whole, room, onFiles }: FolderDialogProps) {
  const [chosen] = useState(() => choose(files, room));
  const [going, setGoing] = useState(
    () => new Set(chosen.filter(({ why }) => why === undefined).map(({ path }) => path)),
  );
  const full = going.size >= room;
  const toggle = (path: string) => {
    const next = new Set(going);
    if (!next.delete(path)) next.add(path);
    setGoing(next);
  };
  const attach = () => {
    closeDialog();
    const some = chosen.filter(({ path }) => going.has(path));
    // By their paths, so that two of one name are told apart.
    onFiles(
      some.map(
        ({ path, file }) => new File([file], path, { type: file.type, lastModified: file.lastModified }),
      ),
    );
  };
  return (
    <Dialog title={attachFolder} kind="wide" onClose={closeDialog}>
      <p className="px-4 pt-3 text-muted text-sm">{strings.folderHolds(files.length, room, whole)}</p>
      <ul aria-label={strings.filesOfFolder} className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
        {chosen.map((one) => (
          <Row
            key={one.path}
            one={one}
            goes={going.has(one.path)}
            full={full}
            onToggle={() => toggle(one.path)}
          />
        ))}
      </ul>
      <footer className="flex items-center justify-end gap-2 border-line border-t px-4 py-2">
        <Button onClick={closeDialog}>{strings.cancel}</Button>
        <Button look="primary" disabled={going.size === 0} onClick={attach}>
          {strings.attachCount(going.size)}
        </Button>
      </footer>
    </Dialog>
  );
}

interface RowProps {
  readonly one: ChosenFile;
  readonly goes: boolean;
  readonly full: boolean;
  readonly onToggle: () => void;
}

function Row({ one: { path, file, why }, goes, full, onToggle }: RowProps) {
  const cannot = why !== undefined && why !== 'too-many' && why !== 'hidden';
  const reason = goes
    ? undefined
    : cannot || why === 'hidden'
      ? strings.leftOutWhy[why]
      : full
        ? strings.noRoom
        : undefined;
  return (
    <li>
      <label className="flex min-h-8 items-center gap-2 rounded-lg px-2 text-sm has-enabled:hover:bg-hover">
        <input
          type="checkbox"
          checked={goes}
          disabled={cannot || (full && !goes)}
          onChange={onToggle}
          className="size-4 shrink-0 accent-leaf"
        />
        <span className="min-w-0 flex-1 wrap-anywhere">{path}</span>
        <span className="shrink-0 text-muted text-xs">{reason ?? sizeText(file.size)}</span>
      </label>
    </li>
  );
}
