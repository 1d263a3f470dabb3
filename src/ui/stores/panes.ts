/**
 * What stands beside what on a conversation's page (decision 0080): the chat, the tree, or both with a movable line between.
 * Split and the place of the line are kept; Tree is for the moment, so that a page opens where one can talk.
 */
import { create } from 'zustand';
import { load, save } from './browser-storage.ts';

export type Panes = 'chat' | 'split' | 'tree';

const SPLIT = 'split';
const SHARE = 'split-share';
const OFFER = 'split-offer';

/** The chat's part of the width, in percent. */
export const CHAT_SHARE = { least: 25, most: 75, usual: 50 } as const;

interface PanesState {
  readonly panes: Panes;
  /** The chat's part of the width in Split, in percent. */
  readonly share: number;
  /** Split has been seen or declined: it is not offered any more. */
  readonly offered: boolean;
}

export const usePanes = create<PanesState>()(() => {
  const share = load(SHARE);
  return {
    panes: load(SPLIT) === true ? 'split' : 'chat',
    share: typeof share === 'number' ? within(share) : CHAT_SHARE.usual,
    offered: load(OFFER) === false,
  };
});

export function showPanes(panes: Panes): void {
  if (panes !== 'tree') save(SPLIT, panes === 'split' ? true : undefined);
  if (panes !== 'chat') declineOffer();
  usePanes.setState({ panes });
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
  if (usePanes.getState().panes === 'tree') showPanes('split');
}
