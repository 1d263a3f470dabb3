/** What the write order (src/server/conversations) and the runner of generations (src/server/replies) ask of each other. */
import type { InputItem, Message, WrittenReplyItem } from '../../protocol/index.ts';
import type { Offer, OfferItem, Offers } from '../../protocol/streams/offers.ts';
import type { Finish, Generation, Tree, Usage } from '../../tree/index.ts';

/** A reply item before the log gives it its version and sequence number. */
export type ReplyEntry = WrittenReplyItem extends infer I
  ? I extends WrittenReplyItem
    ? Omit<I, 'v' | 'seq'>
    : never
  : never;

/**
 * The log of one reply, open for its only writer: one call at a time. After a throw the outcome is unknown; the next call,
 * `write` or `end`, then begins with the very entries that were not acknowledged. The log gives them the same sequence
 * numbers again (it counts on when a call succeeds, not before), so that the fold skips those that landed after all.
 */
export interface ReplyLog {
  /** One POST. `fenced`: somebody else ended the log; the writer stops its provider and settles. Throws EngineError. */
  write(entries: readonly ReplyEntry[]): Promise<'written' | 'fenced'>;
  /** Posts `entries` and the end in one POST that closes the log. The first end in a log wins. Throws EngineError. */
  end(entries: readonly ReplyEntry[], end: Finish, usage?: Usage): Promise<'written' | 'fenced'>;
}

/** What the runner needs of the write order. */
export interface ReplyHome {
  /** Creates the log with its `start` item (or finds it) and opens it for writing. */
  openLog(conversation: string, generation: Generation): Promise<ReplyLog>;
  /** The context of a reply: `contextOf` over its branch as read from the stream, up to the generation's parent. */
  context(conversation: string, generation: Generation): Promise<readonly Message[]>;
  /** What the reply begins with, of one that goes on from another's words; else undefined. Throws EngineError. */
  begun(conversation: string, generation: Generation): Promise<string | undefined>;
  /** The conversation as it is indexed. Throws EngineError. */
  tree(conversation: string): Promise<Tree>;
  /** A title for the conversation; one by a person stays. Rejects when it cannot be written. */
  entitle(conversation: string, title: string): Promise<void>;
  /** What agents offer in the conversation, and what was chosen. Throws EngineError. */
  offers(conversation: string): Promise<Offers>;
  /** An agent offers something, or went over to something it offers. Rejects when it cannot be written. */
  offer(conversation: string, offers: readonly Offer[]): Promise<void>;
  /** What is said of offers at any server, from the first of it until `signal` aborts; nothing where there is one server. Never throws. */
  heardOffers(conversation: string, signal: AbortSignal): AsyncIterable<OfferItem>;
  /**
   * What people say to the reply, at any server, from the first of it until `signal` aborts (docs/protocol.md, "Input"). Some
   * may come twice. Never throws.
   */
  heard(conversation: string, reply: string, signal: AbortSignal): AsyncIterable<InputItem>;
  /** Tells everybody that the reply waits for a person, or does so no more. Returns at once; kept at until it is written. */
  asks(conversation: string, reply: string, asks: boolean): void;
  /** Folds the closed log into its branch and the indexes (docs/protocol.md, settle). Idempotent. */
  settle(conversation: string, reply: string): Promise<void>;
}

/** What the write order needs of the runner. */
export interface ReplyRunner {
  /** Starts writing the reply in the background; returns at once. Idempotent by generation id. */
  start(conversation: string, generation: Generation): void;
  /** True while this process writes the reply. */
  running(reply: string): boolean;
  /** Ends the reply as `stopped` (or as said), at the provider too; resolves once settled. Fine if it is not running. */
  stop(reply: string, reason?: 'stopped' | 'interrupted'): Promise<void>;
  /** Ends all replies as `interrupted`; resolves once they are settled, after 2 s at the latest. New starts are ignored. */
  shutdown(): Promise<void>;
}
