import { Archive, ArrowLeft, Search, SquarePen } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAccess, useConversations } from '../../../client/hooks/index.ts';
import { breath } from '../../../client/kit/slices.ts';
import { goToFind } from '../../actions/page/anywhere.ts';
import { findEverywhere } from '../../actions/strings/anywhere.ts';
import { Button, IconButton, Link, Logo, later, shortcutName } from '../../components/index.ts';
import { ask, useErrand } from '../../stores/errands.ts';
import { startNewChat } from '../../stores/new-chat.ts';
import { useRoute } from '../../stores/route.ts';
import { ListSkeleton } from './list-skeleton.tsx';
import { SidebarToggle } from './sidebar-toggle.tsx';
import * as strings from './strings.ts';

// Not part of the first load; their places are kept. The list comes while what it shows is read.
const LoadedList = later(async () => (await import('./list-area.tsx')).ListArea, <ListSkeleton />);
void breath().then(LoadedList.load);
const ListMenu = later(async () => (await import('./list-menu.tsx')).ListMenu, <span className="w-9" />);
const SidebarTools = later(
  async () => (await import('./sidebar-tools.tsx')).SidebarTools,
  <span className="h-9" />,
);

/** The conversations, with what belongs beside them. `onHide` folds it away. */
export function Sidebar({ onHide }: { readonly onHide: () => void }) {
  const [{ archived, filter }, show] = useState({ archived: false, filter: '' });
  const setArchived = (archived: boolean) => show({ archived, filter: '' });
  useErrand('archived', () => setArchived(true));
  useErrand('folder', (id) => {
    setArchived(false);
    ask('folder-row', id);
  });
  const conversations = useConversations();
  const { readOnly } = useAccess();
  const route = useRoute();
  const list = useMemo(
    () => conversations.list.filter((header) => header.archived === archived),
    [conversations.list, archived],
  );
  const hidden = conversations.list.length - list.length;
  const archivedCount = archived ? list.length : hidden;
  return (
    <nav aria-label={strings.conversations} className="flex h-full flex-col bg-sunken">
      <div className="flex items-center gap-1 py-2 pr-2 pl-3">
        <Link to={{ kind: 'new' }} className="flex items-center gap-1.5 rounded-lg pr-2 font-serif text-xl">
          <Logo size={26} className="text-leaf" />
          {strings.bough}
        </Link>
        <span className="flex-1" />
        <IconButton
          label={findEverywhere}
          tip={`${findEverywhere} (${shortcutName('F', { shift: true })})`}
          icon={<Search size={18} />}
          onClick={goToFind}
        />
        <SidebarToggle label={strings.hide} onClick={onHide} />
      </div>
      <div className="flex justify-end gap-1 px-2 pb-2">
        {archived && (
          <Button
            look="ghost"
            className="flex-1 justify-start"
            icon={<ArrowLeft size={16} />}
            onClick={() => setArchived(false)}
          >
            {strings.all}
          </Button>
        )}
        {!archived && !readOnly && (
          <Button
            className="flex-1 justify-start"
            icon={<SquarePen size={16} />}
            onClick={startNewChat}
            tip={strings.newChatKey(shortcutName('O', { shift: true }))}
          >
            {strings.newChat}
          </Button>
        )}
        <ListMenu />
      </div>
      <LoadedList
        key={String(archived)}
        archived={archived}
        filter={filter}
        onShowOthers={(filter) => show({ archived: !archived, filter })}
        conversations={conversations}
        list={list}
        current={route.kind === 'conversation' ? route.id : undefined}
      />
      <div className="flex flex-wrap items-center justify-between border-line border-t p-2">
        <Button
          look="ghost"
          icon={<Archive size={16} />}
          aria-pressed={archived}
          className="px-2! aria-pressed:bg-hover aria-pressed:text-ink"
          onClick={() => setArchived(!archived)}
        >
          {strings.archived}
          {archivedCount > 0 && (
            <span className="text-muted text-xs tabular-nums">{strings.count(archivedCount)}</span>
          )}
        </Button>
        <SidebarTools readOnly={readOnly} />
      </div>
    </nav>
  );
}
