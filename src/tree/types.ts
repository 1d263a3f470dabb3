/**
 * The words of the conversation tree (docs/protocol.md, "Outline"). Everything here is plain, immutable data:
 * no clock, no randomness, no I/O.
 */

/**
 * Stands for every word of a later version where this one knows a few: kinds of authors, branches and origins, reasons, roles. What
 * comes from a stream may hold any such word; it is kept as it is, and whoever switches over it has to say what is done then.
 * No word is really called so.
 */
export type OfLaterVersion = '(of a later version)';

/** Who wrote a message. `model` names the exact model and its source, so that a reply can say who wrote it. */
export type Author =
  | { readonly kind: 'user' }
  | { readonly kind: 'model'; readonly model: ModelRef; readonly name: string; readonly demo?: boolean }
  | { readonly kind: 'external'; readonly name: string }
  /** `name` is what to call it, if it says so. */
  | { readonly kind: OfLaterVersion; readonly name?: string };

/** A model as commands and items name it: the source that serves it and the source's own id for it. */
export interface ModelRef {
  readonly source: string;
  readonly id: string;
}

/** References are compared by what they name; none is only like none. */
export function sameModel(a: ModelRef | undefined, b: ModelRef | undefined): boolean {
  return a?.source === b?.source && a?.id === b?.id;
}

export type Role = 'system' | 'user' | 'assistant' | OfLaterVersion;

/** A message of a role that only a later version knows is shown as a reply is. */
export function shownRole(role: unknown): Exclude<Role, OfLaterVersion> {
  return role === 'user' || role === 'system' ? role : 'assistant';
}

/** Tokens as the provider counted them; absent where it did not say. */
export interface Usage {
  readonly input?: number;
  readonly output?: number;
  readonly reasoning?: number;
  /** Of `input`: read from the provider's cache. */
  readonly cached?: number;
}

/** How a model was asked. What is absent was left to the model. */
export interface Asking {
  /** From 0 (the likeliest words) to 2. */
  readonly temperature?: number;
  /** Only where the model's window is known: the window in tokens, and how many of the messages said (without prompts) it could read. */
  readonly context?: ReadContext;
  /** The folder an agent works in: an absolute path. */
  readonly folder?: string;
  /** The agent cannot go back to what was said before: it began anew and was given it as text, as a person chose. */
  readonly anew?: boolean;
  /** The agent works in a copy of `folder`'s repository that is this branch's own: the reply it was made for. Absent: in `folder` itself. */
  readonly copy?: string;
}

/** Where a reply stands in a session of the agent that wrote it. Ids are the agent's. */
export interface SessionRef {
  /** The id of its `ModelRef`. */
  readonly agent: string;
  readonly version?: string;
  readonly id: string;
  /** How many prompts the session had with the one of this reply, from 1. */
  readonly turn: number;
  /** Absent until the turn has ended: the last message of the agent in it, if it names its messages; */
  readonly message?: string;
  /** a fingerprint of its words; */
  readonly mark?: string;
  /** and the agent's own cursor behind it, if it gives any (session cursors). */
  readonly cursor?: string;
}

/** "4 files, +120 −32". Lines of files that are text. */
export interface ChangedLines {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
}

/** `window` in tokens; `read` of `of` messages fitted into it, the newest ones. */
export interface ReadContext {
  readonly window: number;
  readonly read: number;
  readonly of: number;
}

/** Why a message exists (tree rule 3). `of` is the message it is a version of. */
export interface Origin {
  readonly kind:
    | 'send'
    | 'edit'
    | 'regenerate'
    | 'fork'
    | 'stale'
    | 'external'
    | 'copy'
    | 'summary'
    | 'aside'
    | OfLaterVersion;
  readonly of?: string;
  /** Of a reply that goes on from another, `of`: with how much of its words it begins, in UTF-16 code units. */
  readonly begun?: number;
  /** `of` says more than that: a person chose where to go on. */
  readonly cut?: true;
  /** What its model was told beside the question, by whoever asked for it again. */
  readonly instruction?: string;
}

/** How a generation ended. A reply cut at the provider's length limit is `complete` with `length` set on the message. */
export type EndReason = 'complete' | 'stopped' | 'failed' | 'interrupted' | OfLaterVersion;

/** A failure as a person reads it. `retryAfter` is a time in ms since the epoch. */
export interface Failure {
  readonly code: string;
  readonly sentence: string;
  readonly retryAfter?: number;
}

/** How a reply ended; on the message and in the outline alike. `at` is ms since the epoch. */
export interface Finish {
  readonly reason: EndReason;
  readonly at: number;
  readonly length?: boolean;
  readonly failure?: Failure;
  /** ms from the question to the first word, thought or call; absent without one, and after a crash. */
  readonly firstWord?: number;
}

