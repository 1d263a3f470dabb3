/** `mark`: stars, labels, colours, pruning (docs/protocol.md, "Outline"). Order-free patches: no queue, no place of their own. */
import type { CommandInput } from '../../../protocol/index.ts';
import { MARK_FIELDS, type MarkEntry, type MarkPatch, type Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';

type WantedMark = CommandInput<'mark'>['marks'][number];

export async function mark(
  store: Store,
  { conversation, marks }: CommandInput<'mark'>,
): Promise<Record<never, never>> {
  await store.list.living(conversation);
  const outline = await store.outlines.of(conversation);
  if (!marks.every(({ message }) => isThere(outline.tree, message))) throw refusals.noMark();
  const patches = marks.flatMap((asked) => patchFor(store, outline.tree.marks.get(asked.message), asked));
  if (patches.length > 0) await outline.write(patches.map((patch) => ({ kind: 'mark', mark: patch })));
  return {};
}

function isThere({ messages, generations }: Tree, id: string): boolean {
  // Of a reply that ended without a word, too: it was there when somebody pointed at it.
  return messages.has(id) || generations.has(id);
}

/** What is new of it, later than every mark of the message that was read, so that it wins. */
function patchFor(
  store: Store,
  entry: MarkEntry | undefined,
  { message, ...asked }: WantedMark,
): MarkPatch[] {
  const fields = MARK_FIELDS.filter((field) => asked[field] !== undefined);
  const fresh = fields.filter((field) => asked[field] !== (entry?.[field]?.value ?? BLANK[field]));
  if (fresh.length === 0) return [];
  const latest = Math.max(0, ...MARK_FIELDS.map((field) => entry?.[field]?.at ?? 0));
  const said = Object.fromEntries(fresh.map((field) => [field, asked[field]]));
  return [{ id: message, at: store.clock.tick(latest + 1), ...said }];
}

const BLANK = { star: false, label: '', colour: 'none', pruned: false, kept: false } as const;
