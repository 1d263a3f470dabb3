/** `send`: a message after its parent, and the reply to it (docs/protocol.md, "Write order"). */
import {
  type CommandInput,
  type CommandOutput,
  type FilePart,
  titleFromWords,
} from '../../../protocol/index.ts';
import type { Asking, Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { personsMessage } from '../kit/messages.ts';
import { refusals } from '../kit/refusals.ts';
import { type AskedReply, startReply } from '../reply/generations.ts';
import { fileParts } from './file-parts.ts';
import { askingOf } from './how-to-ask.ts';
import { bringBack } from './mark.ts';
import { isForked, say } from './say-message.ts';
import { newSettings } from './settings.ts';

type SendCommand = CommandInput<'send'>;

export async function send(store: Store, input: SendCommand): Promise<CommandOutput<'send'>> {
  if (input.message === input.reply) throw refusals.sameIds();
  const named = await store.describe(input.model);
  const files = await fileParts(store, input.files);
  return store.queue.run(input.conversation, async () => {
    const settled = await store.list.living(input.conversation);
    const outline = await store.outlines.of(input.conversation);
    const { message: id, parent } = input;
    const isNew = !outline.tree.generations.has(input.reply);
    const { tree } = outline;
    const question = { header: settled, wish: input, named, after: headerUnder(tree, parent), tree };
    const asking = isNew
      ? await askingOf(store, { ...question, said: message(store, input, files, false) })
      : {};
    const asked: AskedReply = {
      id: input.reply,
      model: input.model,
      named,
      origin: { kind: 'send' },
      asking,
    };
    const { header, generation } = await say(store, outline, {
      ...{ id, parent, asked },
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
        ...(isNew && newSettings(settled, settingsOf(input, asking))),
      });
    return { message: header.id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

/** That an agent begins anew is said for this once; its folder is kept as it is on the disk. */
function settingsOf({ anew, folder, ...input }: SendCommand, asking: Asking) {
  return { ...input, ...(asking.folder !== undefined && { folder: asking.folder }) };
}

const headerUnder = (tree: Tree, parent: string | null) =>
  parent === null ? null : tree.messages.get(parent);

/** A fork a person chose says so; one that came about because others were faster is stale. */
function message(store: Store, input: SendCommand, files: readonly FilePart[], forked: boolean) {
  const { message: id, parent, text, origin } = input;
  const kind = origin === 'fork' ? 'fork' : forked ? 'stale' : 'send';
  return personsMessage({ id, parent, text, files, origin: { kind }, time: store.clock.tick() });
}
