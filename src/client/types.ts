/** What the client gives the page: the shapes of its hooks (src/client/hooks). React-free. */

import type {
  CommandInput,
  CommandOutput,
  Conversation,
  FilePart,
  Message,
  Model,
  ModelList,
  Overflow,
  Quote,
  Reply,
  Source,
  StoredFile,
} from '../protocol/index.ts';
import type { FormValues } from '../protocol/parts/question-fields.ts';
import type { Generation, MarkPatch, MessageHeader, ModelRef, Role, Tree } from '../tree/index.ts';

/** One entry of the visible path, root first. `key` stays the same from pending to live to finished, so rows never remount. */
export type PathEntry =
  /** A message of the branch; its text is loaded by `useMessage`. */
  | { readonly kind: 'message'; readonly key: string; readonly header: MessageHeader }
  /** A reply being written here or elsewhere; its words are in `useReply`. */
  | { readonly kind: 'reply'; readonly key: string; readonly generation: Generation }
  /** A reply that ended before its first word: failed, stopped or interrupted. "Try again" asks anew. */
  | { readonly kind: 'empty-end'; readonly key: string; readonly generation: Generation }
  /** A message on its way to the server. */
  | { readonly kind: 'pending'; readonly key: string; readonly pending: PendingSend };

/** How the model is asked. Absent: as the conversation is set; null: as if it were not set. */
export interface AskOptions {
  /** From 0 to 2. */
  readonly temperature?: number | null;
  readonly overflow?: Overflow | null;
  /** The folder an agent works in. */
  readonly folder?: string | null;
  /** An agent that cannot go back begins anew with the conversation as text. */
  readonly anew?: boolean | null;
  /** Whether a branch of an agent gets files of its own. */
  readonly copies?: boolean | null;
}

/** A send or an edit that is not acknowledged yet; kept over reloads, unless it says otherwise. */
export interface PendingSend extends AskOptions {
  readonly conversation: string;
  readonly message: string;
  readonly parent: string | null;
  readonly text: string;
  /** Uploaded before. Absent: none. */
  readonly files?: readonly FilePart[];
  /** What it quotes. Absent: nothing. */
  readonly quotes?: readonly Quote[];
  /** Several replies instead of one: the first of them is `reply`. */
  readonly replies?: readonly (ReplyWish & { readonly id: string })[];
  /** The reply asked for; absent for an edit that is saved without one. */
  readonly reply?: string;
  readonly model: ModelRef;
  /** With an edit: the message this is another version of. */
  readonly of?: string;
  /** With an edit: whose words they stand for. Default: `user`. */
  readonly role?: Role;
  /** The person chose where it forks, or says it beside what follows. */
  readonly origin?: 'fork' | 'aside';
  /**
   * `waiting`: no connection, sent when it is back; `refused`: the server said no, `problem` says why; `held`: in the queue, sent when
   * the reply `after` is done; `stalled`: in the queue, and that reply ended otherwise.
   */
  readonly state: 'sending' | 'waiting' | 'refused' | 'held' | 'stalled';
  /** The browser has no room for it: it is lost with the page. Default: it is kept. */
  readonly unkept?: boolean;
  /** With `held` and `stalled`: the reply it follows. */
  readonly after?: string;
  /** With `stalled`: the message that reply would answer was taken back. */
  readonly orphan?: boolean;
  /** With `held` and `stalled`: the first message of the aside it is said in. */
  readonly inAside?: string;
  /** The server's sentence, with `refused`. */
  readonly problem?: string;
  /** The server's code, with `refused`: `still-writing` offers "Stop and send". */
  readonly code?: string;
  /** The numbers behind the sentence, with `refused`: `fits` of `context-too-large`. */
  readonly facts?: Readonly<Record<string, number>>;
}

/** What is asked for otherwise when a refused send is tried again. */
export interface SendChange extends AskOptions {
  readonly model?: ModelRef;
}

/** The same of one that was not sent: also after what else. */
export interface ResendChange extends SendChange {
  /** A summary that was said after what it was to follow. */
  readonly parent?: string;
}

