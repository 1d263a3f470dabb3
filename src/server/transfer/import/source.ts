/** A conversation as a format gives it, before it has Bough's ids. */
import type { Oddities, SourceNode } from './nodes.ts';

export interface SourceConversation {
  /** The source's own id; where it has none, something that is the same at the next import. */
  readonly id: string;
  readonly title?: string;
  /** ms since the epoch. */
  readonly created?: number;
  readonly updated?: number;
  readonly archived?: boolean;
  readonly starred?: boolean;
  /** Said by the source to be the last model asked. */
  readonly model?: string;
  readonly nodes: readonly SourceNode[];
  /** The node that was looked at last: the path through it is shown first. */
  readonly current?: string;
  readonly odd: Oddities;
}

/** What a format may look up beside the conversation it reads. */
export interface Beside {
  /** Ratings that stand in a file of their own, by the id of the message. */
  readonly ratings: ReadonlyMap<string, 'up' | 'down'>;
}

export interface Format {
  /** Names the source in authors and ids; never changed. */
  readonly id: string;
  readonly name: string;
  /** Whether one conversation, or the whole of a file, looks like it. */
  readonly recognises: (value: unknown) => boolean;
  /** Every conversation in `value`. Throws where it cannot be read; `place` counts what stands beside it, from 0. */
  readonly read: (value: unknown, beside: Beside, place: number) => readonly SourceConversation[];
}
