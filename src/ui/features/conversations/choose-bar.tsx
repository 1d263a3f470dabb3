import { Archive, ArchiveRestore, FileDown, FolderInput, type LucideIcon, Pin, Trash2 } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useActions, useConnection } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { arrangeWithUndo, type Did } from '../../actions/conversation/arranging.ts';
import { waitsForBough } from '../../actions/strings/conversations.ts';
import * as said from '../../actions/strings/filing.ts';
import type { Arranged } from '../../actions/undo/arrange-in-parts.ts';
import { Button, IconButton } from '../../components/index.ts';
import {
  chooseAll,
  endChoosing,
  keepChosen,
  useChosenChats,
  workOnChosen,
} from '../../stores/chosen-chats.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
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
          <Deed
            {...{ nothing, name: strings.restoreThem, icon: ArchiveRestore }}
            act={() => arrange({ archived: false }, said.restored)}
          />
        ) : (
          <>
            <Deed
              {...{ nothing, name: strings.archiveThem, icon: Archive }}
              act={() => arrange({ archived: true }, said.archived)}
            />
            <Deed
              {...{ nothing, name: pins ? strings.pinThem : strings.unpinThem, icon: Pin }}
              act={() => arrange({ pinned: pins }, pins ? said.pinned : said.unpinned)}
            />
          </>
        )}
        <Deed
          {...{ nothing, name: strings.moveThem, icon: FolderInput }}
          act={() => openDialog({ kind: 'move', conversations })}
        />
        <Deed
          {...{ nothing, name: strings.exportThem, icon: FileDown }}
          act={() => exportThem(conversations)}
        />
        <Deed
          {...{ nothing, name: strings.deleteThem, icon: Trash2 }}
          act={() => arrange({ deleted: true }, said.removed)}
        />
      </div>
    </div>
  );
}

interface DeedProps {
  readonly name: string;
  readonly icon: LucideIcon;
  /** There is nothing to do it with. */
  readonly nothing: boolean;
  readonly act: () => unknown;
}

/** One thing that is done with all that were chosen. Where Bough cannot be reached it says so, and they stay chosen. */
function Deed({ name, icon: Icon, nothing, act }: DeedProps) {
  const waits = useConnection().kind === 'offline';
  return (
    <IconButton
      label={name}
      icon={<Icon size={18} />}
      disabled={nothing}
      className="aria-disabled:opacity-50"
      onClick={() => (waits ? toast(waitsForBough) : act())}
      {...(waits && {
        'aria-disabled': true,
        'aria-description': waitsForBough,
        tip: waitsForBough,
      })}
    />
  );
}

/** Of one more can be chosen than of several. */
function exportThem(conversations: readonly string[]): void {
  const [only, another] = conversations;
  if (only !== undefined && another === undefined) openDialog({ kind: 'export', conversation: only });
  else openDialog({ kind: 'export-many', conversations });
}
