/** `send`: a message after its parent, and the reply to it (docs/protocol.md, "Write order"). */
import {
  type CommandInput,
  type CommandOutput,
  type FilePart,
  titleFromWords,
} from '../../../protocol/index.ts';
import type { Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { personsMessage } from '../kit/messages.ts';
import { refusals } from '../kit/refusals.ts';
import { type AskedReply, startReply } from '../reply/generations.ts';
import { fileParts } from './file-parts.ts';
import { bringBack } from './mark.ts';
import { isForked, say } from './say-message.ts';
import { newSettings } from './settings.ts';
import { askedReplies, askOthers, wantedReplies } from './several.ts';

type SendCommand = CommandInput<'send'>;

export async function send(store: Store, input: SendCommand): Promise<CommandOutput<'send'>> {
  const wanted = await wantedReplies(store, input);
  if (wanted.some(({ id }) => id === input.message)) throw refusals.sameIds();
  const [one] = wanted;
  if (!one) throw refusals.unknownModel();
  const files = await fileParts(store, input.files);
  return store.queue.run(input.conversation, async () => {
    const settled = await store.list.living(input.conversation);
    const outline = await store.outlines.of(input.conversation);
    const { message: id, parent } = input;
    const { tree } = outline;
    const isNew = !tree.generations.has(one.id);
    const said = message(store, input, files, false);
    const question = { header: settled, after: headerUnder(tree, parent), said, tree };
    const all = await askedReplies(store, id, wanted, question, (index) =>
      index === 0 ? { kind: 'send' } : { kind: 'regenerate', of: one.id },
    );
    const [asked, ...others] = all;
    const { header, generation } = await say(store, outline, {
      ...{ id, parent, ...(asked && { asked }) },
      isKnown: ({ role, parent: under, origin }) =>
        role === 'user' && under === parent && origin.kind !== 'edit',
      draft: (forked) => message(store, input, files, forked),
    });
    await bringBack(store, outline, parent);
    if (generation)
      await startReply(store, outline, generation, {
        active: header.time,
        ...(settled.title.text === '' && {
          title: { text: titleFromWords(header.preview), by: 'words' as const },
        }),
        ...(isNew && newSettings(settled, settingsOf({ ...input, model: one.model }, all))),
      });
    await askOthers(store, outline, header, others);
    return { message: header.id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

/** That an agent begins anew is said for this once; its folder, one for all agents here, is kept as it is on the disk. */
function settingsOf({ anew, folder: _, ...input }: SendCommand, asked: readonly AskedReply[]) {
  const folder = asked.map(({ asking }) => asking?.folder).find((one) => one !== undefined);
  return { ...input, ...(folder !== undefined && { folder }) };
}

const headerUnder = (tree: Tree, parent: string | null) =>
  parent === null ? null : tree.messages.get(parent);

/** A fork a person chose says so; one that came about because others were faster is stale. */
function message(store: Store, input: SendCommand, files: readonly FilePart[], forked: boolean) {
  const { message: id, parent, text, quotes, origin } = input;
  const kind = origin === 'fork' ? 'fork' : forked ? 'stale' : 'send';
  return personsMessage({ id, parent, text, files, quotes, origin: { kind }, time: store.clock.tick() });
}
