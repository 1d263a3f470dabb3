import { ChevronRight, Folder, FolderOpen, Pencil, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useAccess, useConnection } from '../../../client/hooks/index.ts';
import { CHAT_FOLDER_LIMIT } from '../../../protocol/limits.ts';
import { waitsForBough } from '../../actions/strings/conversations.ts';
import * as filing from '../../actions/strings/filing.ts';
import { numberText } from '../../components/amount-text.ts';
import { dirOf } from '../../components/direction.ts';
import { cx, MenuItem, VisuallyHidden } from '../../components/index.ts';
import type { ListRow } from './list-rows.ts';
import { RenameField } from './rename-field.tsx';
import { MoreMenu } from './row-menu.tsx';
import * as strings from './strings-list.ts';
import type { RowEvents } from './use-row-events.ts';

interface FolderRowProps {
  readonly row: Extract<ListRow, { kind: 'folder' }>;
  /** One row of the list is in the tab order. */
  readonly tabbable: boolean;
  readonly renaming: boolean;
  /** Something is dragged over it. */
  readonly isTarget: boolean;
  readonly events: RowEvents;
}

/** A folder of conversations: opens and closes over them. */
export const FolderRow = memo(function FolderRow({
  row,
  tabbable,
  renaming,
  isTarget,
  events,
}: FolderRowProps) {
  const { folder, count, open, holdsCurrent } = row;
  if (renaming) {
    return (
      <RenameField
        label={strings.folderName}
        title={folder.name}
        most={CHAT_FOLDER_LIMIT}
        onDone={(name) => events.onFolderRenamed(folder, name)}
      />
    );
  }
  const Icon = open ? FolderOpen : Folder;
  return (
    <div
      className={cx(
        'group flex h-full items-center rounded-lg text-sm hover:bg-hover',
        isTarget && 'bg-leaf-soft outline-2 outline-leaf -outline-offset-2',
        holdsCurrent && 'bg-leaf-soft font-medium',
      )}
    >
      <button
        type="button"
        aria-expanded={open}
        tabIndex={tabbable ? 0 : -1}
        data-row={folder.id}
        onClick={() => events.onFolderOpen(folder, !open)}
        onFocus={() => events.onFocus(folder)}
        onKeyDown={(event) => events.onFolderKey(row, event)}
        className="flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-lg pl-1.5 text-left -outline-offset-2"
      >
        <ChevronRight aria-hidden size={14} className={cx('shrink-0 text-muted', open && 'rotate-90')} />
        <Icon aria-hidden size={16} className="shrink-0 text-muted" />
        <span dir={dirOf(folder.name)} className="min-w-0 truncate" title={folder.name}>
          {folder.name}
        </span>
        <span aria-hidden className="shrink-0 text-muted text-xs tabular-nums">
          {numberText(count)}
        </span>
        <VisuallyHidden>{`, ${strings.chats(count)}`}</VisuallyHidden>
      </button>
      <FolderMenu {...{ row, tabbable, events }} />
    </div>
  );
});

function FolderMenu({
  row: { folder },
  tabbable,
  events,
}: Pick<FolderRowProps, 'row' | 'tabbable' | 'events'>) {
  const { readOnly } = useAccess();
  const whyNot = useConnection().kind === 'offline' ? { whyNot: waitsForBough } : {};
  if (readOnly) return null;
  return (
    <MoreMenu of={folder.name} tabbable={tabbable}>
      <MenuItem icon={<Pencil size={16} />} {...whyNot} onSelect={() => events.onFolderRename(folder)}>
        {filing.rename}
      </MenuItem>
      <MenuItem
        danger
        icon={<Trash2 size={16} />}
        effect={filing.chatsStay}
        {...whyNot}
        onSelect={() => events.onFolderRemove(folder)}
      >
        {filing.removeFolder}
      </MenuItem>
    </MoreMenu>
  );
}
