/**
 * Where the next message of a conversation goes, if not to the end of the path: "Fork from here" sets it, and nothing is written until
 * Send (tree rule 4). Kept for the session, by conversation.
 */
import { create } from 'zustand';
import { ownOf } from '../../../protocol/own-property.ts';
import { announce } from '../announce.ts';
import { ask } from '../errands.ts';
import * as strings from '../strings.ts';

export interface Target {
  /** The message the new branch follows. */
  readonly message: string;
  /** Its first words (`excerpt`), as people are told where that is. */
  readonly words: string;
}

const useStore = create<Readonly<Record<string, Target>>>()(() => ({}));

export function useTarget(conversation: string | undefined): Target | undefined {
  return useStore((targets) => (conversation === undefined ? undefined : ownOf(targets, conversation)));
}

export function targetOf(conversation: string): Target | undefined {
  return ownOf(useStore.getState(), conversation);
}

/** The next message starts a branch after `target`; the message box gets the focus. */
export function setTarget(conversation: string, target: Target): void {
  useStore.setState((targets) => ({ ...targets, [conversation]: target }), true);
  announce(strings.newBranchAfter(target.words));
  ask('composer');
}

export function dropTarget(conversation: string): void {
  useStore.setState(({ [conversation]: _, ...rest }) => rest, true);
}