/** Where a fork leaves its source: the stream that owns the fork point, its recorded offset, and the message before it. */
export interface ForkPoint {
  readonly stream: string;
  readonly offset: string;
  readonly message: string;
}

/** A line from the root to a tip, kept in one durable stream. `from` is null for a stream that starts afresh. */
export interface Branch {
  readonly id: string;
  readonly kind: 'root' | 'fork' | 'copy' | 'summary' | OfLaterVersion;
  readonly from: ForkPoint | null;
  readonly at: number;
  /** Who made it, if that was somebody from outside (docs/protocol.md, "Writes"). */
  readonly author?: Author;
}

/** How a message came from outside: the `n`th (from 0) of `of` that were sent together (docs/protocol.md, "Writes"). */
export interface Sent {
  /** Names what was sent: the same again has the same. */
  readonly batch: string;
  readonly n: number;
  readonly of: number;
  /** Its `Stream-Seq`. */
  readonly seq?: string;
  readonly producer?: Producer;
}

/** Who sent it, to be told from itself after a restart (Durable Streams protocol, "Idempotent Producers"). */
export interface Producer {
  readonly id: string;
  readonly epoch: number;
  readonly seq: number;
}

/**
 * What the outline says of a message: enough for the diagram, without the text.
 * `start` and `end` are the offsets before and after the message in the stream of `branch`, the branch that owns it.
 * `time` is when the message came to be, in ms since the epoch: for a reply, when its generation started, so that it keeps
 * its place when it ends. Siblings are ordered by (`time`, `id`).
 */
export interface MessageHeader extends Asking {
  readonly id: string;
  readonly parent: string | null;
  readonly role: Role;
  readonly author: Author;
  readonly preview: string;
  /** Hashes of its files; absent: it has none. */
  readonly files?: readonly string[];
  /** Messages it quotes, of this or another conversation; absent: none. */
  readonly quotes?: readonly string[];
  /** Paths of files an agent changed with it, the first 20; absent: none. */
  readonly changed?: readonly string[];
  /** Replies of agents: how many files and lines differ from where the branch's folder was forked; absent: not known, or none. */
  readonly since?: ChangedLines;
  readonly branch: string;
  readonly start: string;
  readonly end: string;
  readonly origin: Origin;
  readonly time: number;
  readonly finish?: Finish;
  readonly usage?: Usage;
  readonly sent?: Sent;
  /** Replies of agents: where it stands in the agent's session. */
  readonly session?: SessionRef;
  /** Summaries: what it stands for. */
  readonly summary?: Summarised;
}

/** `from` and `to`: the first and the last message a summary stands for; the `keep` turns after them are read word for word. */
export interface Summarised {
  readonly from: string;
  readonly to: string;
  readonly keep: number;
  /** Of its text. */
  readonly words: number;
  /** The system prompt in force there; null: none. Absent: it has to be looked for. */
  readonly prompt?: string | null;
  /** The server made it, for the message that follows. */
  readonly unasked?: boolean;
}

/**
 * One reply while it is being written, and what became of it. Its id is the id its message will have.
 * `at` is the offset after `parent` in the stream of `branch`, where the finished message goes (its place).
 */
export interface Generation extends Asking {
  readonly id: string;
  readonly parent: string;
  readonly branch: string;
  readonly at: string;
  readonly model: ModelRef;
  readonly name: string;
  readonly demo?: boolean;
  readonly origin: Origin;
  readonly started: number;
  readonly end?: Finish;
}

export const COLOURS = ['red', 'amber', 'green', 'blue', 'purple'] as const;
export type Colour = (typeof COLOURS)[number];

/**
 * What a person put on a message: a star for itself; a label and a colour for the branch that begins with it; `pruned` hides it with
 * all that follows. An empty label and `none` take theirs away. A patch: absent means unchanged, for each field the latest `at` (ms) wins.
 */
export interface MarkPatch {
  readonly id: string;
  readonly at: number;
  readonly star?: boolean;
  readonly label?: string;
  readonly colour?: Colour | 'none';
  readonly pruned?: boolean;
  /** The aside that begins with it is a branch like any other. */
  readonly kept?: boolean;
}

/** One change to the tree, as a server of this version says it. */
export type KnownChange =
  | { readonly kind: 'branch'; readonly branch: Branch }
  | { readonly kind: 'message'; readonly message: MessageHeader }
  | { readonly kind: 'generation'; readonly generation: Generation }
  | { readonly kind: 'generation-end'; readonly id: string; readonly end: Finish }
  | { readonly kind: 'mark'; readonly mark: MarkPatch };

/** One change to the tree, as the outline stream delivers it. */
export type OutlineChange =
  | KnownChange
  /** What this version does not know, or not all of: the item as it is stored. */
  | { readonly kind: 'other'; readonly item: unknown };
