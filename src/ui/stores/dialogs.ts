/** What is open over the page: find beside it, and one dialog or menu at a time. Their code is loaded when the first is opened (decision 0093). */
import { create } from 'zustand';
import type { ReplyWish, SendChange } from '../../client/types.ts';
import type { Quote } from '../../protocol/index.ts';
import type { ModelRef } from '../../tree/index.ts';

export type OpenedDialog =
  /** A person's own prompts. `adding`: with the form for another one. */
  | { readonly kind: 'prompts'; readonly adding?: boolean | undefined }
  | { readonly kind: 'palette' | 'shortcuts' | 'pruned' | 'access' | 'import' }
  /** `message`: from there on, with all below it. Default: the whole conversation. */
  | { readonly kind: 'share'; readonly message?: string }
  /** `conversation`: that one, wherever it was asked for; absent: all, or the one that is open. `message` of it: from there on, with all below it. */
  | { readonly kind: 'export'; readonly conversation?: string; readonly message?: string }
  | { readonly kind: 'export-many'; readonly conversations: readonly string[] }
  /** Which files of a folder go with a message: at most `room` of them. `whole`: all of it was looked at. */
  | {
      readonly kind: 'folder';
      readonly files: readonly { readonly path: string; readonly file: File }[];
      readonly whole: boolean;
      readonly room: number;
      readonly onFiles: (files: readonly File[]) => void;
    }
  /** `message`: it is set from there; absent: at the end of the path, or in a new chat. */
  | { readonly kind: 'system-prompt'; readonly message?: string }
  /** A list of models, for something that is done once with one of them. */
  | {
      readonly kind: 'choose-model';
      readonly title: string;
      readonly run: (model: ModelRef, instruction?: string) => void;
      /** It can be told something in a line; `name`: what is done, by `current` where no other is chosen. Default: it cannot. */
      readonly instructs?: { readonly name: string; readonly current?: ModelRef };
    }
  /** A mix of models, for several replies at once. */
  | {
      readonly kind: 'ask-several';
      readonly run: (replies: readonly ReplyWish[]) => void;
      /** Who would be asked for one reply: asked twice, until another mix was chosen. */
      readonly current?: ModelRef | undefined;
    }
  /** Folders of conversations, to move some into one. */
  | { readonly kind: 'move'; readonly conversations: readonly string[] }
  /** The name of a folder of conversations to be made. */
  | { readonly kind: 'new-folder' }
  /** The chats, to quote something in one of them. */
  | {
      readonly kind: 'quote-into';
      readonly quotes: readonly Quote[];
      readonly onCancel?: (() => void) | undefined;
    }
  /** A context that is too large to ask for a reply. `some`: without the oldest messages it is not. */
  | {
      readonly kind: 'too-large';
      readonly sentence: string;
      readonly some: boolean;
      readonly again: (change: SendChange) => void;
    }
  /** An agent whose session does not lead to where it is asked; or one whose folder others have worked in since. */
  | {
      readonly kind: 'cannot-go-back' | 'copy-or-not';
      readonly conversation: string;
      readonly agent: string;
      readonly sentence: string;
      readonly again: (change: SendChange) => void;
      readonly onCancel?: (() => void) | undefined;
    }
  /** A summary to be written: another in the place of `of`, or a new one; `text`: words to begin with. */
  | {
      readonly kind: 'summary';
      readonly of?: string | undefined;
      readonly text?: string;
      readonly onSaid?: ((summary: string) => void) | undefined;
    }
  | { readonly kind: 'read-summary'; readonly message: string }
  /** The files of a branch as they were at a message. */
  | { readonly kind: 'files-here'; readonly message: string }
  /** The copies of folders that branches have. `only`: those, for being put away. */
  | {
      readonly kind: 'copies';
      readonly only?: readonly { readonly conversation: string; readonly copy: string }[];
    }
  /** What copies of a folder's repository take along. */
  | { readonly kind: 'along'; readonly folder: string }
  /** The commands that open an editor and a terminal; `again`: once they are set. */
  | { readonly kind: 'openers'; readonly again?: (() => void) | undefined }
  /** What a branch did to files, or all as they were, brought to the person's folder. */
  | {
      readonly kind: 'take-files';
      readonly conversation: string;
      readonly message: string;
      readonly what: 'take' | 'restore';
    }
  /** A summary up to a reply, to be quoted; `text`: words to begin with. */
  | { readonly kind: 'quote-summary'; readonly message: string; readonly text?: string }
  /** Who wrote a reply, and what it took. */
  | { readonly kind: 'details'; readonly message: string }
  | { readonly kind: 'label'; readonly messages: readonly string[] }
  /** One question to several branches, or about several messages. */
  | { readonly kind: 'ask-all' | 'bring-together'; readonly messages: readonly string[] }
  | { readonly kind: 'compare'; readonly tips: readonly string[] }
  /** What can be done with messages, at a point of the window; the focus goes back to `from`. Default: to where it was. */
  | {
      readonly kind: 'menu';
      readonly messages: readonly string[];
      readonly x: number;
      readonly y: number;
      readonly from?: Element;
    };

/** A hit that was found elsewhere, and is gone to: find opens with its words. */
export interface FindAt {
  readonly conversation: string;
  readonly message: string;
  readonly words: string;
  /** It is in an aside. */
  readonly aside: boolean;
}

interface DialogsState {
  readonly find: boolean;
  readonly findAt?: FindAt | undefined;
  readonly dialog?: OpenedDialog | undefined;
}

export const useDialogs = create<DialogsState>()(() => ({ find: false }));

export function openDialog(dialog: OpenedDialog): void {
  useDialogs.setState({ dialog });
}

/** The menu of messages, under an element, which has the focus again when it closes if that is what opened it. */
export function openMenuAt(element: Element, messages: readonly string[]): void {
  const { left, bottom } = element.getBoundingClientRect();
  openDialog({
    kind: 'menu',
    messages,
    x: left,
    y: bottom,
    ...(element.matches('button') && { from: element }),
  });
}

export function closeDialog(): void {
  useDialogs.setState({ dialog: undefined });
}

/** What was typed in find before its code was there. */
let typed = '';
export const typedToFind = (): string => typed;
export function typeToFind(words: string): void {
  typed = words;
}

export function showFind(find: boolean, findAt?: FindAt): void {
  typed = '';
  useDialogs.setState({ find, findAt });
}
