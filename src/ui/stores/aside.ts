/** The aside that is open beside the conversation, if one is. For the moment: left behind with the page; what was typed in it is a draft. */
import { create } from 'zustand';
import { ask } from './errands.ts';

export interface OpenAside {
  readonly conversation: string;
  /** The message it is about. */
  readonly owner: string;
  /** Its first message; undefined: it is yet to be asked. */
  readonly head?: string | undefined;
  /** The path in it shall go through this message. */
  readonly through?: string | undefined;
}

interface Asides {
  readonly open?: OpenAside | undefined;
  /** When asides were looked at here, by their first messages, in ms since the epoch. */
  readonly seen: ReadonlyMap<string, number>;
  /** Asides stand in the tree, too. */
  readonly inTree: boolean;
}

export const useAsides = create<Asides>()(() => ({ seen: new Map(), inTree: false }));

/** Opens it; the focus goes to its box. */
export function openAside(open: OpenAside): void {
  useAsides.setState({ open });
  ask('aside');
}

/** Closes it; the focus goes to the message it is about. */
export function closeAside(): void {
  const { open } = useAsides.getState();
  useAsides.setState({ open: undefined });
  if (open) ask('message', open.owner);
}

export function noteSeen(head: string): void {
  useAsides.setState(({ seen }) => ({ seen: new Map(seen).set(head, Date.now()) }));
}

export function showAsidesInTree(inTree: boolean): void {
  useAsides.setState({ inTree });
}

/** What is written in it is kept by this. */
export const asideDraft = ({ owner, head }: Pick<OpenAside, 'owner' | 'head'>): string =>
  `aside:${head ?? owner}`;
