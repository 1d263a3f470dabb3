/** `regenerate`: another reply to a message (docs/protocol.md, "Write order"). */
import type { CommandInput, CommandOutput } from '../../../protocol/index.ts';
import { childrenOf, type MessageHeader, type Origin, type Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { beginningOf } from '../reply/beginning.ts';
import { bringBack } from './mark.ts';
import { askedReplies, askOthers, wantedReplies } from './several.ts';

export async function regenerate(
  store: Store,
  input: CommandInput<'regenerate'>,
): Promise<CommandOutput<'regenerate'>> {
  const { conversation } = input;
  const wanted = await wantedReplies(store, input);
  return store.queue.run(conversation, async () => {
    const header = await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const { tree } = outline;
    const parent = question(tree, input.parent);
    const begin =
      input.begin && (await beginningOf(store, { conversation, tree, parent: parent.id }, input.begin));
    const { instruction } = input;
    const version = begin?.origin ?? versionOf(tree, parent.id);
    const origin = { ...version, ...(instruction !== undefined && { instruction }) };
    const about = { header, after: parent, tree, begun: begin?.text, instruction };
    const asked = await askedReplies(store, parent.id, wanted, about, () => origin);
    await askOthers(store, outline, parent, asked);
    await bringBack(store, outline, parent.id);
    const first = outline.tree.generations.get(wanted[0]?.id ?? '');
    if (!first) throw refusals.noReply();
    return { message: first.id, branch: first.branch, forked: first.branch === first.id };
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
