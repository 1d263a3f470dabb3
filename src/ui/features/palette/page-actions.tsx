/** Every action of the page, for the palette: the keys that act anywhere, the panes, the looks, what opens over the page. */
import {
  Archive,
  Columns2,
  EyeOff,
  Keyboard,
  KeyRound,
  type LucideIcon,
  MessageSquare,
  Monitor,
  Moon,
  Network,
  PanelLeft,
  Pencil,
  ScrollText,
  Search,
  Square,
  SquarePen,
  Sun,
  Trash2,
  Undo2,
} from 'lucide-react';
import type { Actions } from '../../../client/types.ts';
import { PAGE_KEYS } from '../../app/page-keys.ts';
import { NARROW, shortcutName } from '../../components/index.ts';
import { requestFocus } from '../../stores/focus.ts';
import { showColumn, showDrawer, useLayout } from '../../stores/layout.ts';
import { startNewChat } from '../../stores/new-chat.ts';
import type { Page } from '../../stores/page.ts';
import { type Panes, showPanes } from '../../stores/panes.ts';
import { setTheme, type Theme } from '../../stores/theme.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { openTool, showFind } from '../../stores/tools.ts';
import { undoLast } from '../../stores/undo.ts';
import type { Action } from '../actions/message-actions.tsx';
import type { ConversationCommands } from '../conversations/use-conversation-commands.ts';

interface PageScene {
  /** Undefined on a page without a conversation. */
  readonly page: Page | undefined;
  readonly actions: Actions;
  readonly commands: ConversationCommands;
}

export function pageActions(scene: PageScene): readonly Action[] {
  return [...(scene.page ? conversationActions(scene.page, scene) : []), ...everywhere()];
}

const item = (id: string, name: string, Icon: LucideIcon, run: () => void): Action => ({
  ...{ id, name, run, icon: <Icon size={16} /> },
  ...keysOf(id),
});

/** As the list of keys has it. */
function keysOf(id: string): Pick<Action, 'keys'> {
  const key = PAGE_KEYS.find((one) => one.id === id && !one.plain);
  return key ? { keys: shortcutName(key.key.toUpperCase(), { shift: key.shift ?? false }) } : {};
}

function conversationActions(page: Page, { actions, commands }: PageScene): readonly Action[] {
  const { header, live, id } = page.view;
  const { readOnly } = page;
  const pane = (panes: Panes, name: string, Icon: LucideIcon) =>
    item(`panes-${panes}`, name, Icon, () => showPanes(panes));
  return [
    item('find', 'Find in this conversation', Search, () => showFind(true)),
    ...(live && !readOnly
      ? [item('stop', 'Stop the reply', Square, () => void actions.stop(id, live.id).catch(toastFailure))]
      : []),
    item('write', 'Go to the message box', Pencil, () => requestFocus('composer')),
    item('last', 'Go to the last message', MessageSquare, () => requestFocus('last-message')),
    pane('chat', 'Show the chat', MessageSquare),
    pane('split', 'Show chat and tree side by side', Columns2),
    pane('tree', 'Show the tree', Network),
    ...(readOnly
      ? []
      : [item('system-prompt', 'System prompt', ScrollText, () => openTool({ kind: 'system-prompt' }))]),
    item('pruned', 'Pruned branches', EyeOff, () => openTool({ kind: 'pruned' })),
    ...(header && !readOnly
      ? [
          header.archived
            ? item('restore', 'Restore this chat to the list', Archive, () => commands.restore(header))
            : item('archive', 'Archive this chat', Archive, () => commands.archive(header)),
          item('delete', 'Delete this chat', Trash2, () => commands.remove(header)),
        ]
      : []),
  ];
}

function everywhere(): readonly Action[] {
  const look = (theme: Theme, name: string, Icon: LucideIcon) =>
    item(`theme-${theme}`, name, Icon, () => setTheme(theme));
  return [
    item('new-chat', 'New chat', SquarePen, startNewChat),
    item('undo', 'Undo', Undo2, () => void undoLast()),
    item('access', 'Access from elsewhere', KeyRound, () => openTool({ kind: 'access' })),
    item('shortcuts', 'Keyboard shortcuts', Keyboard, () => openTool({ kind: 'shortcuts' })),
    item('sidebar', 'Show or hide the list of chats', PanelLeft, toggleList),
    look('light', 'Light colours', Sun),
    look('dark', 'Dark colours', Moon),
    look('system', 'Colours of the system', Monitor),
  ];
}

function toggleList(): void {
  if (window.matchMedia(NARROW).matches) showDrawer(true);
  else showColumn(!useLayout.getState().column);
}
