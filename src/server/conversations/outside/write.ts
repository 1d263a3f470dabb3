/** What somebody from outside asks for, and what became of it (docs/protocol.md, "Writes"). */
import type { OutsideItem } from '../../../protocol/outside-writes.ts';
import type { ModelRef, Producer } from '../../../tree/index.ts';

export interface OutsideWrite {
  readonly conversation: string;
  readonly branch: string;
  readonly by: OutsideAuthor;
  /** None: it is only made, or closed. */
  readonly items: readonly OutsideItem[];
  /** The body as it was sent: what names the batch where nothing else does. */
  readonly text: string;
  /** Nothing follows it in the branch. */
  readonly close: boolean;
}

export interface OutsideAuthor {
  readonly name: string;
  /** Answers what it says as a user. Absent: nobody, unless an item asks. */
  readonly answers?: ModelRef | undefined;
}

export interface OutsidePost extends OutsideWrite {
  /** `Stream-Seq`. */
  readonly seq?: string;
  readonly producer?: Producer;
}

export interface OutsidePut extends OutsideWrite {
  /** Absent: it begins at the root. */
  readonly from?: {
    readonly branch: string;
    /** Absent: its tail. */
    readonly offset?: string;
  };
  /** Refused where there is such a branch already. */
  readonly onlyNew: boolean;
}

/** `next`: the tail of the branch. */
export type Posted =
  /** `fresh`: it was not there before. `producer`: its last batch. */
  | {
      readonly kind: 'said';
      readonly fresh: boolean;
      readonly next: string;
      readonly closed: boolean;
      readonly producer?: Producer;
    }
  | { readonly kind: 'closed'; readonly next: string }
  /** The producer began anew elsewhere, with this epoch. */
  | { readonly kind: 'fenced'; readonly epoch: number }
  | { readonly kind: 'gap'; readonly expected: number; readonly received: number };

export interface Put {
  readonly created: boolean;
  readonly next: string;
  readonly closed: boolean;
}
