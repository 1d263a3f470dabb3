/** What a person can do, as the page calls it. */
import { type ConversationPatch, newId } from '../protocol/index.ts';
import { shownRole } from '../tree/index.ts';
import type { ConversationList } from './folds/list.ts';
import type { Command } from './kit/commands.ts';
import { isAbort, sentenceOf } from './kit/errors.ts';
import type { Opened } from './opened.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Actions, EditInput, SendInput, UploadOptions } from './types.ts';

export interface ActionsOptions {
  readonly command: Command;
  readonly list: ConversationList;
  readonly outbox: Outbox;
  readonly upload: Actions['upload'];
  /** Undefined as long as no conversation can have been opened. */
  readonly opened: () => Opened | undefined;
}

export const createActions = (options: ActionsOptions): Actions => ({
  ...sayActions(options),
  ...messageActions(options),
  ...conversationActions(options),
  ...unsentActions(options),
});

type SayActions = Pick<Actions, 'create' | 'send' | 'edit' | 'setSystem' | 'regenerate'>;

function sayActions(options: ActionsOptions): SayActions {
  const { command, outbox, opened } = options;
  /** Ids of prompts whose command failed, by what they say and where. */
  const untold = new Map<string, string>();
  return {
    async create() {
      const conversation = newId();
      await told(() => command('create', { conversation }));
      return conversation;
    },
    send({ fork, aside, after, inAside, replies: wishes, ...said }: SendInput) {
      const kind = aside ? ('aside' as const) : fork ? ('fork' as const) : undefined;
      const origin = kind ? { origin: kind } : {};
      const replies = wishes?.map(({ model, temperature }) => ({
        ...{ id: newId(), model },
        ...(temperature !== undefined && { temperature }),
      }));
      const reply = replies?.[0]?.id ?? newId();
      const send = { ...said, message: newId(), reply, ...(replies && { replies }), ...origin };
      const create = !isKnown(options, said.conversation);
      if (after === undefined) outbox.add(send, create);
      else outbox.hold(send, { after, ...(inAside && { inAside }) });
      return { message: send.message, reply: send.reply };
    },
    edit({ reply: asks = false, ...said }: EditInput) {
      const { conversation, of } = said;
      const tree = treeOf(options, conversation);
      // A reply that has just ended may be in no outline yet: the server knows.
      const old = tree?.messages.get(of) ?? tree?.generations.get(of);
      if (!old) throw new Error('The message to edit is not here any more.');
      const { parent } = old;
      const role = 'role' in old ? old.role : 'assistant';
      const ids = { message: newId(), ...(asks && { reply: newId() }) };
      // The conversation sees no other wording of it, either.
      const origin = opened()?.isAside(conversation, of) ? { origin: 'aside' as const } : {};
      outbox.add({ ...said, ...ids, ...origin, parent, role: shownRole(role) }, false);
      return ids;
    },
    async setSystem(input) {
      const { conversation } = input;
      // Tried again, the same words after the same message are the same prompt: the answer alone may have been lost.
      const key = JSON.stringify([conversation, input.after, input.text]);
      const message = untold.get(key) ?? newId();
      untold.set(key, message);
      await told(async () => {
        if (!isKnown(options, conversation)) await command('create', { conversation });
        await command('system', { ...input, message });
      });
      untold.delete(key);
      return { message };
    },
    async regenerate({ replies: wishes, ...input }) {
      const replies = wishes.map((wish) => ({ id: newId(), ...wish }));
      await told(() => command('regenerate', { ...input, replies }));
      return { reply: replies[0]?.id ?? '' };
    },
  };
}

type MessageActions = Pick<
  Actions,
  'copy' | 'mark' | 'known' | 'read' | 'viewed' | 'stop' | 'answer' | 'upload'
>;

