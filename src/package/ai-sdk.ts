/** `bough/ai-sdk`: a transport for the AI SDK's `useChat` and `Chat`, whose chats are conversations of a Bough (docs/hook.md). */
import type { ChatTransport, UIMessage, UIMessageChunk } from 'ai';
import type { Bough } from '../client/bough.ts';
import { type FollowedConversation, followConversation, followToEnd, readTree } from '../client/follow.ts';
import { readJson } from '../client/kit/http.ts';
import {
  FILES_PATH,
  type FileRef,
  fileName,
  newId,
  type Reply,
  storedFileSchema,
  textOf,
} from '../protocol/index.ts';
import { followPath, latestOf, liveIn, type ModelRef, type Tree } from '../tree/index.ts';
import { newChunks, nothingGiven, uiMessageOf } from './ai-chunks.ts';

export interface TransportOptions {
  /** Who answers, unless `body: { model }` of a request says otherwise. Default: the model Bough would choose. */
  readonly model?: ModelRef;
}

type SendOptions = Parameters<ChatTransport<UIMessage>['sendMessages']>[0];

/**
 * A chat's id is that of its conversation: 8 to 64 of `A-Z a-z 0-9 - _`. What is sent is a message under the SDK's own id, an edit is another version
 * of it, regenerating another reply; nothing is lost, and all is in Bough's tree at once. A reply goes on without the page: `resume` takes it up
 * from its beginning. Stop ends it.
 */
export function boughTransport(bough: Bough, options: TransportOptions = {}): ChatTransport<UIMessage> {
  const chats = new Map<string, Chat>();
  const chat = (id: string): Chat => {
    const known = chats.get(id) ?? new Chat(bough, id, options);
    chats.set(id, known);
    return known;
  };
  return {
    resumeStreamIsReplay: true,
    sendMessages: (sent) => chat(sent.chatId).send(sent),
    reconnectToStream: ({ chatId }) => chat(chatId).resume(),
    close: () => {
      for (const one of chats.values()) one.close();
      chats.clear();
    },
  };
}

/**
 * What was said in a conversation, for the `messages` a chat begins with.
 * @param at a message the path goes through; default: the last that was said
 */
export async function chatMessages(bough: Bough, conversation: string, at?: string): Promise<UIMessage[]> {
  const followed = followConversation(bough, conversation);
  try {
    await followed.ready();
    const tree = await readTree(bough, conversation);
    const through = at ?? latestOf(tree);
    const path = followPath(tree, { selected: through, previous: new Map() });
    const whole = path.filter((id) => tree.messages.has(id));
    const messages = await Promise.all(whole.map((id) => followed.message(id)));
    return messages
      .filter(({ role }) => role !== 'system')
      .map((message) => uiMessageOf(message, bough.http.baseUrl));
  } finally {
    followed.close();
  }
}

class Chat {
  private readonly bough: Bough;
  private readonly id: string;
  private readonly options: TransportOptions;
  /** Versions made by edits: the SDK keeps the id of the message that was edited. */
  private readonly versions = new Map<string, string>();
  private followed: FollowedConversation | undefined;

  constructor(bough: Bough, id: string, options: TransportOptions) {
    this.bough = bough;
    this.id = id;
    this.options = options;
  }

  async send({ trigger, messages, abortSignal, body }: SendOptions): Promise<ReadableStream<UIMessageChunk>> {
    const asked = messages.at(-1);
    if (asked?.role !== 'user') throw new Error('Only what a person said can be answered.');
    const model = (body as { model?: ModelRef } | undefined)?.model ?? (await this.model());
    const reply = newId();
    const tree = await readTree(this.bough, this.id).catch(() => undefined);
    if (!tree) await this.bough.command('create', { conversation: this.id });
    const followed = await this.follow();
    const known = tree?.messages.has(this.nameOf(asked.id));
    if (trigger === 'regenerate-message' || (known && (await this.isUnchanged(followed, asked))))
      await this.regenerate(asked.id, reply, model);
    else if (known) await this.edit(asked, reply, model);
    else await this.say(messages, tree, reply, model);
    return this.streamOf(followed, reply, abortSignal);
  }

  async resume(): Promise<ReadableStream<UIMessageChunk> | null> {
    const tree = await readTree(this.bough, this.id).catch(() => undefined);
    const live =
      tree &&
      liveIn(tree)
        .toSorted((a, b) => a.started - b.started)
        .at(-1);
    return live ? this.streamOf(await this.follow(), live.id, undefined) : null;
  }