/** A conversation as it is on the screen. */
export interface ConversationView {
  readonly id: string;
  /**
   * `missing`: no such conversation (or deleted). `error`: could not be loaded, `error` says why; `retry` tries again. `loading` with
   * `above`: the end of the path is there and can be answered, the rest of the tree is on its way.
   */
  readonly status: 'loading' | 'ready' | 'missing' | 'error';
  readonly error?: string;
  /** With `error`: what was thrown, where nobody can know what to do about it: for a report. */
  readonly fault?: unknown;
  /** With `error`: Bough or its storage is away, and this browser keeps nothing of it. It is read by itself once they are back. */
  readonly away?: true;
  /** It is as this browser kept it at that time, in ms since the epoch: nothing newer could be read. Absent: it is as it was read. */
  readonly keptAt?: number;
  readonly retry: () => void;
  readonly header?: Conversation;
  /** Without what was pruned, but for what the path shows; `tree.whole` is all of it, if anything is hidden. */
  readonly tree: Tree;
  readonly path: readonly PathEntry[];
  /** While only the end of the path is there: how many messages with a position come before it. */
  readonly above?: number;
  /** With `above`: whether anything in the whole tree has other versions, as far as that was said. */
  readonly forks?: boolean;
  /** The message a new message would follow: the last whole message of the path; null in an empty conversation. */
  readonly tip: string | null;
  /** The reply being written at the end of the path, if any: Send is Stop. */
  readonly live?: Generation;
}

/** What `useConversation` gives. */
export interface ConversationHook extends ConversationView {
  /** What a person can do; the same object for as long as the client lives. */
  readonly actions: Actions;
}

/** What `useTree` gives. */
export interface TreeHook extends Pick<ConversationHook, 'id' | 'status' | 'error' | 'retry' | 'actions'> {
  /** Without what was pruned; `tree.whole` is all of it, if anything is hidden. */
  readonly tree: Tree;
  /** All replies being written in it, pruned branches included. */
  readonly live: readonly Generation[];
}

/** A reply that is being written somewhere. */
export interface LiveReply {
  readonly conversation: Conversation;
  readonly reply: string;
  /** It waits for a person's answer. */
  readonly asks: boolean;
}

/** All conversations that are not deleted, archived ones included, newest activity first. */
export interface ConversationsView {
  readonly status: 'loading' | 'ready' | 'error';
  readonly error?: string;
  readonly retry: () => void;
  /** Headers that did not change keep their identity. */
  readonly list: readonly Conversation[];
}

/** Both absent while it is loaded. `error` with a sentence when it could not be; a row mounted anew tries again. */
export interface MessageView {
  readonly message?: Message;
  readonly error?: string;
  /** With `error`, which says so: Bough or its storage is away, and this browser does not keep the message. It is read by itself once they are back. */
  readonly away?: true;
}

export type ReplyView = Reply;

/**
 * `connecting` for the first time; `live`; `offline` after a loss, `retryAt` (ms since the epoch) when it tries again;
 * `paused` in a tab hidden for long. A loss mended by the first retry is not shown.
 */
export interface ConnectionView {
  readonly kind: 'connecting' | 'live' | 'offline' | 'paused';
  readonly retryAt?: number;
  /**
   * Bough answers, its storage does not; or its disk is full; or it takes no token, or not this one; or is not there. `offline`: for whatever
   * is asked; `live`: for what is to be written.
   */
  readonly storage?: 'away' | 'full' | 'refused' | 'elsewhere';
  /** Only `offline`: Bough answers, and asks for an access token. */
  readonly signedOut?: true;
  /** Only `offline`: it is the page that does not get through; what others write, and replies, go on coming. */
  readonly follows?: true;
  /** Only `connecting`: Bough answers, and something in between holds its answers back as long as they go on. */
  readonly held?: true;
}

/** What `useModels` gives. While it is loaded the lists are empty. */
export interface ModelsView {
  readonly status: 'loading' | 'ready' | 'error';
  readonly error?: string;
  readonly models: readonly Model[];
  /** The model a new conversation starts with; undefined until the list is read. */
  readonly default?: ModelRef;
  /** Where models come from, those that have none too. */
  readonly sources: readonly Source[];
  readonly problems: ModelList['problems'];
  /** Ids of sources that were here once. Absent: none. */
  readonly removed?: readonly string[] | undefined;
  /** Asks the sources again. */
  readonly refresh: () => void;
  /** They are being asked. */
  readonly refreshing: boolean;
}

