/** What agents offer in conversations, live: one fold for each that is watched. React-free, and loaded where an agent is chosen. */
import { offersStream, START } from '../../protocol/index.ts';
import { foldOffers, noOffers, type Offers, readOffers } from '../../protocol/streams/offers.ts';
import { type Readable, Signal } from '../kit/signal.ts';
import type { Feed, Feeds } from './feeds.ts';

/** How long it is still followed after the last watcher has gone, in ms. */
const GRACE = 10_000;

export class OfferFolds {
  private readonly feeds: Feeds;
  private readonly known = new Map<string, { readonly signal: Signal<Offers>; readonly feed: Feed }>();

  constructor(feeds: Feeds) {
    this.feeds = feeds;
  }

  of(conversation: string): Readable<Offers> {
    const { signal, feed } = this.fold(conversation);
    return {
      get: signal.get,
      subscribe: (listener) => {
        const stop = signal.subscribe(listener);
        const release = this.feeds.retain(feed, GRACE);
        return () => {
          stop();
          release();
        };
      },
    };
  }

  private fold(conversation: string) {
    const before = this.known.get(conversation);
    if (before) return before;
    const signal = new Signal(noOffers);
    let position: string = START;
    const feed: Feed = {
      stream: offersStream(conversation),
      position: () => position,
      apply: (items, next) => {
        position = next;
        signal.set(foldOffers(signal.get(), readOffers(items)));
      },
      // Of a conversation that is deleted, or not made yet: watched again, it is read from its beginning.
      gone: () => {
        position = START;
      },
    };
    const made = { signal, feed };
    this.known.set(conversation, made);
    return made;
  }
}
