/** Every action of the page, for the palette: the keys that act anywhere, the panes, the looks, what opens over the page. */
import {
  Archive,
  ArrowLeftRight,
  Bot,
  ChevronDown,
  ChevronUp,
  Columns2,
  EyeOff,
  FoldVertical,
  Gauge,
  Keyboard,
  KeyRound,
  LocateFixed,
  type LucideIcon,
  Maximize,
  MessageSquare,
  Monitor,
  Moon,
  Network,
  PanelLeft,
  Paperclip,
  Pencil,
  Radio,
  ScrollText,
  Search,
  Square,
  SquarePen,
  Sun,
  TextCursorInput,
  Trash2,
  Undo2,
  UnfoldVertical,
} from 'lucide-react';
import type { Actions } from '../../../client/types.ts';
import { PAGE_KEYS } from '../../app/page-keys.ts';
import { NARROW, shortcutName } from '../../components/index.ts';
import { requestFocus } from '../../stores/focus.ts';
import { showColumn, showDrawer, useLayout } from '../../stores/layout.ts';
import { openModels } from '../../stores/models-dialog.ts';
import { startNewChat } from '../../stores/new-chat.ts';
import type { OpenPage } from '../../stores/page.ts';
import { type Panes, showPanes, usePanes } from '../../stores/panes.ts';
import { setTheme, type Theme } from '../../stores/theme.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { openTool, showFind } from '../../stores/tools.ts';
import { undoLast } from '../../stores/undo.ts';
import { type Wish, wish } from '../../stores/wishes.ts';
import type { Action } from '../actions/message-actions.tsx';
import type { ConversationCommands } from '../conversations/use-conversation-commands.ts';

interface PageScene {
  /** Undefined on a page without a conversation. */
  readonly page: OpenPage | undefined;
  readonly readOnly: boolean;
  readonly actions: Actions;
  readonly commands: ConversationCommands;
}

export function pageActions(scene: PageScene): readonly Action[] {
  return [...(scene.page ? conversationActions(scene.page, scene) : []), ...everywhere(scene)];
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

function conversationActions(page: OpenPage, { readOnly, actions, commands }: PageScene): readonly Action[] {
  const { header, live, id } = page.view;
  const pane = (panes: Panes, name: string, Icon: LucideIcon) =>
    item(`panes-${panes}`, name, Icon, () => showPanes(panes));
  return [
    item('find', 'Find in this conversation', Search, () => showFind(true)),
    ...(live && !readOnly
      ? [item('stop', 'Stop the reply', Square, () => void actions.stop(id, live.id).catch(toastFailure))]
      : []),
    ...(readOnly ? [] : [inChat('write', 'Go to the message box', Pencil, () => requestFocus('composer'))]),
    inChat('last', 'Go to the last message', MessageSquare, () => requestFocus('last-message')),
    pane('chat', 'Show the chat', MessageSquare),
    pane('split', 'Show chat and tree side by side', Columns2),
    pane('tree', 'Show the tree', Network),
    ...(readOnly
      ? []
      : [
          item('system-prompt', 'System prompt', ScrollText, () => openTool({ kind: 'system-prompt' })),
          inChat('attach', 'Attach files', Paperclip, () => wish('attach')),
          inChat('context', 'Context and cost', Gauge, () => wish('context')),
        ]),
    ...treeActions(),
    item('pruned', 'Pruned branches', EyeOff, () => openTool({ kind: 'pruned' })),
    ...(header && !readOnly
      ? [
          item('rename', 'Rename this chat', TextCursorInput, () => {
            showList();
            wish('rename', header.id);
          }),
          header.archived
            ? item('restore', 'Restore this chat to the list', Archive, () => commands.restore(header))
            : item('archive', 'Archive this chat', Archive, () => commands.archive(header)),
          item('delete', 'Delete this chat', Trash2, () => commands.remove(header)),
        ]
      : []),
  ];
}

/** Where only the tree is shown, the chat comes beside it. */
const inChat = (id: string, name: string, Icon: LucideIcon, run: () => void): Action =>
  item(id, name, Icon, () => {
    if (usePanes.getState().panes === 'tree') showPanes('split');
    run();
  });

/** Of the diagram, which a phone has not; the tree is shown for them. */
function treeActions(): readonly Action[] {
  const back = item('back', 'Back to where you were', Undo2, () => history.back());
  if (window.matchMedia(NARROW).matches) return [back];
  const inTree = (name: Wish, words: string, Icon: LucideIcon) =>
    item(`tree-${name}`, words, Icon, () => {
      if (usePanes.getState().panes === 'chat') showPanes('split');
      wish(name);
    });
  return [
    back,
    inTree('centre', 'Show where I am in the tree', LocateFixed),
    inTree('fork-above', 'Show the fork above in the tree', ChevronUp),
    inTree('fork-below', 'Show the fork below in the tree', ChevronDown),
    inTree('other-branch', 'Go to the other branch of this fork', ArrowLeftRight),
    inTree('live', 'Show what is live in the tree', Radio),
    inTree('fit', 'Fit the whole tree', Maximize),
    inTree('unfold-everything', 'Unfold everything in the tree', UnfoldVertical),
    inTree('fold-again', 'Fold the tree again', FoldVertical),
  ];
}

function everywhere({ readOnly }: PageScene): readonly Action[] {
  const look = (theme: Theme, name: string, Icon: LucideIcon) =>
    item(`theme-${theme}`, name, Icon, () => setTheme(theme));
  return [
    ...(readOnly
      ? []
      : [
          item('new-chat', 'New chat', SquarePen, startNewChat),
          inChat('models', 'Choose a model', Bot, () => openModels()),
        ]),
    item('archived', 'Archived chats', Archive, () => {
      showList();
      wish('archived');
    }),
    item('undo', 'Undo', Undo2, () => void undoLast()),
    item('access', 'Access from elsewhere', KeyRound, () => openTool({ kind: 'access' })),
    item('shortcuts', 'Keyboard shortcuts', Keyboard, () => openTool({ kind: 'shortcuts' })),
    item('sidebar', 'Show or hide the list of chats', PanelLeft, toggleList),
    look('light', 'Light colours', Sun),
    look('dark', 'Dark colours', Moon),
    look('system', 'Colours of the system', Monitor),
  ];
}

function showList(): void {
  if (window.matchMedia(NARROW).matches) showDrawer(true);
  else showColumn(true);
}

function toggleList(): void {
  if (window.matchMedia(NARROW).matches) showDrawer(true);
  else showColumn(!useLayout.getState().column);
}
