import { Archive, ArchiveRestore, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useAccess } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { cx, IconButton, Menu, MenuItem } from '../../components/index.ts';
import { titleOf } from './title.ts';
import type { RowEvents } from './use-row-events.ts';

interface RowMenuProps {
  readonly header: Conversation;
  readonly tabbable: boolean;
  /** Otherwise its button shows itself on hover and focus only. */
  readonly shown: boolean;
  readonly events: RowEvents;
}

export function RowMenu({ header, tabbable, shown, events }: RowMenuProps) {
  const { readOnly } = useAccess();
  if (readOnly) return null;
  const label = `More actions for ${titleOf(header)}`;
  return (
    <Menu
      label={label}
      align="end"
      trigger={(props) => (
        <IconButton
          {...props}
          label={label}
          tip="More actions"
          icon={<Ellipsis size={16} />}
          size="sm"
          tabIndex={tabbable ? 0 : -1}
          className={cx(
            'mr-1 coarse:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 group-hover:opacity-100',
            !shown && 'opacity-0',
          )}
        />
      )}
    >
      <MenuItem icon={<Pencil size={16} />} onSelect={() => events.onRename(header)}>
        Rename
      </MenuItem>
      {header.archived ? (
        <MenuItem icon={<ArchiveRestore size={16} />} onSelect={() => events.onRestore(header)}>
          Restore
        </MenuItem>
      ) : (
        <MenuItem icon={<Archive size={16} />} onSelect={() => events.onArchive(header)}>
          Archive
        </MenuItem>
      )}
      <MenuItem danger icon={<Trash2 size={16} />} onSelect={() => events.onRemove(header)}>
        Delete
      </MenuItem>
    </Menu>
  );
}