function messageActions(options: ActionsOptions): MessageActions {
  const { command, list, upload, opened } = options;
  return {
    async copy(from) {
      const conversation = newId();
      const { message } = await told(() => command('copy', { conversation, from }));
      return { conversation, message };
    },
    async mark(conversation, marks) {
      const named = (pruned: boolean) =>
        marks.filter((mark) => mark.pruned === pruned).map(({ message }) => message);
      const views = opened()?.views;
      views?.setLeft(conversation, named(false), false);
      views?.setLeft(conversation, named(true), true);
      try {
        await told(() => command('mark', { conversation, marks: [...marks] }));
      } catch (error) {
        views?.setLeft(conversation, named(true), false);
        throw error;
      }
    },
    known: (conversation) => ({
      header: list.data()?.all.get(conversation)?.header,
      tree: treeOf(options, conversation),
    }),
    read(conversation, id) {
      const { messages } = opened() ?? {};
      const header = treeOf(options, conversation)?.messages.get(id);
      return told(async () => {
        const said = messages?.peek(conversation, id);
        if (said) return said;
        if (!messages || !header) throw new Error('This message is not here any more.');
        return messages.ensure(conversation, header);
      });
    },
    viewed: (conversation, at, leaf) =>
      told(() => command('view', { conversation, at, leaf })).then(() => {}),
    stop: (conversation, reply) => told(() => command('stop', { conversation, reply })).then(() => {}),
    answer: (input) => told(() => command('answer', input)),
    upload: (file: Blob, options?: UploadOptions) => told(() => upload(file, options)),
  };
}

type ConversationActions = Pick<
  Actions,
  'settings' | 'rename' | 'archive' | 'restore' | 'remove' | 'undoRemove' | 'arrange' | 'chatFolder'
>;

/** They show in the list while the command is under way, and are taken back when it fails. */
function conversationActions({ command, list }: ActionsOptions): ConversationActions {
  const patched = (patch: Omit<ConversationPatch, 'v' | 'kind' | 'at'>, work: () => Promise<unknown>) =>
    told(() => list.optimistic([{ kind: 'conversation', ...patch }], work)).then(() => {});
  return {
    settings({ conversation, ...settings }) {
      return patched({ id: conversation, ...settings }, () =>
        command('settings', { conversation, ...settings }),
      );
    },
    rename(conversation, title) {
      const text = title.trim();
      const patch = { id: conversation, title: { text, by: 'person' as const } };
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
    arrange({ conversations, ...fields }) {
      const patches = conversations.map((id) => ({ kind: 'conversation' as const, id, ...fields }));
      const work = () => command('arrange', { conversations: [...conversations], ...fields });
      return told(() =>
        list.optimistic(patches, work, ({ refused }, id) =>
          refused.some(({ conversation }) => conversation === id),
        ),
      );
    },
    chatFolder({ folder, ...fields }) {
      const work = () => command('chat-folder', { folder, ...fields });
      return told(() => list.optimistic([{ kind: 'chat-folder', id: folder, ...fields }], work)).then(
        () => {},
      );
    },
  };
}

type UnsentActions = Pick<Actions, 'retrySend' | 'sendNow' | 'sendAtEnd' | 'discardSend'>;

function unsentActions({ outbox, opened }: ActionsOptions): UnsentActions {
  return {
    retrySend: (message, change) => outbox.retry(message, change),
    sendNow: (message, parent) => outbox.release(message, parent),
    sendAtEnd: (message) => outbox.waitForAnyEnd(message),
    discardSend(message) {
      const taken = outbox.discard(message);
      if (taken) opened()?.views.takeBack(taken.conversation, taken.parent, message);
      return taken;
    },
  };
}

const treeOf = ({ opened }: ActionsOptions, conversation: string) => opened()?.outlines.tree(conversation);

const isKnown = (options: ActionsOptions, conversation: string): boolean =>
  options.list.data()?.all.get(conversation)?.header.created !== undefined ||
  treeOf(options, conversation) !== undefined;

/** Whatever fails, the page gets a sentence. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new Error(sentenceOf(error), { cause: error });
  }
}
