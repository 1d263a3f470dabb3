/**
 * Live text: one signal for each reply that is watched, outside React Query, so that a delta renders only its row.
 * A signal changes at most once a frame. What was said stays until the branch's message is loaded, whatever the outline
 * says: no order holds between streams.
 */
import { backoff } from '../../protocol/backoff.ts';
import {
  emptyReply,
  foldReply,
  type Message,
  messageOf,
  type Reply,
  readReply,
  replyStream,
  START,
} from '../../protocol/index.ts';
import type { Generation, Tree } from '../../tree/index.ts';
import type { Frames } from '../kit/frames.ts';
import { Signal } from '../kit/signal.ts';
import type { Feeds } from './feeds.ts';
import { replyName } from './kept-first.ts';
import type { Messages } from './messages.ts';
import type { Outlines } from './outlines.ts';

/** How long a reply is still followed after the last watcher has gone, in ms: scrolling back costs nothing. */
const GRACE = 10_000;
const FIRST_RETRY = 20;
const LAST_RETRY = 2000;

interface Watched {
  readonly conversation: string;
  readonly id: string;
  /** What subscribers see: the fold as of the last frame. */
  readonly shown: Signal<Reply>;
  readonly flush: () => void;
  reply: Reply;
  position: string;
  refs: number;
  attempt: number;
  release: () => void;
  timer?: ReturnType<typeof setTimeout>;
}

export interface RepliesOptions {
  readonly feeds: Feeds;
  readonly frames: Frames;
  readonly messages: Messages;
  readonly outlines: Outlines;
  /** What was heard before. Default: nothing is kept. */
  readonly kept?:
    | {
        reply(conversation: string, id: string): Promise<Reply | undefined>;
        messages(conversation: string, ids: readonly string[]): Promise<ReadonlyMap<string, Message>>;
        keep(conversation: string, name: string, data: unknown): void;
      }
    | undefined;
}

export class Replies {
  /** Ids of watched replies whose message is not loaded yet: they are shown from here. */
  readonly held = new Signal<ReadonlySet<string>>(new Set());
  private readonly options: RepliesOptions;
  private readonly watched = new Map<string, Watched>();
  private readonly stops: readonly (() => void)[];

  constructor(options: RepliesOptions) {
    this.options = options;
    this.stops = [
      options.messages.onLoaded((_, { id }) => this.hold(id, false)),
      options.outlines.onChange((conversation, tree) => this.settleAll(conversation, tree)),
    ];
  }

  /** What was said so far; empty for a reply that is not watched. The same object until a frame changes it. */
  peek(conversation: string, id: string): Reply {
    return this.watched.get(replyStream(conversation, id))?.shown.get() ?? emptyReply;
  }

  /** As far as this browser heard it. */
  async keptReply(conversation: string, id: string): Promise<Reply | undefined> {
    return this.options.kept?.reply(conversation, id);
  }

  /** Follows a reply from its beginning and calls `listener` after changes. Returns the way to stop. */
  watch(conversation: string, id: string, listener: () => void = () => {}): () => void {
    const entry = this.watched.get(replyStream(conversation, id)) ?? this.added(conversation, id);
    entry.refs += 1;
    clearTimeout(entry.timer);
    const stop = entry.shown.subscribe(listener);
    return () => {
      stop();
      entry.refs -= 1;
      if (entry.refs === 0) entry.timer = setTimeout(() => this.drop(entry), GRACE);
    };
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    for (const entry of [...this.watched.values()]) this.drop(entry);
  }