/** A message of a person that follows `parent`; null: it begins the conversation. */
export interface SendInput extends AskOptions {
  /** A conversation nobody knows yet is created first. */
  readonly conversation: string;
  readonly parent: string | null;
  readonly text: string;
  /** The id of the default system prompt's message: a new conversation begins with it, if there is one. Default: it does not. */
  readonly system?: string;
  /** Uploaded before (`upload`). Default: none. */
  readonly files?: readonly FilePart[];
  /** What it quotes. Default: nothing. */
  readonly quotes?: readonly Quote[];
  readonly model: ModelRef;
  /** Options of agents as they shall stand before they are asked in this conversation for the first time. Default: as they come. */
  readonly choices?: readonly {
    readonly agent: string;
    readonly option: string;
    readonly value: string | boolean;
  }[];
  /** "Fork from here": the person chose `parent` to go another way from. Default: false. */
  readonly fork?: boolean;
  /** Several replies, one to eight, instead of one by `model`. */
  readonly replies?: readonly ReplyWish[];
  /** Said beside what follows `parent`: it begins an aside. Default: false. */
  readonly aside?: boolean;
  /** Into the queue: sent once this reply, live or still to be asked for, is done; it then follows it, not `parent`. */
  readonly after?: string;
  /** With `after`: the first message of the aside it is said in. Default: it is said in the conversation. */
  readonly inAside?: string;
}

/** Another version of a message. */
export interface EditInput extends AskOptions {
  readonly conversation: string;
  /** The message to make another version of; its header must be in the conversation's tree. */
  readonly of: string;
  readonly text: string;
  /** All files of the version, those that stay included. Default: none. */
  readonly files?: readonly FilePart[];
  /** All quotes of the version. Default: none. */
  readonly quotes?: readonly Quote[];
  /** "Save & send": also asks for a reply; for messages of a person. Default: false. */
  readonly reply?: boolean;
  readonly model: ModelRef;
}

/** One of several replies asked for at once. */
export interface ReplyWish {
  /** The same again is the same reply. Default: a new one. */
  readonly id?: string;
  readonly model: ModelRef;
  /** From 0 to 2. Default: as the conversation is set. */
  readonly temperature?: number;
}

/** More replies to a message. */
export interface RegenerateInput extends AskOptions {
  readonly conversation: string;
  /** A message of a person. */
  readonly parent: string;
  /** One to eight; the first takes the place after the message, if it is free. */
  readonly replies: readonly ReplyWish[];
  /**
   * They go on from another reply to the same message: from all it says, or from `text`, its beginning. Of one that was to go on so and
   * ended before a word of its own: the same again. Default: they begin anew.
   */
  readonly begin?: { readonly of: string; readonly text?: string };
  /** Told to the model beside the question: one line. Default: nothing. */
  readonly instruction?: string;
}

/** What answers next. Absent: unchanged; null: no choice. */
export interface SettingsInput extends AskOptions {
  readonly conversation: string;
  readonly model?: ModelRef | null;
}

