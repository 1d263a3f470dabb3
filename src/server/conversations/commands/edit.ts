/** `edit`: a version of a message beside it (tree rule 5). */
import type { CommandInput, CommandOutput } from '../../../protocol/index.ts';
import type { MessageHeader, Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { personsMessage } from '../kit/messages.ts';
import { refusals } from '../kit/refusals.ts';
import { type AskedReply, startReply } from '../reply/generations.ts';
import { fileParts } from './file-parts.ts';
import { askingOf, type Question } from './how-to-ask.ts';
import { bringBack } from './mark.ts';
import { isForked, say } from './say-message.ts';

type EditCommand = CommandInput<'edit'>;

/** The old version keeps what followed it: the new one leaves at the end of their parent, or begins a fresh stream. */
export async function edit(store: Store, input: EditCommand): Promise<CommandOutput<'edit'>> {
  const { conversation, message: id } = input;
  if (id === input.reply) throw refusals.sameIds();
  const named = input.model ? await store.describe(input.model) : null;
  const files = await fileParts(store, input.files);
  return store.queue.run(conversation, async () => {
    const settled = await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const old = edited(outline.tree, input.of);
    if (input.reply && old.role !== 'user') throw refusals.notRegenerated();
    const { parent, role } = old;
    const origin = { kind: 'edit' as const, of: old.id };
    const draft = () =>
      personsMessage({ id, parent, role, text: input.text, files, origin, time: store.clock.tick() });
    const after = parent === null ? null : outline.tree.messages.get(parent);
    const question = { header: settled, named, after, said: draft(), tree: outline.tree };
    const asked = await askedOf(store, input, question);
    const { header, generation } = await say(store, outline, {
      ...{ id, parent, apart: true, ...(asked && { asked }) },
      isKnown: (known) => known.parent === parent && known.role === role && known.origin.of === old.id,
      draft,
    });
    await bringBack(store, outline, parent);
    const active = header.time;
    if (generation) await startReply(store, outline, generation, { active });
    else await store.list.patch(conversation, { active });
    return { message: header.id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

async function askedOf(
  store: Store,
  { reply, model, ...wish }: EditCommand,
  question: Omit<Question, 'wish'>,
): Promise<AskedReply | undefined> {
  if (!reply || !model) return undefined;
  const isNew = !question.tree.generations.has(reply);
  const asking = isNew ? await askingOf(store, { ...question, wish: { ...wish, model } }) : {};
  return { id: reply, model, named: question.named, origin: { kind: 'send' }, asking };
}

/** Throws Refusal. */
function edited(tree: Tree, id: string): MessageHeader {
  const header = tree.messages.get(id);
  if (header) return header;
  const generation = tree.generations.get(id);
  throw generation && !generation.end ? refusals.stillWriting() : refusals.nothingToEdit();
}
