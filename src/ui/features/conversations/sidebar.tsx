import { Archive, ArrowLeft, KeyRound, Monitor, Moon, SquarePen, Sun } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAccess, useConversations } from '../../../client/hooks/index.ts';
import { Button, IconButton, Link, Logo, Menu, MenuItem, shortcutName } from '../../components/index.ts';
import { useErrand } from '../../stores/errands.ts';
import { startNewChat } from '../../stores/new-chat.ts';
import { useRoute } from '../../stores/route.ts';
import { setTheme, type Theme, useTheme } from '../../stores/theme.ts';
import { openTool } from '../../stores/tools.ts';
import { ListArea } from './list-area.tsx';
import { SidebarToggle } from './sidebar-toggle.tsx';

/** The conversations, with what belongs beside them. `onHide` folds it away. */
export function Sidebar({ onHide }: { readonly onHide: () => void }) {
  const [archived, setArchived] = useState(false);
  useErrand('archived', () => setArchived(true));
  const conversations = useConversations();
  const { readOnly } = useAccess();
  const route = useRoute();
  const list = useMemo(
    () => conversations.list.filter((header) => header.archived === archived),
    [conversations.list, archived],
  );
  return (
    <nav aria-label="Conversations" className="flex h-full flex-col bg-sunken">
      <div className="flex items-center gap-1 py-2 pr-2 pl-3">
        <Link to={{ kind: 'new' }} className="flex items-center gap-1.5 rounded-lg pr-2 font-serif text-xl">
          <Logo size={26} className="text-leaf" />
          Bough
        </Link>
        <SidebarToggle label="Hide conversations" onClick={onHide} className="ml-auto" />
      </div>
      <div className="px-2 pb-2 empty:hidden">
        {archived && (
          <Button
            look="ghost"
            className="w-full justify-start"
            icon={<ArrowLeft size={16} />}
            onClick={() => setArchived(false)}
          >
            All conversations
          </Button>
        )}
        {!archived && !readOnly && (
          <Button
            className="w-full justify-start"
            icon={<SquarePen size={16} />}
            onClick={startNewChat}
            tip={`New chat (${shortcutName('O', { shift: true })})`}
          >
            New chat
          </Button>
        )}
      </div>
      <ListArea
        key={String(archived)}
        archived={archived}
        conversations={conversations}
        list={list}
        current={route.kind === 'conversation' ? route.id : undefined}
      />
      <div className="flex items-center justify-between border-line border-t p-2">
        <Button
          look="ghost"
          icon={<Archive size={16} />}
          aria-pressed={archived}
          className="aria-pressed:bg-hover aria-pressed:text-ink"
          onClick={() => setArchived(!archived)}
        >
          Archived
        </Button>
        <span className="flex">
          <IconButton
            label="Access"
            tip="Access: who else gets in"
            icon={<KeyRound size={18} />}
            onClick={() => openTool({ kind: 'access' })}
          />
          <ThemeMenu />
        </span>
      </div>
    </nav>
  );
}

const THEMES: readonly { readonly theme: Theme; readonly name: string; readonly icon: typeof Sun }[] = [
  { theme: 'system', name: 'As the system', icon: Monitor },
  { theme: 'light', name: 'Light', icon: Sun },
  { theme: 'dark', name: 'Dark', icon: Moon },
];

function ThemeMenu() {
  const current = useTheme((state) => state.theme);
  const Icon = THEMES.find(({ theme }) => theme === current)?.icon ?? Monitor;
  return (
    <Menu
      label="Theme"
      align="end"
      trigger={(props) => <IconButton {...props} label="Theme" icon={<Icon size={18} />} />}
    >
      {THEMES.map(({ theme, name, icon: ItemIcon }) => (
        <MenuItem
          key={theme}
          icon={<ItemIcon size={16} />}
          checked={theme === current}
          onSelect={() => setTheme(theme)}
        >
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
