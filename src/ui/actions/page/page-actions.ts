/** All that can be done on a page, in the order in which the palette has it: what acts on the conversation first, then what acts anywhere. */
import {
  Archive,
  ArrowDownAZ,
  ArrowLeft,
  ArrowLeftRight,
  Bot,
  CalendarPlus,
  ChevronDown,
  ChevronUp,
  Clock,
  Columns2,
  Command,
  EyeOff,
  FileDown,
  FileText,
  FileUp,
  FolderGit2,
  FolderOpen,
  FolderPlus,
  FoldVertical,
  Gauge,
  Keyboard,
  ListChecks,
  LocateFixed,
  type LucideIcon,
  MapPin,
  Maximize,
  MessageSquare,
  MessageSquareDashed,
  Monitor,
  Moon,
  Network,
  PanelLeft,
  Paperclip,
  Pencil,
  Printer,
  Radio,
  Redo2,
  ScrollText,
  Search,
  Settings,
  Share2,
  Square,
  SquarePen,
  Sun,
  TextQuote,
  TextSearch,
  Undo2,
  UnfoldVertical,
  Users,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { hasAlternatives, liveIn, prunedIn } from '../../../tree/index.ts';
import { NARROW } from '../../components/use-media.ts';
import { showAsidesInTree, useAsides } from '../../stores/aside.ts';
import { type ListSort, sortList, useChatList } from '../../stores/browser/chat-list.ts';
import { showColumn, showDrawer, useLayout } from '../../stores/browser/layout.ts';
import { setReadsReplies, useReadsReplies } from '../../stores/browser/read-aloud.ts';
import { setTheme, type Theme } from '../../stores/browser/theme.ts';
import { beginChoosing } from '../../stores/chosen-chats.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ask, type ErrandName } from '../../stores/errands.ts';
import { openModels } from '../../stores/models-dialog.ts';
import { type Panes, panesOf, showPanes, showThread, usePanes, WIDE } from '../../stores/panes.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { seenSideBySide } from '../../stores/side-by-side.ts';
import { toast } from '../../stores/toasts.ts';
import { nextRedo, nextUndo } from '../../stores/undo.ts';
import { possibleFor } from '../action.ts';
import {
  CONVERSATION_ACTIONS,
  type ConversationAction,
  rename,
} from '../conversation/conversation-actions.ts';
import { summaryPlace } from '../message/summaries.ts';
import { waitsForBough } from '../strings/conversations.ts';
import * as filing from '../strings/filing.ts';
import * as strings from '../strings/pages.ts';
import * as undoing from '../strings/undoing.ts';
import * as keyed from './anywhere.ts';
import type { OnPage, PageAction, PagePlace } from './on-page.ts';

type Given = Pick<PageAction, 'id' | 'name' | 'icon' | 'run'> &
  Partial<Pick<PageAction, 'when' | 'writes' | 'where' | 'group' | 'danger'>>;

const drawn = (action: keyed.AnywhereAction, icon: LucideIcon): PageAction => ({ ...action, icon });

export const find = drawn(keyed.find, Search);
const palette = drawn(keyed.palette, Command);
const findEverywhere = drawn(keyed.findEverywhere, TextSearch);
const newChat = drawn(keyed.newChat, SquarePen);
const undo: PageAction = {
  ...drawn(keyed.undo, Undo2),
  called: ({ page }) => undoing.undoOf(nextUndo(page?.view.id)),
  when: ({ page }) => nextUndo(page?.view.id) !== undefined || undoing.nothingToUndo,
};
const redo: PageAction = {
  ...drawn(keyed.redo, Redo2),
  called: ({ page }) => undoing.redoOf(nextRedo(page?.view.id)),
  when: ({ page }) => nextRedo(page?.view.id) !== undefined || undoing.nothingToRedo,
};
const print = drawn(keyed.print, Printer);
const settings = drawn(keyed.settings, Settings);
const shortcuts = drawn(keyed.shortcuts, Keyboard);

const isNarrow = (): boolean => window.matchMedia(NARROW).matches;

/** Only where there is a conversation. */
const inConversation = ({ when, ...given }: Given): PageAction => ({
  ...{ group: 'conversation', where: ['palette'] as const },
  ...given,
  when: (on) => on.page !== undefined && (when?.(on) ?? true),
});

/** The chat is brought beside the tree first, where only the tree is shown. */
const inChat = (given: Given): PageAction =>
  inConversation({
    ...given,
    run: (on) => {
      showThread();
      given.run(on);
    },
  });

function showsChatAlone({ page }: OnPage): boolean {
  const forked = page !== undefined && hasAlternatives(page.view.tree, seenSideBySide());
  const wide = window.matchMedia(WIDE).matches;
  return panesOf(usePanes.getState(), page?.view.id ?? '', { forked, wide, narrow: isNarrow() }) === 'chat';
}

/** Of the diagram, which a phone has not; the tree is shown for it. */
const inTree = (name: ErrandName, words: string, icon: LucideIcon): PageAction =>
  inConversation({
    ...{ id: `tree-${name}`, name: words, icon, group: 'tree' },
    when: () => !isNarrow(),
    run: (on) => {
      if (showsChatAlone(on)) showPanes('split');
      ask(name);
    },
  });

const pane = (panes: Panes, name: string, icon: LucideIcon): PageAction =>
  inConversation({ id: `panes-${panes}`, name, icon, run: () => showPanes(panes) });

const stop = inConversation({
  ...{ id: 'stop', name: strings.stop, icon: Square, writes: true },
  when: ({ page }) => page?.view.live !== undefined,
  run: ({ page, client }) => page?.view.live && client.stop(page.view.id, page.view.live.id),
});

/** All that is being written in the conversation, on whatever branch. */
export const stopAll = inConversation({
  ...{ id: 'stop-all', name: strings.stopAll, icon: Square, writes: true },
  when: ({ page }) => page !== undefined && liveIn(page.view.tree).length > 1,
  run: async ({ page, client }) => {
    if (!page) return;
    const { id, tree } = page.view;
    const live = liveIn(tree);
    await Promise.all(live.map((reply) => client.stop(id, reply.id)));
    toast(strings.repliesStopped(live.length));
  },
});

const share = inConversation({
  ...{ id: 'share', name: strings.share, icon: Share2, writes: true },
  where: ['tools', 'palette'],
  run: () => openDialog({ kind: 'share' }),
});

const systemPrompt = inConversation({
  ...{ id: 'system-prompt', name: strings.systemPrompt, icon: ScrollText, writes: true },
  where: ['tools', 'palette'],
  run: () => openDialog({ kind: 'system-prompt' }),
});

const summarise = inConversation({
  ...{ id: 'summarise', name: strings.summarise, icon: FileText, writes: true },
  when: ({ page }) => {
    const place = page && summaryPlace(page.view);
    return typeof place === 'string' ? place : true;
  },
  run: () => openDialog({ kind: 'summary' }),
});

/** Dashed, among the branches; counted nowhere. */
const asidesInTree: PageAction = {
  ...inConversation({
    ...{ id: 'asides-in-tree', name: strings.showAsides, icon: MessageSquareDashed },
    where: ['tools', 'palette'],
    when: ({ page }) => (page?.view.tree.asides.size ?? 0) > 0,
    run: () => showAsidesInTree(!useAsides.getState().inTree),
  }),
  called: () => (useAsides.getState().inTree ? strings.hideAsides : strings.showAsides),
};

const pruned: PageAction = {
  ...inConversation({
    ...{ id: 'pruned', name: strings.hiddenBranches, icon: EyeOff, where: ['tools', 'palette'] },
    run: () => openDialog({ kind: 'pruned' }),
  }),
  called: ({ page }) => {
    const tree = page?.view.tree;
    return strings.hiddenBranchesOf(tree ? prunedIn(tree.whole ?? tree).length : 0);
  },
};

/** What is done with a row of the list, for the conversation on the page. */
const ofConversation = (action: ConversationAction): PageAction => ({
  ...inConversation({
    ...{ id: action.id, icon: action.icon, name: action.name, writes: true },
    where: ['tools', 'palette'],
    ...(action.danger && { danger: true }),
    when: ({ page, ...on }) => {
      const header = page?.view.header;
      return header !== undefined && possibleFor(action, { ...on, header });
    },
    run: ({ page, ...on }) => {
      const header = page?.view.header;
      if (!header) return undefined;
      // In the head of the page, where its title is.
      return action === rename ? ask('title') : action.run({ ...on, header });
    },
  }),
  called: ({ page, ...on }) => {
    const header = page?.view.header;
    return (header && action.says?.({ ...on, header })) ?? action.name;
  },
});

const anywhere = (given: Given): PageAction => ({ group: 'anywhere', where: ['palette'], ...given });

const look = (theme: Theme, name: string, icon: LucideIcon): PageAction =>
  anywhere({ id: `theme-${theme}`, name, icon, run: () => setTheme(theme) });

/** What comes of it is seen in the list. */
const sort = (by: ListSort, icon: LucideIcon): PageAction =>
  anywhere({
    ...{ id: `sort-${by}`, name: filing.sortBy[by], icon },
    when: () => useChatList.getState().sort !== by || filing.isSorted,
    run: () => {
      showList();
      sortList(by);
    },
  });

const readReplies = (on: boolean, name: string, said: string, icon: LucideIcon): PageAction =>
  anywhere({
    ...{ id: `read-replies-${on}`, name, icon },
    when: () => useReadsReplies.getState().on !== on,
    run: () => {
      setReadsReplies(on);
      toast(said);
    },
  });

const PAGE_ACTIONS: readonly PageAction[] = [
  find,
  palette,
  findEverywhere,
  stop,
  stopAll,
  inChat({
    id: 'write',
    name: strings.write,
    icon: Pencil,
    writes: true,
    run: () => ask('composer'),
  }),
  inChat({ id: 'last', name: strings.lastMessage, icon: MessageSquare, run: () => ask('last-message') }),
  pane('chat', strings.showChat, MessageSquare),
  pane('split', strings.showBoth, Columns2),
  pane('tree', strings.showTree, Network),
  systemPrompt,
  summarise,
  inChat({ id: 'attach', name: strings.attach, icon: Paperclip, writes: true, run: () => ask('attach') }),
  anywhere({
    ...{ id: 'attach-folder', name: strings.attachFolder, icon: FolderOpen, writes: true },
    run: () => {
      showThread();
      ask('attach', 'folder');
    },
  }),
  inChat({ id: 'context', name: strings.context, icon: Gauge, writes: true, run: () => ask('context') }),
  inConversation({ id: 'back', name: strings.back, icon: ArrowLeft, run: () => history.back() }),
  inTree('centre', strings.centre, LocateFixed),
  inTree('next', strings.next, MapPin),
  inTree('fork-above', strings.forkAbove, ChevronUp),
  inTree('fork-below', strings.forkBelow, ChevronDown),
  inTree('other-branch', strings.otherBranch, ArrowLeftRight),
  // A phone has it above the outline.
  inConversation({
    ...{ id: 'tree-live', name: strings.live, icon: Radio, group: 'tree' },
    run: (on) => {
      if (isNarrow()) showPanes('tree');
      else if (showsChatAlone(on)) showPanes('split');
      ask('live');
    },
  }),
  inTree('fit', strings.fit, Maximize),
  inTree('unfold-everything', strings.unfold, UnfoldVertical),
  inTree('fold-again', strings.foldAgain, FoldVertical),
  anywhere({
    ...{ id: 'prompts', name: strings.prompts, icon: TextQuote, writes: true },
    where: ['tools', 'palette'],
    run: () => openDialog({ kind: 'prompts' }),
  }),
  asidesInTree,
  pruned,
  undo,
  redo,
  ...CONVERSATION_ACTIONS.flatMap((action) => [
    ofConversation(action),
    ...(action.id === 'export-chat' ? [share] : []),
  ]),
  newChat,
  anywhere({ id: 'models', name: strings.chooseModel, icon: Bot, writes: true, run: () => openChooser() }),
  anywhere({
    ...{ id: 'new-folder', name: filing.newFolder, icon: FolderPlus, writes: true },
    when: ({ offline }) => (offline ? waitsForBough : true),
    run: () => openDialog({ kind: 'new-folder' }),
  }),
  anywhere({
    ...{ id: 'select-chats', name: filing.selectChats, icon: ListChecks, writes: true },
    run: () => {
      showList();
      beginChoosing();
    },
  }),
  sort('used', Clock),
  sort('made', CalendarPlus),
  sort('title', ArrowDownAZ),
  anywhere({ id: 'archived', name: strings.archived, icon: Archive, run: () => goToArchived() }),
  print,
  anywhere({
    ...{ id: 'access', name: strings.access, icon: Users },
    run: () => openDialog({ kind: 'access' }),
  }),
  anywhere({
    ...{ id: 'copies', name: strings.copies, icon: FolderGit2, writes: true },
    run: () => openDialog({ kind: 'copies' }),
  }),
  anywhere({
    ...{ id: 'import', name: strings.importChats, icon: FileUp, writes: true },
    run: () => openDialog({ kind: 'import' }),
  }),
  anywhere({
    ...{ id: 'export', name: strings.exportChats, icon: FileDown, writes: true },
    run: () => openDialog({ kind: 'export' }),
  }),
  settings,
  shortcuts,
  anywhere({
    id: 'sidebar',
    name: strings.list,
    icon: PanelLeft,
    run: () => toggleList(),
  }),
  inChat({ id: 'read-reply', name: strings.readReply, icon: Volume2, run: () => ask('read-reply') }),
  readReplies(true, strings.readReplies, strings.readsReplies, Volume2),
  readReplies(false, strings.readNoReplies, strings.readsNoReplies, VolumeX),
  look('light', strings.light, Sun),
  look('dark', strings.dark, Moon),
  look('system', strings.system, Monitor),
];

/** Those that a place shows now. */
export function pageActionsIn(place: PagePlace, on: OnPage): readonly PageAction[] {
  return PAGE_ACTIONS.filter((action) => action.where.includes(place) && possibleFor(action, on) !== false);
}

/** Where there is no message box to choose it for, the models are in the settings. */
function openChooser(): void {
  const { kind } = currentRoute();
  if (kind !== 'new' && kind !== 'conversation') return navigate({ kind: 'settings', section: 'models' });
  showThread();
  openModels();
}

/** In the list, which comes for it. */
export function goToArchived(): void {
  showList();
  ask('archived');
}

export function showList(): void {
  if (isNarrow()) showDrawer(true);
  else showColumn(true);
}

function toggleList(): void {
  if (isNarrow()) showDrawer(true);
  else showColumn(!useLayout.getState().column);
}
