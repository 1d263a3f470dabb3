import { Command, EllipsisVertical, EyeOff, Keyboard, ScrollText, Search } from 'lucide-react';
import { useAccess } from '../../../client/hooks/index.ts';
import { IconButton, Menu, MenuItem, shortcutName } from '../../components/index.ts';
import { openTool, showFind } from '../../stores/tools.ts';

/** What opens over a conversation's page; each has a key too. */
export function PageTools() {
  const { readOnly } = useAccess();
  return (
    <>
      <IconButton
        label="Find in this conversation"
        tip={`Find in this conversation (${shortcutName('F')})`}
        icon={<Search size={18} />}
        className="max-sm:hidden!"
        onClick={() => showFind(true)}
      />
      <Menu
        label="Tools"
        align="end"
        trigger={(props) => <IconButton {...props} label="Tools" icon={<EllipsisVertical size={18} />} />}
      >
        <MenuItem icon={<Search size={16} />} onSelect={() => showFind(true)}>
          Find in this conversation
        </MenuItem>
        <MenuItem icon={<Command size={16} />} onSelect={() => openTool({ kind: 'palette' })}>
          Search chats and actions
        </MenuItem>
        {!readOnly && (
          <MenuItem icon={<ScrollText size={16} />} onSelect={() => openTool({ kind: 'system-prompt' })}>
            System prompt
          </MenuItem>
        )}
        <MenuItem icon={<EyeOff size={16} />} onSelect={() => openTool({ kind: 'pruned' })}>
          Pruned branches
        </MenuItem>
        <MenuItem icon={<Keyboard size={16} />} onSelect={() => openTool({ kind: 'shortcuts' })}>
          Keyboard shortcuts
        </MenuItem>
      </Menu>
    </>
  );
}
