import type { OpenPage } from '../../stores/page.ts';
import type { Action } from '../action.ts';
import { type TurnOf, turnOf } from './turn.ts';

/** `prompt`, `reply`: below it in the thread. `card`: on its card in the tree. `menu`: "More". `selected`: the toolbar of what is selected. `selection`: beside selected words. */
export type MessagePlace = 'prompt' | 'reply' | 'card' | 'menu' | 'selected' | 'selection';

/** Menus have them in this order, what is looked at with where one goes. */
export type MessageGroup = 'go' | 'look' | 'write' | 'mark' | 'remove';

/** Messages of the page that something is done with. */
export interface OnMessage {
  readonly page: OpenPage;
  readonly readOnly: boolean;
  /** The first of them. */
  readonly message: string;
  /** One, or several that were selected. */
  readonly messages: readonly string[];
  /** From where the message is being read: the thread stays where it is. */
  readonly inThread: boolean;
  /** Its words as they were written, where they are at hand. */
  readonly text: string | undefined;
  /** Words of it that are selected; undefined: it as a whole. */
  readonly words: string | undefined;
  /** What it says before these words, as it is shown; undefined: nobody knows. */
  readonly before: string | undefined;
  /** What is written beside it is kept by this; undefined: by the conversation. */
  readonly draft: string | undefined;
}

export interface MessageAction extends Action<OnMessage, MessagePlace, MessageGroup> {
  /** Can be done with several at a time. Default: false. */
  readonly several?: true;
}

type Given = Partial<Pick<OnMessage, 'inThread' | 'text' | 'words' | 'before' | 'draft'>>;

export function onMessages(page: OpenPage, messages: readonly string[], given: Given = {}): OnMessage {
  const { inThread = false, text, words, before, draft } = given;
  const message = messages[0] as string;
  return { page, readOnly: page.readOnly, messages, message, inThread, text, words, before, draft };
}

export function turnIn({ page, message }: OnMessage): TurnOf {
  return turnOf(page.view, message);
}
