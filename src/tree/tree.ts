/** The immutable tree of a conversation, as it is known: fold-outline.ts makes it grow. */
import type { MarkEntry } from './marks.ts';
import type { Branch, Finish, Generation, MessageHeader } from './types.ts';

/** The key under which first messages hang: the conversation itself is the (virtual) root. */
export const ROOT = '';

/** All that is known of a conversation. Never changed: `foldOutline` gives the next one. */
export interface Tree {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly messages: ReadonlyMap<string, MessageHeader>;
  readonly generations: ReadonlyMap<string, Generation>;
  /** Ends whose generation is not known yet; merged into it when it comes. */
  readonly ends: ReadonlyMap<string, Finish>;
  /** Messages and unfinished generations by parent id (`ROOT` for first messages), in creation order. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** First messages of the asides under a message, in creation order; those that were kept are among the children. */
  readonly asides: ReadonlyMap<string, readonly string[]>;
  /** Messages that quote a message, by what they quote, in creation order; also of messages that are not here. */
  readonly quoted: ReadonlyMap<string, readonly string[]>;
  /** What people put on messages, by message; also of messages that are not known (yet). */
  readonly marks: ReadonlyMap<string, MarkEntry>;
  /** What this version does not know, or not all of: items by their text. */
  readonly others: ReadonlyMap<string, unknown>;
  /** In a tree that is shown (`shownTree`): the whole one, with what was pruned. */
  readonly whole?: Tree;
}

/** Where every fold of an outline begins. */
export const emptyTree: Tree = {
  branches: new Map(),
  messages: new Map(),
  generations: new Map(),
  ends: new Map(),
  children: new Map(),
  asides: new Map(),
  quoted: new Map(),
  marks: new Map(),
  others: new Map(),
};

/** What a tree has by id. */
export type TreeMapName = Exclude<keyof Tree, 'whole'>;
