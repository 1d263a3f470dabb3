import { ArrowDownAZ, CalendarPlus, Clock, FolderPlus, ListChecks, SlidersHorizontal } from 'lucide-react';
import { useAccess, useConnection } from '../../../client/hooks/index.ts';
import { waitsForBough } from '../../actions/strings/conversations.ts';
import { IconButton, Menu, MenuItem } from '../../components/index.ts';
import { LIST_SORTS, type ListSort, sortList, useChatList } from '../../stores/browser/chat-list.ts';
import { beginChoosing } from '../../stores/chosen-chats.ts';
import { openDialog } from '../../stores/dialogs.ts';
import * as strings from './strings-filing.ts';

const ICONS: Readonly<Record<ListSort, typeof Clock>> = {
  used: Clock,
  made: CalendarPlus,
  title: ArrowDownAZ,
};

/** Above the list: its order, which stays over reloads, and what makes a folder. */
export function ListMenu() {
  const { readOnly } = useAccess();
  const current = useChatList(({ sort }) => sort);
  const whyNot = readOnly ? { whyNot: strings.signedInToRead } : {};
  const waits = useConnection().kind === 'offline' ? { whyNot: waitsForBough } : {};
  return (
    <Menu
      label={strings.listOptions}
      align="end"
      trigger={(props) => (
        <IconButton {...props} label={strings.listOptions} icon={<SlidersHorizontal size={18} />} />
      )}
    >
      {LIST_SORTS.map((sort) => {
        const Icon = ICONS[sort];
        return (
          <MenuItem
            key={sort}
            icon={<Icon size={16} />}
            checked={sort === current}
            onSelect={() => sortList(sort)}
          >
            {strings.sort[sort]}
          </MenuItem>
        );
      })}
      <MenuItem
        icon={<FolderPlus size={16} />}
        {...waits}
        {...whyNot}
        onSelect={() => openDialog({ kind: 'new-folder' })}
      >
        {strings.newFolder}
      </MenuItem>
      <MenuItem icon={<ListChecks size={16} />} {...whyNot} onSelect={beginChoosing}>
        {strings.selectChats}
      </MenuItem>
    </Menu>
  );
}
