/** Marks: stars, labels, colours, what was pruned (docs/protocol.md, "Outline"). Folded field by field; idempotent and order-free. */
import type { Colour, MarkPatch } from './types.ts';

interface Stamped<T> {
  readonly value: T;
  readonly at: number;
}

type MarkFields = Omit<Required<MarkPatch>, 'id' | 'at'>;

/** Each field with the time of the patch that gave it: what decides over the next one. */
export type MarkEntry = { readonly [K in keyof MarkFields]?: Stamped<MarkFields[K]> };

/** The mark of a message as people see it. */
export interface Mark {
  readonly star: boolean;
  /** Empty: none. */
  readonly label: string;
  readonly colour: Colour | undefined;
  readonly pruned: boolean;
  /** It begins an aside that was made a branch. */
  readonly kept: boolean;
}

/** What a person can set on a message; each field has its own latest writer. */
export const MARK_FIELDS = ['star', 'label', 'colour', 'pruned', 'kept'] as const;

/** The same entry when the patch says nothing that wins. Of patches of the same time the greater value wins, so that order does not matter. */
export function patchedMark(before: MarkEntry | undefined, patch: MarkPatch): MarkEntry | undefined {
  let after = before;
  for (const field of MARK_FIELDS) {
    const value = patch[field];
    const old = before?.[field];
    if (value === undefined || (old && !wins(value, patch.at, old))) continue;
    after = { ...after, [field]: { value, at: patch.at } };
  }
  return after;
}

function wins(value: boolean | string, at: number, old: Stamped<boolean | string>): boolean {
  return at > old.at || (at === old.at && value > old.value);
}

/** Patches that fold to the entry again: one for each time at which a field was given. */
export function patchesOf(id: string, entry: MarkEntry): MarkPatch[] {
  const patches = new Map<number, MarkPatch>();
  for (const field of MARK_FIELDS) {
    const stamped = entry[field];
    if (!stamped) continue;
    const patch = patches.get(stamped.at) ?? { id, at: stamped.at };
    patches.set(stamped.at, { ...patch, [field]: stamped.value });
  }
  return [...patches.values()];
}

const unmarked: Mark = { star: false, label: '', colour: undefined, pruned: false, kept: false };

/** A tree, as far as marks go. */
interface Marked {
  readonly marks: ReadonlyMap<string, MarkEntry>;
}

/** What stands on a message; nothing on one that nobody marked. */
export function markOf({ marks }: Marked, id: string): Mark {
  const entry = marks.get(id);
  if (!entry) return unmarked;
  const colour = entry.colour?.value;
  return {
    star: entry.star?.value ?? false,
    label: entry.label?.value ?? '',
    colour: colour === 'none' ? undefined : colour,
    pruned: entry.pruned?.value ?? false,
    kept: entry.kept?.value ?? false,
  };
}