export interface UploadOptions {
  readonly signal?: AbortSignal;
  /** `original`: what the file of a message was made of, of any kind (docs/protocol.md, "Files"). Default: it is one itself. */
  readonly as?: 'original';
  /** The share that is sent, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** A system prompt. */
export interface SystemInput {
  /** A conversation nobody knows yet is created first. */
  readonly conversation: string;
  /** The prompt holds from the message after this one on; null: from the start, for first messages to come. */
  readonly after: string | null;
  /** Empty: no prompt from there on. */
  readonly text: string;
}

/** What is new on one message; absent means unchanged. */
export interface MarkInput extends Omit<MarkPatch, 'id' | 'at'> {
  readonly message: string;
}

/** What becomes of many conversations. Absent: unchanged; `filed` null: in no folder. */
export interface ArrangeInput extends Omit<CommandInput<'arrange'>, 'conversations'> {
  readonly conversations: readonly string[];
}

/** What a person can do. Every promise rejects with an `Error` whose message is a sentence for people. */
export interface Actions {
  /** Makes an empty conversation; resolves to its id. `send` does not need it. */
  create(): Promise<string>;
  /** Returns at once with the ids of the message and of the reply asked for; goes on in the outbox. */
  send(input: SendInput): { readonly message: string; readonly reply: string };
  /**
   * Another version of a message. Returns at once with the ids of the version and of the reply, if one was asked for; goes
   * on in the outbox as a send does. Select the version to see it: an open view stays on the old one if that was selected.
   * Throws if the message is not in the tree.
   */
  edit(input: EditInput): { readonly message: string; readonly reply?: string };
  /** The system prompt from a point on; resolves to its id. What is said next, to take it in, is said under it. */
  setSystem(input: SystemInput): Promise<{ readonly message: string }>;
  /** More replies to the user message `parent`; resolves to the first of them when the server has accepted all. */
  regenerate(input: RegenerateInput): Promise<{ readonly reply: string }>;
  /** "New chat from here": a conversation of its own that begins with copies of the way to the message. Resolves when it is whole. */
  copy(from: {
    readonly conversation: string;
    readonly message: string;
  }): Promise<{ readonly conversation: string; readonly message: string }>;
  /**
   * Stars, labels, colours, pruning; resolves when the server has it. A view on what is pruned here goes elsewhere unless it is selected;
   * one on what others prune stays.
   */
  mark(conversation: string, marks: readonly MarkInput[]): Promise<void>;
  /** What this page knows of a conversation now, of a deleted one too; its tree if it is open or was a moment ago. Reads nothing. */
  known(conversation: string): { readonly header: Conversation | undefined; readonly tree: Tree | undefined };
  /** A whole message of a conversation that is open, read if it is not there yet. */
  read(conversation: string, message: string): Promise<Message>;
  /** Says that `leaf` is looked at in the aside that begins with `aside`: it stays for longer. */
  viewed(conversation: string, aside: string, leaf: string): Promise<void>;
  stop(conversation: string, reply: string): Promise<void>;
  /** Answers a question of a reply; resolves with the option that counts (null: none), once the reply has it. */
  answer(input: {
    readonly conversation: string;
    readonly reply: string;
    readonly question: string;
    readonly option: string;
    /** What was filled in, where it has fields. */
    readonly values?: FormValues;
  }): Promise<{ readonly option: string | null }>;
  /**
   * Stores a file, to be named by a message. Also rejects with an AbortError; `cause` of other errors is a NetworkError where
   * trying again may help.
   */
  upload(file: Blob, options?: UploadOptions): Promise<StoredFile>;
  /** These six show in the list at once and are taken back when they fail. */
  rename(conversation: string, title: string): Promise<void>;
  settings(input: SettingsInput): Promise<void>;
  archive(conversation: string): Promise<void>;
  restore(conversation: string): Promise<void>;
  remove(conversation: string): Promise<void>;
  undoRemove(conversation: string): Promise<void>;
  /** What these do, and more, with up to `ARRANGED_LIMIT` at a time; resolves to those the server refused, and why. */
  arrange(input: ArrangeInput): Promise<CommandOutput<'arrange'>>;
  /** Makes a folder of conversations of a new id, names it, removes it or brings it back; shown at once, too. */
  chatFolder(input: CommandInput<'chat-folder'>): Promise<void>;
  /** Tries a refused or waiting send again, with the same ids; `change`: with another model, or without the oldest messages. */
  retrySend(message: string, change?: ResendChange): void;
  /** Sends what is in the queue now, after `parent`. */
  sendNow(message: string, parent: string | null): void;
  /** Sends what is in the queue as soon as the reply it waits for ends, however it ends. */
  sendAtEnd(message: string): void;
  /**
   * Takes a send or edit that was not accepted out of the outbox, for the composer or the editor; undefined when it is no
   * longer there. The view goes back to what it showed there before.
   */
  discardSend(message: string): PendingSend | undefined;
}
