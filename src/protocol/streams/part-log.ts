/** The fold of what a reply's log says of one part (docs/protocol.md, "Reply"). */

import { grownPart, type Part, type UnreadablePart, unreadablePart } from '../parts/index.ts';
import type { ReplyItem } from './items.ts';

/** An item that says something of a part. */
export type PartItem = Extract<ReplyItem, { readonly part?: number }> & { readonly part: number };

/** The part with what the item says of it. What this version cannot put into it is kept beside it. */
export function foldPart(part: Part | undefined, item: PartItem): Part {
  switch (item.kind) {
    case 'delta':
      return grownPart(part, item.of, item.text) ?? unreadableWith(part, item);
    case 'part':
      return item.whole;
    case 'tool': {
      const { v, seq, part: _place, ...tool } = item;
      return tool;
    }
    case 'other':
      return unreadableWith(part, item.item);
  }
}

function unreadableWith(part: Part | undefined, item: unknown): UnreadablePart {
  if (part?.kind === 'kept') return { ...part, items: [...(part.items ?? []), item] };
  if (part) return { kind: 'kept', of: part.kind, part, items: [item] };
  return { kind: 'kept', of: unreadablePart(item).of, items: [item] };
}
