/** `send`: a message after its parent, and the reply to it (docs/protocol.md, "Write order"). */
import { type CommandInput, type CommandOutput, titleFromWords } from '../../../protocol/index.ts';
import type { Generation, MessageHeader, Tree } from '../../../tree/index.ts';
import { type Slot, slotAfter } from '../branches.ts';
import { type Asked, announceReply, generationAt, knownReply, startReply } from '../generations.ts';
import { userMessage } from '../messages.ts';
import type { Outline } from '../outlines.ts';
import { place } from '../place.ts';
import { refusals } from '../refusals.ts';
import type { Store } from '../store.ts';

type Input = CommandInput<'send'>;

export async function send(store: Store, input: Input): Promise<CommandOutput<'send'>> {
  if (input.message === input.reply) throw refusals.sameIds();
  const named = await store.describe(input.model);
  return store.queue.run(input.conversation, async () => {
    const { title } = await store.list.living(input.conversation);
    const outline = await store.outlines.of(input.conversation);
    const asked: Asked = { id: input.reply, model: input.model, named, origin: { kind: 'send' } };
    const { header, generation } = await said(store, outline, input, asked);
    await startReply(store, outline, generation, {
      active: header.time,
      ...(title.text === '' && { title: { text: titleFromWords(input.text), by: 'words' } }),
    });
    return { message: header.id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

interface Said {
  readonly header: MessageHeader;
  readonly generation: Generation;
}

/** Message and reply, both indexed. */
async function said(store: Store, outline: Outline, input: Input, asked: Asked): Promise<Said> {
  const generation = knownReply(outline.tree, input.message, input.reply);
  const header = knownMessage(outline.tree, input);
  if (header && generation) return { header, generation };
  if (header) return { header, generation: await lateReply(store, outline, header, asked) };
  if (!asked.named) throw refusals.unknownModel();
  const slot = slotFor(outline.tree, input.parent);
  const placed = await place(store, outline, slot, (forked) => message(store, input, forked));
  return index(store, outline, placed, asked);
}

/** Throws Refusal `id-taken` when the id is known as anything but this message. */
function knownMessage(tree: Tree, input: Input): MessageHeader | undefined {
  const header = tree.messages.get(input.message);
  const other = header && (header.role !== 'user' || header.parent !== input.parent);
  if (other || tree.generations.has(input.message)) throw refusals.idTaken();
  return header;
}

/** The message was appended and found by repair, but nobody came to ask for its reply. */
async function lateReply(
  store: Store,
  outline: Outline,
  header: MessageHeader,
  asked: Asked,
): Promise<Generation> {
  for (const generation of outline.tree.generations.values()) {
    if (generation.parent === header.id && generation.origin.kind === 'send') throw refusals.idTaken();
  }
  return announceReply(store, outline, header, asked);
}

function slotFor(tree: Tree, parent: string | null): Slot | null {
  if (parent === null) return null;
  const header = tree.messages.get(parent);
  if (header) return slotAfter(header);
  const generation = tree.generations.get(parent);
  throw generation && !generation.end ? refusals.stillWriting() : refusals.noParent();
}

function message(store: Store, { message: id, parent, text }: Input, forked: boolean) {
  const origin = { kind: forked ? ('stale' as const) : ('send' as const) };
  return userMessage({ id, parent, text, origin, time: store.clock.tick() });
}

async function index(store: Store, outline: Outline, header: MessageHeader, asked: Asked): Promise<Said> {
  const generation = generationAt(store, asked, slotAfter(header));
  const tree = await outline.write([
    { kind: 'message', message: header },
    { kind: 'generation', generation },
  ]);
  return {
    header: tree.messages.get(header.id) ?? header,
    generation: tree.generations.get(generation.id) ?? generation,
  };
}

function isForked(tree: Tree, header: MessageHeader): boolean {
  return header.branch === header.id && tree.branches.get(header.id)?.from != null;
}