  close(): void {
    this.followed?.close();
    this.followed = undefined;
  }

  private async follow(): Promise<FollowedConversation> {
    this.followed ??= followConversation(this.bough, this.id);
    await this.followed.ready();
    return this.followed;
  }

  private async model(): Promise<ModelRef> {
    return this.options.model ?? (await this.bough.queryClient.query(this.bough.models)).default;
  }

  private nameOf(id: string): string {
    return this.versions.get(id) ?? id;
  }

  /** The same words once more: asked again after a failure. */
  private async isUnchanged(followed: FollowedConversation, { id, parts }: UIMessage): Promise<boolean> {
    await readTree(this.bough, this.id);
    const message = await followed.message(this.nameOf(id));
    return textOf(message.parts) === sdkText(parts);
  }

  private async regenerate(asked: string, reply: string, model: ModelRef): Promise<void> {
    const parent = this.nameOf(asked);
    await this.bough.command('regenerate', { conversation: this.id, parent, reply, model });
  }

  private async edit(asked: UIMessage, reply: string, model: ModelRef): Promise<void> {
    const message = newId();
    const said = { text: sdkText(asked.parts), files: await this.files(asked), reply, model };
    await this.bough.command('edit', { conversation: this.id, of: this.nameOf(asked.id), message, ...said });
    this.versions.set(asked.id, message);
  }

  private async say(messages: readonly UIMessage[], tree: Tree | undefined, reply: string, model: ModelRef) {
    const [before, asked] = [messages.at(-2), messages.at(-1) as UIMessage];
    const parent = before ? lastSaid(tree, this.nameOf(before.id)) : null;
    if (parent === undefined)
      throw new Error('The message before this one is not in this conversation of Bough.');
    const said = { text: sdkText(asked.parts), files: await this.files(asked), reply, model };
    await this.bough.command('send', { conversation: this.id, message: asked.id, parent, ...said });
  }

  private files({ parts }: UIMessage): Promise<FileRef[]> {
    const files = parts.flatMap((part) => (part.type === 'file' ? [part] : []));
    return Promise.all(
      files.map(async ({ url, filename }, n) => {
        const content = await (await fetch(url)).blob();
        const headers = { 'content-type': 'application/octet-stream' };
        const response = await this.bough.http.request(FILES_PATH, {
          method: 'POST',
          headers,
          body: content,
        });
        const { hash } = await readJson(response, storedFileSchema);
        return { hash, name: fileName(filename ?? `file-${n + 1}`) };
      }),
    );
  }

  private streamOf(followed: FollowedConversation, reply: string, abort: AbortSignal | undefined) {
    const stop = () => {
      this.bough.command('stop', { conversation: this.id, reply }).catch(() => {});
    };
    abort?.addEventListener('abort', stop, { once: true });
    if (abort?.aborted) stop();
    let left = false;
    return new ReadableStream<UIMessageChunk>({
      start: (controller) => {
        let given = nothingGiven;
        const give = (...chunks: UIMessageChunk[]) => {
          for (const chunk of left ? [] : chunks) controller.enqueue(chunk);
        };
        give({ type: 'start', messageId: reply }, { type: 'start-step' });
        const hear = (now: Reply): void => {
          const { chunks, ...next } = newChunks(given, now, this.bough.http.baseUrl);
          given = next.given;
          give(...chunks);
        };
        // What is said next stands where the tree has the reply.
        void followToEnd(followed, reply, hear).then(({ end }) => {
          abort?.removeEventListener('abort', stop);
          give(...(end ? endOf(end) : []));
          if (!left) controller.close();
        });
      },
      cancel: () => {
        left = true;
      },
    });
  }
}

/** The message itself; what a reply answers that ended before its first word; undefined for what is not there. */
function lastSaid(tree: Tree | undefined, id: string): string | undefined {
  return tree?.messages.has(id) ? id : tree?.generations.get(id)?.parent;
}

const sdkText = (parts: UIMessage['parts']): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');

function endOf({ reason, length, failure }: NonNullable<Reply['end']>): UIMessageChunk[] {
  if (reason === 'failed') return [{ type: 'error', errorText: failure?.sentence ?? 'The reply failed.' }];
  if (reason === 'interrupted') return [{ type: 'error', errorText: 'The reply was interrupted.' }];
  if (reason === 'stopped') return [{ type: 'abort' }];
  return [{ type: 'finish-step' }, { type: 'finish', finishReason: length ? 'length' : 'stop' }];
}
