/**
 * What stands beside what on a conversation's page (decision 0143): the chat, the tree, or both with a movable line between.
 * Chat or Split is kept by conversation, the place of the line for all; Tree is for the moment, so that a page opens where one can talk.
 */
import { create } from 'zustand';
import { load, save } from './browser/browser-storage.ts';
import { currentConversation } from './page.ts';

export type Panes = 'chat' | 'split' | 'tree';
type ChosenPanes = Exclude<Panes, 'tree'>;

const CHOSEN = 'panes';
const SHARE = 'split-share';
const OFFER = 'split-offer';
/** Whether a conversation forks, as it was when it was open: where its message box will stand is known before it is read (public/theme.js). */
const FORKED = 'forked';
/** Conversations whose choice is kept: the latest. */
const CONVERSATIONS = 200;

/** From this width on there is room for both: a conversation with forks opens so. */
export const WIDE = '(min-width: 1100px)';

/** The chat's part of the width, in percent. */
export const CHAT_SHARE = { least: 25, most: 75, usual: 50 } as const;

interface PanesState {
  /** What a person chose, by conversation. */
  readonly chosen: ReadonlyMap<string, ChosenPanes>;
  /** Only the tree is shown. */
  readonly tree: boolean;
  /** The chat's part of the width in Split, in percent. */
  readonly share: number;
  /** Split has been seen or declined: it is not offered any more. */
  readonly offered: boolean;
}

export const usePanes = create<PanesState>()(() => {
  const share = load(SHARE);
  return {
    chosen: stored(),
    tree: false,
    share: typeof share === 'number' ? within(share) : CHAT_SHARE.usual,
    offered: load(OFFER) === false,
  };
});

function stored(): PanesState['chosen'] {
  const value = load(CHOSEN);
  if (!Array.isArray(value)) return new Map();
  const known = (entry: unknown): entry is [string, ChosenPanes] =>
    Array.isArray(entry) && typeof entry[0] === 'string' && (entry[1] === 'chat' || entry[1] === 'split');
  return new Map(value.filter(known));
}

interface Room {
  readonly forked: boolean;
  /** There is room for both without being asked (`WIDE`). */
  readonly wide: boolean;
  /** There is no room for two panes (a phone). */
  readonly narrow: boolean;
}

/** What a conversation shows: what was chosen for it, else both once it forks where there is room. `public/theme.js` says the same before the page is there. */
export function panesOf(
  { chosen, tree }: Pick<PanesState, 'chosen' | 'tree'>,
  conversation: string,
  { forked, wide, narrow }: Room,
): Panes {
  if (tree) return 'tree';
  if (narrow) return 'chat';
  return chosen.get(conversation) ?? (forked && wide ? 'split' : 'chat');
}

/** Chooses for the conversation on the page. */
export function showPanes(panes: Panes): void {
  if (panes !== 'chat') declineOffer();
  if (panes === 'tree') {
    usePanes.setState({ tree: true });
    return;
  }
  const conversation = currentConversation();
  // What other tabs chose meanwhile stays.
  const chosen = new Map(stored());
  if (conversation !== undefined) {
    chosen.delete(conversation);
    chosen.set(conversation, panes);
    save(CHOSEN, [...chosen].slice(-CONVERSATIONS));
  }
  usePanes.setState({ chosen, tree: false });
}

/** Back from the tree alone to what the conversation showed. */
export function leaveTree(): void {
  usePanes.setState({ tree: false });
}

/** Undefined: it was not open here. */
export const wasForked = (conversation: string): boolean | undefined => forkedBefore().get(conversation);

export function keepForked(conversation: string, forked: boolean): void {
  const before = forkedBefore();
  if (before.get(conversation) === forked) return;
  before.delete(conversation);
  before.set(conversation, forked);
  save(FORKED, [...before].slice(-CONVERSATIONS));
}

function forkedBefore(): Map<string, boolean> {
  const value = load(FORKED);
  const known = (entry: unknown): entry is [string, boolean] =>
    Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'boolean';
  return new Map(Array.isArray(value) ? value.filter(known) : []);
}

/** Moves the line; kept inside `CHAT_SHARE`. */
export function setShare(percent: number): void {
  const share = within(percent);
  save(SHARE, share);
  usePanes.setState({ share });
}

export function declineOffer(): void {
  save(OFFER, false);
  usePanes.setState({ offered: true });
}

function within(percent: number): number {
  const { least, most, usual } = CHAT_SHARE;
  return Number.isFinite(percent) ? Math.round(Math.min(most, Math.max(least, percent))) : usual;
}

/** Brings the chat, where only the tree is shown, beside it. */
export function showThread(): void {
  if (usePanes.getState().tree) showPanes('split');
}
