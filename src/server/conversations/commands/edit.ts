/** `edit`: a version of a message beside it (tree rule 5). */
import type { CommandInput, CommandOutput } from '../../../protocol/index.ts';
import type { MessageHeader, Tree } from '../../../tree/index.ts';
import type { ModelName } from '../../models/port.ts';
import { fileParts } from '../files.ts';
import { type Asked, startReply } from '../generations.ts';
import { personsMessage } from '../messages.ts';
import { refusals } from '../refusals.ts';
import { isForked, say } from '../say.ts';
import type { Store } from '../store.ts';

type Input = CommandInput<'edit'>;

/** The old version keeps what followed it: the new one leaves at the end of their parent, or begins a fresh stream. */
export async function edit(store: Store, input: Input): Promise<CommandOutput<'edit'>> {
  const { conversation, message: id } = input;
  if (id === input.reply) throw refusals.sameIds();
  const named = input.model ? await store.describe(input.model) : null;
  const files = await fileParts(store, input.files);
  return store.queue.run(conversation, async () => {
    await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const old = edited(outline.tree, input.of);
    if (input.reply && old.role !== 'user') throw refusals.notRegenerated();
    const asked = askedOf(input, named);
    const { parent, role } = old;
    const origin = { kind: 'edit' as const, of: old.id };
    const { header, generation } = await say(store, outline, {
      ...{ id, parent, apart: true, ...(asked && { asked }) },
      isKnown: (known) => known.parent === parent && known.role === role && known.origin.of === old.id,
      draft: () =>
        personsMessage({ id, parent, role, text: input.text, files, origin, time: store.clock.tick() }),
    });
    const active = header.time;
    if (generation) await startReply(store, outline, generation, { active });
    else await store.list.patch(conversation, { active });
    return { message: header.id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

function askedOf({ reply, model }: Input, named: ModelName | null): Asked | undefined {
  return reply && model ? { id: reply, model, named, origin: { kind: 'send' } } : undefined;
}

/** Throws Refusal. */
function edited(tree: Tree, id: string): MessageHeader {
  const header = tree.messages.get(id);
  if (header) return header;
  const generation = tree.generations.get(id);
  throw generation && !generation.end ? refusals.stillWriting() : refusals.nothingToEdit();
}
