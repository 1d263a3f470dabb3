/** `regenerate`: another reply to a message (docs/protocol.md, "Write order"). */
import type { CommandInput, CommandOutput } from '../../../protocol/index.ts';
import { childrenOf, type MessageHeader, type Origin, type Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { announceReply, knownReply, startReply } from '../reply/generations.ts';
import { askingOf } from './how-to-ask.ts';
import { bringBack } from './mark.ts';

export async function regenerate(
  store: Store,
  input: CommandInput<'regenerate'>,
): Promise<CommandOutput<'regenerate'>> {
  const { conversation, reply, model } = input;
  const named = await store.describe(model);
  return store.queue.run(conversation, async () => {
    const header = await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const parent = question(outline.tree, input.parent);
    const ask = async () => {
      const { tree } = outline;
      const asking = await askingOf(store, { header, wish: input, named, after: parent, tree });
      const asked = { id: reply, model, named, origin: versionOf(outline.tree, parent.id), asking };
      return announceReply(store, outline, parent, asked);
    };
    const generation = knownReply(outline.tree, parent.id, reply) ?? (await ask());
    await bringBack(store, outline, parent.id);
    await startReply(store, outline, generation, { active: generation.started });
    return { message: reply, branch: generation.branch, forked: generation.branch === reply };
  });
}

function question(tree: Tree, id: string): MessageHeader {
  const header = tree.messages.get(id);
  if (header?.role === 'user') return header;
  const generation = tree.generations.get(id);
  if (header) throw refusals.notAQuestion();
  throw generation && !generation.end ? refusals.stillWriting() : refusals.noParent();
}

/** The newest reply to the message is what this one is another version of. */
function versionOf(tree: Tree, parent: string): Origin {
  const of = childrenOf(tree, parent).findLast((id) => tree.messages.get(id)?.role === 'assistant');
  return { kind: 'regenerate', ...(of !== undefined && { of }) };
}