  private added(conversation: string, id: string): Watched {
    const { feeds, messages, outlines } = this.options;
    const stream = replyStream(conversation, id);
    const shown = new Signal<Reply>(emptyReply);
    const entry: Watched = {
      conversation,
      id,
      shown,
      flush: () => shown.set(entry.reply),
      reply: emptyReply,
      position: START,
      refs: 0,
      attempt: 0,
      release: () => {},
    };
    this.watched.set(stream, entry);
    const apply = (items: readonly unknown[], next: string) => this.apply(entry, items, next);
    // From the start over the live connection, not by GET: the log may not be made yet, which is no error.
    const feed = {
      stream,
      passing: true,
      position: () => entry.position,
      apply,
      gone: () => this.gone(entry),
    };
    entry.release = feeds.retain(feed, 0);
    this.hold(id, !messages.has(conversation, id));
    const tree = outlines.tree(conversation);
    if (tree) this.settle(entry, tree);
    void this.begin(entry);
    return entry;
  }

  private drop(entry: Watched): void {
    clearTimeout(entry.timer);
    entry.release();
    this.watched.delete(replyStream(entry.conversation, entry.id));
    this.hold(entry.id, false);
  }

  /** With what is kept of it: what is heard again changes nothing. Its whole message may be kept by a page that did not come to say that it ended. */
  private async begin(entry: Watched): Promise<void> {
    const { kept, outlines } = this.options;
    const { conversation, id } = entry;
    const generation = outlines.tree(conversation)?.generations.get(id);
    if (!kept || !generation || generation.end) return;
    const message = (await kept.messages(conversation, [id])).get(id);
    const reply = message ? replyOf(generation, message) : await kept.reply(conversation, id);
    if (!reply || reply.seq <= entry.reply.seq || entry.reply.end) return;
    entry.reply = reply;
    this.options.frames.request(entry.flush);
  }

  private apply(entry: Watched, items: readonly unknown[], next: string): void {
    entry.position = next;
    const reply = foldReply(entry.reply, readReply(items));
    if (reply === entry.reply) return;
    entry.reply = reply;
    this.options.frames.request(entry.flush);
    if (reply.end && reply.generation) this.ended(entry, reply);
    else this.options.kept?.keep(entry.conversation, replyName(entry.id), reply);
  }

  /** The message is a pure function of the closed log: the branch need not be asked for it. */
  private ended({ conversation }: Watched, reply: Reply): void {
    const message = messageOf(reply);
    if (message) this.options.messages.seed(conversation, message);
  }

  /** No log: not yet (the outline announces a reply before its log is made), or not any more. */
  private gone(entry: Watched): void {
    const { conversation, id } = entry;
    const tree = this.options.outlines.tree(conversation);
    const generation = tree?.generations.get(id);
    if (!generation || generation.end || tree?.messages.has(id) || entry.reply.end) return;
    const delay = backoff(entry.attempt, FIRST_RETRY, LAST_RETRY);
    entry.attempt += 1;
    setTimeout(() => this.options.feeds.begin(replyStream(conversation, id)), delay);
  }

  private settleAll(conversation: string, tree: Tree): void {
    for (const entry of this.watched.values())
      if (entry.conversation === conversation) this.settle(entry, tree);
  }

  /** The outline has the message: load it, unless the log has given it already. Until then the live text stays. */
  private settle(entry: Watched, tree: Tree): void {
    const { conversation, id } = entry;
    const header = tree.messages.get(id);
    if (!header || !this.held.get().has(id)) return;
    this.options.messages.ensure(conversation, header).catch(() => {
      setTimeout(
        () => this.watched.get(replyStream(conversation, id)) === entry && this.settle(entry, tree),
        LAST_RETRY,
      );
    });
  }

  private hold(id: string, held: boolean): void {
    const before = this.held.get();
    if (before.has(id) === held) return;
    const next = new Set(before);
    if (held) next.add(id);
    else next.delete(id);
    this.held.set(next);
  }
}

/** A whole message as the fold of its log: nothing comes after it. */
const replyOf = (generation: Generation, { parts, finish, usage }: Message): Reply => ({
  ...{ generation, parts, seq: Number.MAX_SAFE_INTEGER },
  ...(finish && { end: finish }),
  ...(usage && { usage }),
});
