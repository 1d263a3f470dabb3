/** Conversations as patches again: what the next segment of `conversations` begins with (docs/protocol.md, "Roll-over"). */

import { VERSION } from '../fields.ts';
import type { Conversation, ConversationEntry, Conversations } from './conversations.ts';
import type { ConversationPatch } from './list-items.ts';

type PatchFields = Omit<ConversationPatch, 'v' | 'kind' | 'id' | 'at'>;
type Stamped = keyof ConversationEntry['stamps'];

/** Fields of which the latest patch wins, as a patch has them. A new field has to be added here. */
const stamped: { readonly [K in Stamped]: (header: Conversation) => NonNullable<Pick<PatchFields, K>> } = {
  title: ({ title }) => ({ title }),
  archived: ({ archived }) => ({ archived }),
  deleted: ({ deleted }) => ({ deleted }),
  model: ({ model = null }) => ({ model }),
  temperature: ({ temperature = null }) => ({ temperature }),
  overflow: ({ overflow = null }) => ({ overflow }),
  folder: ({ folder = null }) => ({ folder }),
  anew: ({ anew = null }) => ({ anew }),
  copies: ({ copies = null }) => ({ copies }),
  pinned: ({ pinned = false }) => ({ pinned }),
  filed: ({ filed = null }) => ({ filed }),
};

/** The other fields of a header: their rules need no time. */
const timeless: {
  readonly [K in Exclude<keyof Conversation, Stamped | 'id' | 'deletedAt' | 'asking'>]: (
    entry: ConversationEntry,
    isRecent: boolean,
  ) => PatchFields;
} = {
  created: ({ header: { created } }) => (created === undefined ? {} : { created }),
  active: ({ header: { active } }) => (active > 0 ? { active } : {}),
  open: ({ header, ended }, isRecent) => {
    const open = header.open.map((id) => [id, 'open'] as const);
    const over = isRecent ? [...ended].map((id) => [id, 'ended'] as const) : [];
    return open.length + over.length > 0 ? { generations: Object.fromEntries([...open, ...over]) } : {};
  },
};

/** For how long before the last thing said anywhere a reply is remembered as ended, in ms. */
const REMEMBERED = 3 * 24 * 60 * 60_000;

/**
 * Folds to the same headers. Of conversations in which nothing was said for three days, the replies that ended are left out: all
 * they say is that a patch still under way must not open them again, and the next repair ends what such a patch opens.
 */
export function listSnapshot(list: Conversations): ConversationPatch[] {
  let newest = 0;
  for (const { header } of list.values()) newest = Math.max(newest, header.active);
  return [...list.values()].flatMap((entry) => patchesOf(entry, entry.header.active >= newest - REMEMBERED));
}

/** One patch for each time at which a field was given. */
function patchesOf(entry: ConversationEntry, isRecent: boolean): ConversationPatch[] {
  const { header, stamps } = entry;
  const byTime = new Map<number, PatchFields>();
  for (const [field, tell] of Object.entries(stamped)) {
    const at = stamps[field as Stamped];
    if (at >= 0) byTime.set(at, { ...byTime.get(at), ...tell(header) });
  }
  for (const [id, { at, asks }] of entry.asked) {
    const before = byTime.get(at);
    byTime.set(at, { ...before, asking: { ...before?.asking, [id]: asks } });
  }
  const rest = Object.assign(
    {},
    ...Object.values(timeless).map((tell) => tell(entry, isRecent)),
  ) as PatchFields;
  const [first = 0] = byTime.keys();
  byTime.set(first, { ...byTime.get(first), ...rest });
  return [...byTime].map(([at, fields]) => ({
    v: VERSION,
    kind: 'conversation',
    id: header.id,
    at,
    ...fields,
  }));
}
