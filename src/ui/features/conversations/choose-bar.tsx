import { Archive, ArchiveRestore, FileDown, FolderInput, Pin, Trash2 } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { arrangeWithUndo, type Did } from '../../actions/conversation/arranging.ts';
import type { Arranged } from '../../actions/steps/arrange-in-parts.ts';
import * as said from '../../actions/strings/filing.ts';
import { Button, IconButton } from '../../components/index.ts';
import {
  chooseAll,
  endChoosing,
  keepChosen,
  useChosenChats,
  workOnChosen,
} from '../../stores/chosen-chats.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings-filing.ts';

interface ChooseBarProps {
  /** What the list shows now. */
  readonly list: readonly Conversation[];
  readonly archived: boolean;
}

/** Under the list while chats are chosen: how many, and what can be done with them. */
export function ChooseBar({ list, archived }: ChooseBarProps) {
  const client = useActions();
  const { ids, work } = useChosenChats();
  const chosen = useMemo(() => list.filter(({ id }) => ids.has(id)), [list, ids]);
  useEffect(() => keepChosen(new Set(list.map(({ id }) => id))), [list]);
  useEffect(() => endChoosing, []);
  const arrange = (after: Arranged, did: Did) =>
    workOnChosen((options) => arrangeWithUndo(client, chosen, after, did, options)).then(
      endChoosing,
      toastFailure,
    );
  const nothing = chosen.length === 0 || work !== undefined;
  const pins = chosen.some(({ pinned }) => !pinned);
  const conversations = chosen.map(({ id }) => id);
  return (
    <div
      role="toolbar"
      aria-label={strings.chosenChats}
      className="flex flex-col gap-1 border-line border-t bg-surface p-2"
    >
      <div className="flex items-center gap-1 text-sm">
        <span role="status" className="min-w-0 flex-1 truncate pl-1">
          {work ? strings.doneOf(work.done, work.of) : strings.chosen(chosen.length, list.length)}
        </span>
        {work ? (
          <Button look="text" onClick={work.stop}>
            {strings.stop}
          </Button>
        ) : (
          <>
            {chosen.length < list.length && (
              <Button look="text" onClick={() => chooseAll(list.map(({ id }) => id))}>
                {strings.all}
              </Button>
            )}
            <Button look="text" onClick={endChoosing}>
              {strings.done}
            </Button>
          </>
        )}
      </div>
      {work && (
        <progress
          aria-label={strings.doneOf(work.done, work.of)}
          value={work.done}
          max={work.of}
          className="h-2 w-full accent-leaf"
        />
      )}
      <div className="flex gap-1">
        {archived ? (
          <IconButton
            label={strings.restoreThem}
            icon={<ArchiveRestore size={18} />}
            disabled={nothing}
            onClick={() => arrange({ archived: false }, said.restored)}
          />
        ) : (
          <>
            <IconButton
              label={strings.archiveThem}
              icon={<Archive size={18} />}
              disabled={nothing}
              onClick={() => arrange({ archived: true }, said.archived)}
            />
            <IconButton
              label={pins ? strings.pinThem : strings.unpinThem}
              icon={<Pin size={18} />}
              disabled={nothing}
              onClick={() => arrange({ pinned: pins }, pins ? said.pinned : said.unpinned)}
            />
          </>
        )}
        <IconButton
          label={strings.moveThem}
          icon={<FolderInput size={18} />}
          disabled={nothing}
          onClick={() => openDialog({ kind: 'move', conversations })}
        />
        <IconButton
          label={strings.exportThem}
          icon={<FileDown size={18} />}
          disabled={nothing}
          onClick={() => exportThem(conversations)}
        />
        <IconButton
          label={strings.deleteThem}
          icon={<Trash2 size={18} />}
          disabled={nothing}
          onClick={() => arrange({ deleted: true }, said.removed)}
        />
      </div>
    </div>
  );
}

/** Of one more can be chosen than of several. */
function exportThem(conversations: readonly string[]): void {
  const [only, another] = conversations;
  if (only !== undefined && another === undefined) openDialog({ kind: 'export', conversation: only });
  else openDialog({ kind: 'export-many', conversations });
}
