/** What a kind of part is to the rest of Bough: everything that asks about a part asks one of these (docs/protocol.md, "Parts"). */
import type * as z from 'zod/mini';

/** A file as text, for a model; undefined where it is not stored, too large, or an image. */
export type TextOfFile = (hash: string) => string | undefined;

/** One kind of part. All functions are pure and take hostile input: a part is what somebody else may have written. */
export interface PartKind<Part extends { readonly kind: string }> {
  readonly kind: Part['kind'];
  /** A part as it is stored. What does not fit is kept and shown as something this version cannot show. */
  readonly schema: z.ZodMiniType<Part>;
  /** The deltas of a reply's log that it has a rule for. Others append to the field they name. Default: none. */
  readonly log?: PartLog<Part>;
  /** A reply with it says something, and so becomes a message (tree rule 7). */
  readonly says: (part: Part) => boolean;
  /** In the outline, on cards and in titles, where the message has no text. */
  readonly preview: (part: Part) => string;
  /** What copying and exporting take it for; empty: nothing. */
  readonly plain: (part: Part) => string;
  /** What finding looks through. Default: what `plain` gives. */
  readonly found?: (part: Part) => string;
  /** What a model reads of it, in a paragraph of its own; empty: nothing. Text and reasoning of its own go another way. */
  readonly forModel: (part: Part, textOfFile: TextOfFile) => string;
  /** Tokens it takes in a context, estimated. */
  readonly tokens: (part: Part) => number;
}

/** How a part grows in the log of a reply. */
export interface PartLog<Part> {
  /** What such deltas say in `of`. */
  readonly takes: readonly string[];
  /** The part with `text` appended. Without a part it begins one, or gives undefined: then another item has to. */
  readonly grow: (part: Part | undefined, of: string, text: string) => Part | undefined;
}

/** What is seen in the thread alone: not in previews, not found, copied or exported, and no model gets it. A reply with it still says something. */
export const seenOnly = {
  says: () => true,
  preview: () => '',
  plain: () => '',
  forModel: () => '',
  tokens: () => 0,
} as const;
