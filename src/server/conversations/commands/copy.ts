/** `copy`: the way to a message as a conversation of its own ("New chat from here", decision 0096). */
import { createHash } from 'node:crypto';
import {
  branchStream,
  type CommandInput,
  type CommandOutput,
  chainTo,
  type Message,
  outlineStream,
  type Part,
  readMessages,
} from '../../../protocol/index.ts';
import { isSummary, type Origin } from '../../../tree/index.ts';
import { readAll, START } from '../../engine/index.ts';
import { slotAfter } from '../branch/fork.ts';
import { place } from '../branch/place.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';

type CopyCommand = CommandInput<'copy'>;

/** Idempotent by the new conversation's id: the copies' ids follow from it, so a repeat goes on where an earlier try ended. */
export async function copy(
  store: Store,
  { conversation, from }: CopyCommand,
): Promise<CommandOutput<'copy'>> {
  const source = await store.list.living(from.conversation);
  const chain = await readTo(store, from);
  return store.queue.run(conversation, async () => {
    const header = (await store.list.find(conversation))?.header;
    if (header?.deleted) throw refusals.deleted();
    const active = store.clock.tick();
    if (!header)
      await store.list.patch(conversation, {
        created: active,
        active,
        title: { text: source.title.text, by: 'words' },
      });
    await store.engine.create(outlineStream(conversation));
    const outline = await store.outlines.of(conversation);
    const copied = new Map<string, string>();
    for (const message of chain) copied.set(message.id, await copyOne(store, outline, message, copied));
    return { message: copied.get(from.message) as string };
  });
}

/** The messages up to this one, itself included. @throws {Refusal} when it is not there */
async function readTo(
  store: Store,
  { conversation, message }: CopyCommand['from'],
): Promise<readonly Message[]> {
  const { tree } = await store.outlines.of(conversation);
  const header = tree.messages.get(message);
  if (!header)
    throw tree.generations.get(message)?.end === undefined && tree.generations.has(message)
      ? refusals.stillWriting()
      : refusals.noParent();
  const { items } = await readAll(store.engine, branchStream(conversation, header.branch), START);
  return chainTo(readMessages(items), message);
}

/** Appended, then indexed, one by one: what a crash leaves out is at most the last, and repair finds it. */
async function copyOne(
  store: Store,
  outline: Outline,
  message: Message,
  copied: ReadonlyMap<string, string>,
): Promise<string> {
  const id = copyId(outline.conversation, message.id);
  if (outline.tree.messages.has(id)) return id;
  const parent = message.parent === null ? null : (copied.get(message.parent) as string);
  const above = parent === null ? undefined : outline.tree.messages.get(parent);
  // Who sent it does not go on sending here.
  const { sent: _sent, ...said } = message;
  const header = await place(store, outline, above ? slotAfter(above) : null, () => ({
    ...said,
    ...{ id, parent, parts: copiedParts(message, copied), origin: copyOrigin(message) },
  }));
  await outline.write([{ kind: 'message', message: header }]);
  return id;
}

/** A copy of a summary is one (docs/protocol.md, "What counts"). */
const copyOrigin = (message: Message): Origin => ({
  kind: isSummary(message) ? 'summary' : 'copy',
  of: message.id,
});

/** What a summary stands for is here under other ids. */
function copiedParts({ parts }: Message, copied: ReadonlyMap<string, string>): readonly Part[] {
  const here = (id: string) => copied.get(id) ?? id;
  return parts.map((part) => {
    if (part.kind !== 'summary') return part;
    const { covers, prompt } = part;
    return {
      ...{ ...part, covers: { from: here(covers.from), to: here(covers.to) } },
      ...(prompt && { prompt: here(prompt) }),
    };
  });
}

function copyId(conversation: string, message: string): string {
  return createHash('sha256').update(`${conversation} ${message}`).digest('base64url').slice(0, 21);
}
