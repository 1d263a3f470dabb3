/** `edit`: a version of a message beside it (tree rule 5). */
import type { CommandInput, CommandOutput } from '../../../protocol/index.ts';
import { isAside, type MessageHeader, type Origin, type Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { personsMessage } from '../kit/messages.ts';
import { refusals } from '../kit/refusals.ts';
import { startReply } from '../reply/generations.ts';
import { fileParts } from './file-parts.ts';
import { withRoom } from './make-room.ts';
import { bringBack } from './mark.ts';
import { isForked, say } from './say-message.ts';
import { askedReplies, askOthers, wantedReplies } from './several.ts';

type EditCommand = CommandInput<'edit'>;

/** The old version keeps what followed it: the new one leaves at the end of their parent, or begins a fresh stream. */
export async function edit(store: Store, input: EditCommand): Promise<CommandOutput<'edit'>> {
  const { conversation, message: id } = input;
  const wanted = await wantedReplies(store, input);
  if (wanted.some((one) => one.id === id)) throw refusals.sameIds();
  const files = await fileParts(store, input.files);
  return store.queue.run(conversation, async () => {
    const settled = await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const old = edited(outline.tree, input.of);
    if (wanted.length > 0 && old.role !== 'user') throw refusals.notRegenerated();
    const { role } = old;
    const { text, quotes } = input;
    const origin = originOf(outline.tree, old);
    const draft = (parent: string | null) =>
      personsMessage({ id, parent, role, text, files, quotes, origin, time: store.clock.tick() });
    const room = await withRoom(store, {
      ...{ outline, header: settled, wanted, message: id, after: old.parent },
      // What is asked aside leaves the conversation as it is.
      overflow: origin.kind === 'aside' ? null : input.overflow,
      asking: (parent, first) => {
        const { tree } = outline;
        const after = parent === null ? null : tree.messages.get(parent);
        const said = first ? [first, draft(parent)] : draft(parent);
        return askedReplies(store, id, wanted, { header: settled, after, said, tree }, (index) =>
          index === 0 ? { kind: 'send' } : { kind: 'regenerate', of: wanted[0]?.id ?? '' },
        );
      },
    });
    const [asked, ...others] = room.asked;
    const { after: parent } = room;
    const { header, generation } = await say(store, outline, {
      // The place after a summary that was said for it is its own.
      ...{ id, parent, apart: parent === old.parent, ...(asked && { asked }) },
      isKnown: (known) => known.parent === parent && known.role === role && known.origin.of === old.id,
      draft: () => draft(parent),
    });
    await bringBack(store, outline, parent);
    const active = header.time;
    if (generation) await startReply(store, outline, generation, { active });
    else await store.list.patch(conversation, { active });
    await askOthers(store, outline, header, others);
    return { message: header.id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

/** Another wording of what was asked aside is an aside. */
function originOf(tree: Tree, old: MessageHeader): Origin {
  return { kind: isAside(tree, old.id) ? 'aside' : 'edit', of: old.id };
}

/** Throws Refusal. */
function edited(tree: Tree, id: string): MessageHeader {
  const header = tree.messages.get(id);
  if (header) return header;
  const generation = tree.generations.get(id);
  throw generation && !generation.end ? refusals.stillWriting() : refusals.nothingToEdit();
}
