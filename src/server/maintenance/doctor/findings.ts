/** What a doctor finds in a data folder, in words, and what can be done about it. */
import type { MessageHeader, Tree } from '../../../tree/index.ts';

/**
 * `harmless`: what a process that is killed may leave; the next start, or opening the conversation, mends it. `problem`: `--fix` mends it.
 * `loss`: something that was said or attached is gone; `--fix` keeps the rest readable.
 */
export interface Finding {
  readonly kind: 'harmless' | 'problem' | 'loss';
  /** A sentence, without the place. */
  readonly words: string;
  /** The conversation, or what else it is about. */
  readonly about: string;
  /** What `--fix` does; absent: nothing can be done, or nothing has to. */
  readonly mend?: Mend;
  /** What may be so of every conversation: told of all of them together. */
  readonly alike?: Alike;
}

interface Alike {
  readonly count: number;
  /** `words` for any count. The same function for all that are alike. */
  readonly say: Counting;
}

export type Counting = (count: number) => string;

export const harmless = (about: string, count: number, say: Counting): Finding => ({
  ...{ kind: 'harmless', about, words: say(count), alike: { count, say } },
});

/** Of an index. */
export const IN_PIECES = 'the parts it was written in do not lead from one to the next any more';

export const ENDED = 'it was about to go on in its next part';

export type Mend =
  /** The log gets its length back; what is known of its messages stands in for them. */
  | { readonly kind: 'refill'; readonly stream: string; readonly headers: readonly MessageHeader[] }
  /** Said at the end of an index. */
  | {
      readonly kind: 'say';
      readonly index: string;
      readonly items: readonly unknown[];
    }
  /** An index goes on in a new segment that begins with these. */
  | { readonly kind: 'roll'; readonly index: string; readonly items: readonly unknown[] }
  /** An index is written anew, in one segment. */
  | { readonly kind: 'index'; readonly index: string; readonly items: readonly unknown[] }
  /** All branches and the outline are written anew, from what can be read and this. */
  | { readonly kind: 'anew'; readonly conversation: string; readonly tree: Tree }
  | { readonly kind: 'delete'; readonly stream: string }
  /** A file of the data folder, by its path in it. */
  | { readonly kind: 'set-aside'; readonly path: string };

export interface Examined {
  readonly conversations: number;
  readonly messages: number;
  readonly findings: readonly Finding[];
}
