/**
 * What conversations that are opened need of the client: their trees, messages, running replies, and what was viewed last. None of it
 * is in the first load (decision 0160): whoever needs it imports this file, and is loaded later itself.
 */
import type { QueryClient } from '@tanstack/query-core';
import { isAside } from '../tree/index.ts';
import type { Feeds } from './folds/feeds.ts';
import { LastViewed } from './folds/last-viewed.ts';
import { Messages } from './folds/messages.ts';
import { readOpening } from './folds/opening.ts';
import { Outlines } from './folds/outlines.ts';
import { Replies } from './folds/replies.ts';
import type { KeptReads } from './kept/kept.ts';
import type { Command } from './kit/commands.ts';
import type { Frames } from './kit/frames.ts';
import type { Http } from './kit/http.ts';
import type { StreamReader } from './kit/streams.ts';
import type { Outbox } from './outbox/outbox.ts';
import { releaseQueue } from './release-queue.ts';

interface OpenedOptions {
  readonly queryClient: QueryClient;
  readonly http: Http;
  readonly reader: StreamReader;
  readonly feeds: Feeds;
  readonly frames: Frames;
  readonly command: Command;
  readonly outbox: Outbox;
  readonly readOnly: () => boolean;
  readonly kept?: KeptReads | undefined;
}

export interface Opened {
  readonly outlines: Outlines;
  readonly messages: Messages;
  readonly replies: Replies;
  readonly views: LastViewed;
  /** Whether a message of a conversation that is open begins an aside that was not kept. */
  isAside(conversation: string, message: string): boolean;
  /** For what is followed by what comes later still. */
  readonly feeds: Feeds;
  dispose(): void;
}

/** A client (bough.ts), as far as this goes. */
export interface Opener {
  /** Makes what opened conversations need, once: for `openedOf`, whose code comes later. */
  open(create: (options: OpenedOptions) => Opened): Opened;
}

/** Made when it is first asked for; one for each Bough, which disposes of it. */
export const openedOf = (bough: Opener): Opened => bough.open(createOpened);

function createOpened({ queryClient, http, reader, feeds, ...options }: OpenedOptions): Opened {
  const { frames, command, outbox, readOnly, kept } = options;
  const seed = (...given: Parameters<Messages['seed']>) => messages.seed(...given);
  const outlines = new Outlines({
    ...{ queryClient, reader, feeds, kept },
    opening: (...asked) => readOpening({ queryClient, http, seed }, ...asked),
  });
  const tree = (conversation: string) => outlines.tree(conversation);
  const messages = new Messages({ queryClient, reader, kept, tree });
  const replies = new Replies({ feeds, frames, messages, outlines, kept });
  const views = new LastViewed({ queryClient, reader, command, readOnly, kept });
  const stops = [handOver(outbox, outlines, messages), releaseQueue(outbox, outlines, queryClient)];
  return {
    ...{ outlines, messages, replies, views, feeds },
    isAside(conversation, message) {
      const tree = outlines.tree(conversation);
      return tree !== undefined && isAside(tree, message);
    },
    dispose() {
      for (const stop of stops) stop();
      for (const part of [views, replies, messages]) part.dispose();
    },
  };
}

/** ms until a message that could not be read is asked for again. */
const RETRY = 2_000;

/**
 * Hands own sends over from the outbox to the branch: once the outline has the message, its text is read from the branch,
 * which is the truth; until then the page goes on showing what was typed. Returns the way to stop.
 */
function handOver(outbox: Outbox, outlines: Outlines, messages: Messages): () => void {
  const settle = (conversation: string, tree = outlines.tree(conversation)) => {
    for (const { message } of outbox.pending.get().filter((send) => send.conversation === conversation)) {
      const header = tree?.messages.get(message);
      if (!header) continue;
      if (messages.has(conversation, message)) outbox.loaded(message);
      else messages.ensure(conversation, header).catch(() => setTimeout(() => settle(conversation), RETRY));
    }
  };
  const stops = [
    outlines.onChange((conversation, tree) => settle(conversation, tree)),
    messages.onLoaded((_, { id }) => outbox.loaded(id)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
