/** `send`: a message after its parent, and the reply to it (docs/protocol.md, "Write order"). */
import type { CommandInput, CommandOutput, FilePart, Message } from '../../../protocol/index.ts';
import { inAsides, type Origin, type Tree } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { firstTitle } from '../kit/first-title.ts';
import { personsMessage } from '../kit/messages.ts';
import { refusals } from '../kit/refusals.ts';
import { type AskedReply, startReply } from '../reply/generations.ts';
import { fileParts } from './file-parts.ts';
import { withRoom } from './make-room.ts';
import { bringBack } from './mark.ts';
import { sayOffers } from './offers.ts';
import { isForked, say } from './say-message.ts';
import { newSettings } from './settings.ts';
import { askedReplies, askOthers, wantedReplies } from './several.ts';

type SendCommand = CommandInput<'send'>;

export async function send(store: Store, input: SendCommand): Promise<CommandOutput<'send'>> {
  const wanted = await wantedReplies(store, input);
  if (wanted.some(({ id }) => id === input.message || id === input.system) || input.system === input.message)
    throw refusals.sameIds();
  const [one] = wanted;
  if (!one) throw refusals.unknownModel();
  const files = await fileParts(store, input.files);
  return store.queue.run(input.conversation, async () => {
    const settled = await store.list.living(input.conversation);
    const outline = await store.outlines.of(input.conversation);
    const { message: id } = input;
    const beside = isBeside(outline.tree, input);
    const isNew = !outline.tree.generations.has(one.id);
    const asking = (parent: string | null, first?: Message) => {
      const { tree } = outline;
      const own = message(store, { ...input, parent }, files, false);
      const said = first ? [first, own] : own;
      const question = { header: settled, after: headerUnder(tree, parent), said, tree };
      return askedReplies(store, id, wanted, question, (index) =>
        index === 0 ? { kind: 'send' } : { kind: 'regenerate', of: one.id },
      );
    };
    // Before anything is written: what cannot be asked is refused.
    const room = await withRoom(store, {
      ...{ outline, header: settled, wanted, message: id, after: input.parent, asking },
      // What is asked aside leaves the conversation as it is.
      overflow: input.origin === 'aside' ? null : input.overflow,
    });
    const parent =
      room.after === input.parent ? await beginning(store, outline, input, room.asked) : room.after;
    const all = parent === room.after ? room.asked : await asking(parent);
    const [asked, ...others] = all;
    const { header, generation } = await say(store, outline, {
      ...{ id, parent, apart: input.origin === 'aside', ...(asked && { asked }) },
      isKnown: ({ role, parent: under, origin }) =>
        role === 'user' && under === parent && isSameWay(origin, input),
      draft: (forked) => message(store, { ...input, parent }, files, forked),
    });
    await bringBack(store, outline, parent);
    const choices = input.choices ?? [];
    if (isNew && !beside)
      await sayOffers(
        store,
        input.conversation,
        choices.map((choice) => ({ kind: 'value', by: 'person', ...choice })),
      );
    const title = beside ? undefined : firstTitle(settled, outline.tree, header);
    if (generation)
      await startReply(store, outline, generation, {
        active: header.time,
        ...(title && { title }),
        ...(isNew && !beside && newSettings(settled, settingsOf({ ...input, model: one.model }, all))),
      });
    await askOthers(store, outline, header, others);
    return { message: header.id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

/** What the message follows: in a conversation that is new the default system prompt, where one is wanted and there is one. */
async function beginning(
  store: Store,
  outline: Outline,
  input: SendCommand,
  asked: readonly AskedReply[],
): Promise<string | null> {
  const { parent, system: id } = input;
  if (parent !== null || id === undefined) return parent;
  const { messages } = outline.tree;
  const text = store.defaultPrompt();
  if (!messages.has(id) && (text === '' || messages.size > 0)) return parent;
  if (asked.some(({ named }) => !named)) throw refusals.unknownModel();
  const { header } = await say(store, outline, {
    ...{ id, parent },
    isKnown: ({ role, parent: under }) => role === 'system' && under === null,
    draft: () =>
      personsMessage({
        id,
        parent,
        role: 'system',
        text,
        origin: { kind: 'send' },
        time: store.clock.tick(),
      }),
  });
  return header.id;
}

/** That an agent begins anew is said for this once; its folder, one for all agents here, is kept as it is on the disk. */
function settingsOf({ anew, folder: _, choices: __, ...input }: SendCommand, asked: readonly AskedReply[]) {
  const folder = asked.map(({ asking }) => asking?.folder).find((one) => one !== undefined);
  return { ...input, ...(folder !== undefined && { folder }) };
}

const headerUnder = (tree: Tree, parent: string | null) =>
  parent === null ? null : tree.messages.get(parent);

/** What is said in an aside is no choice for the conversation. */
function isBeside(tree: Tree, { origin, parent }: SendCommand): boolean {
  return origin === 'aside' || (parent !== null && inAsides(tree).has(parent));
}

/** A repeated command is the same whatever its place was called; an aside is nothing else. */
function isSameWay(said: Origin, { origin }: SendCommand): boolean {
  return said.kind !== 'edit' && (said.kind === 'aside') === (origin === 'aside');
}

/** A fork a person chose says so; one that came about because others were faster is stale. */
function message(store: Store, input: SendCommand, files: readonly FilePart[], forked: boolean) {
  const { message: id, parent, text, quotes, origin } = input;
  const kind = origin === 'fork' || origin === 'aside' ? origin : forked ? 'stale' : 'send';
  return personsMessage({ id, parent, text, files, quotes, origin: { kind }, time: store.clock.tick() });
}
