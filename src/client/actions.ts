/** What a person can do, as the page calls it. */
import { newId } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { sentenceOf } from './errors.ts';
import type { ConversationList } from './list.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Outlines } from './outlines.ts';
import type { Actions, SendInput } from './types.ts';

export interface ActionsOptions {
  readonly command: Command;
  readonly list: ConversationList;
  readonly outlines: Outlines;
  readonly outbox: Outbox;
}

type OwnPatch = Parameters<ConversationList['optimistic']>[0];

export function createActions({ command, list, outlines, outbox }: ActionsOptions): Actions {
  /** Shows `patch` in the list while the command is under way; takes it back when it fails. */
  const patched = (patch: OwnPatch, work: () => Promise<unknown>) =>
    told(() => list.optimistic(patch, work)).then(() => {});
  const isKnown = (conversation: string) =>
    list.data()?.all.get(conversation)?.header.created !== undefined ||
    outlines.tree(conversation) !== undefined;

  return {
    async create() {
      const conversation = newId();
      await told(() => command('create', { conversation }));
      return conversation;
    },
    send({ conversation, parent, text, model }: SendInput) {
      const send = { conversation, message: newId(), parent, text, reply: newId(), model };
      const create = !isKnown(conversation);
      outbox.add(send, create);
      return { message: send.message, reply: send.reply };
    },
    async regenerate(input) {
      const reply = newId();
      await told(() => command('regenerate', { ...input, reply }));
      return { reply };
    },
    stop: (conversation, reply) => told(() => command('stop', { conversation, reply })).then(() => {}),
    rename(conversation, title) {
      const text = title.trim();
      const patch: OwnPatch = { id: conversation, title: { text, by: 'person' } };
      return patched(patch, () => command('rename', { conversation, title: text }));
    },
    archive: (conversation) =>
      patched({ id: conversation, archived: true }, () => command('archive', { conversation })),
    restore: (conversation) =>
      patched({ id: conversation, archived: false }, () => command('restore', { conversation })),
    remove: (conversation) =>
      patched({ id: conversation, deleted: true }, () => command('delete', { conversation })),
    undoRemove: (conversation) =>
      patched({ id: conversation, deleted: false }, () => command('undelete', { conversation })),
    retrySend: (message) => outbox.retry(message),
    discardSend: (message) => outbox.discard(message),
  };
}

/** Whatever fails, the page gets a sentence. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error });
  }
}
