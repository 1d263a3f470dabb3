/** What apps without React follow: the list, one conversation, its messages and replies. */
import { QueryObserver, type QueryObserverResult } from '@tanstack/query-core';
import type { Conversation, Message, Reply } from '../protocol/index.ts';
import { emptyTree, type Tree } from '../tree/index.ts';
import type { Bough } from './bough.ts';
import type { ListData } from './folds/list-data.ts';
import type { OutlineData } from './folds/outlines.ts';
import { isMissing, sentenceOf } from './kit/errors.ts';
import { type Readable, Signal } from './kit/signal.ts';
import { openedOf } from './opened.ts';

/** As far as it is read. `error`: a sentence, with that status alone; it is tried again where that may help. */
interface Following {
  readonly status: 'loading' | 'ready' | 'missing' | 'error';
  readonly error?: string;
}

export interface FollowedTree extends Following {
  /** Empty until `ready`. All of it: what was pruned, too. */
  readonly tree: Tree;
}

export interface FollowedList extends Following {
  /** Those that are not deleted, newest first. */
  readonly list: readonly Conversation[];
}

/** Live until `close`, which its owner calls. */
export interface FollowedConversation extends Readable<FollowedTree> {
  readonly id: string;
  /** The tree once it is read. Rejects with a sentence where there is none, or it cannot be read. */
  ready(): Promise<Tree>;
  /** A whole message, loaded once. Rejects with a sentence; also for a message the tree does not have. */
  message(id: string): Promise<Message>;
  /** Calls `listener` with what a reply says so far: at once, then at most once a frame. Returns the way to stop. */
  watchReply(id: string, listener: (reply: Reply) => void): () => void;
  close(): void;
}

export function followConversation(bough: Bough, id: string): FollowedConversation {
  const { outlines, messages, replies } = openedOf(bough);
  const { queryClient } = bough;
  const release = outlines.retain(id);
  const observer = new QueryObserver(queryClient, outlines.query(id));
  const viewOf = (result: QueryObserverResult<OutlineData>): FollowedTree => ({
    ...following(result),
    tree: result.data?.tree ?? emptyTree,
  });
  const shown = new Signal(viewOf(observer.getCurrentResult()));
  const stop = observer.subscribe((result) => {
    const next = viewOf(result);
    const { tree, status } = shown.get();
    if (next.tree !== tree || next.status !== status) shown.set(next);
  });
  return {
    id,
    ...{ get: shown.get, subscribe: shown.subscribe },
    ready: async () => (await settled(shown)).tree,
    async message(message) {
      const header = shown.get().tree.messages.get(message);
      if (!header) throw new Error('There is no such message in this conversation.');
      return queryClient.query(messages.query(id, header)).catch((error: unknown) => {
        throw new Error(sentenceOf(error), { cause: error });
      });
    },
    watchReply(reply, listener) {
      const tell = () => listener(replies.peek(id, reply));
      const unwatch = replies.watch(id, reply, tell);
      tell();
      return unwatch;
    },
    close() {
      stop();
      release();
    },
  };
}

/** A reply whose log does not say its end although the tree does is over by then, in ms. */
const LOST_LOG = 3000;

/**
 * Follows a reply until it has ended in its log and in the tree, where what is said next stands; without an end where its log is gone. Rejects
 * with what `hear` throws.
 */
export function followToEnd(
  followed: FollowedConversation,
  id: string,
  hear: (reply: Reply) => void,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let last: Reply | undefined;
    let lost: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      if (!last || !followed.get().tree.generations.get(id)?.end) return;
      if (!last.end) lost ??= setTimeout(done, LOST_LOG);
      else queueMicrotask(done);
    };
    let isOver = false;
    const leave = (): void => {
      isOver = true;
      clearTimeout(lost);
      for (const stop of stops.splice(0)) stop();
    };
    const done = (): void => {
      leave();
      resolve(last as Reply);
    };
    const stops = [followed.subscribe(look)];
    stops.push(
      followed.watchReply(id, (reply) => {
        if (reply === last) return;
        last = reply;
        try {
          hear(reply);
        } catch (error) {
          leave();
          return reject(error);
        }
        look();
      }),
    );
    // It may have thrown at what was there already, before there was a way to stop.
    if (isOver) leave();
  });
}

/** A tree as it is now, read once: what is known already is not read again. Rejects with a sentence. */
export async function readTree(bough: Bough, id: string): Promise<Tree> {
  const { outlines } = openedOf(bough);
  const read = bough.queryClient.query({ ...outlines.query(id), staleTime: 0 });
  return read.then(
    ({ tree }) => tree,
    (error: unknown) => {
      throw new Error(sentenceOf(error), { cause: error });
    },
  );
}

/** The list, live until `close`. */
export function followList(bough: Bough): Readable<FollowedList> & { close(): void } {
  const release = bough.list.retain();
  const observer = new QueryObserver(bough.queryClient, bough.list.query);
  const viewOf = (result: QueryObserverResult<ListData>): FollowedList => ({
    ...following(result),
    list: result.data?.shown ?? [],
  });
  const shown = new Signal(viewOf(observer.getCurrentResult()));
  const stop = observer.subscribe((result) => shown.set(viewOf(result)));
  return {
    ...{ get: shown.get, subscribe: shown.subscribe },
    close() {
      stop();
      release();
    },
  };
}

function following({ data, error }: QueryObserverResult<unknown>): Following {
  if (data !== undefined) return { status: 'ready' };
  if (!error) return { status: 'loading' };
  return { status: isMissing(error) ? 'missing' : 'error', error: sentenceOf(error) };
}

function settled<T extends Following>(shown: Readable<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const view = shown.get();
      if (view.status === 'loading') return;
      stop();
      if (view.status === 'ready') resolve(view);
      else reject(new Error(view.error));
    };
    const stop = shown.subscribe(look);
    look();
  });
}
