/** Conversations for tests: views as `useConversation` gives them, from a few words each. */
import type { ConversationView, PathEntry, PendingSend } from '../../client/types.ts';
import { type Message, type Part, previewOf } from '../../protocol/index.ts';
import {
  emptyTree,
  type Finish,
  foldOutline,
  type Generation,
  type MarkPatch,
  type MessageHeader,
  type Origin,
  type OutlineChange,
  type Role,
} from '../../tree/index.ts';

export const model = { source: 'local', id: 'small' };
export const text = (words: string): readonly Part[] => [{ kind: 'text', text: words }];

interface Said extends Partial<Pick<MessageHeader, 'finish' | 'usage' | 'author' | 'context'>> {
  readonly id?: string;
  readonly role?: Role;
  /** Id of the message before; default: the one described before. */
  readonly parent?: string | null;
  /** Why it exists; default: it was sent. */
  readonly origin?: Origin;
}

type Why = Pick<PendingSend, 'code' | 'facts' | 'folder'>;

/** Describes a conversation message by message. Roles alternate unless said otherwise. */
export class Conversation {
  readonly messages = new Map<string, Message>();
  private readonly changes: OutlineChange[] = [];
  private time = 1_000;
  private last: string | null = null;
  private readonly entries: PathEntry[] = [];

  /** Adds a message that ends the path; with `aside`, one that stands beside it. */
  say(words: string | readonly Part[], said: Said & { readonly aside?: boolean } = {}): this {
    const parts = typeof words === 'string' ? text(words) : words;
    const { aside, role = this.entries.length % 2 === 0 ? 'user' : 'assistant', parent = this.last } = said;
    const id = said.id ?? `message-${this.messages.size + 1}`;
    const header = this.header(id, { ...said, role, parent }, parts);
    this.changes.push({ kind: 'message', message: header });
    const { preview: _, branch: __, start: ___, end: ____, ...rest } = header;
    this.messages.set(id, { ...rest, v: 1, kind: 'message', parts: [...parts] } as Message);
    if (!aside) this.entries.push({ kind: 'message', key: id, header });
    if (!aside) this.last = id;
    return this;
  }

  /** Adds a reply being written; with `end`, one that ended before its first word. */
  reply(id = 'reply-1', end?: Finish, { aside = false } = {}): this {
    const generation = this.generation(id, end);
    this.changes.push({ kind: 'generation', generation });
    if (!aside) this.entries.push({ kind: end ? 'empty-end' : 'reply', key: id, generation });
    return this;
  }

  /** Marks a message said before, with a label, a colour or a star. */
  mark(id: string | null, mark: Omit<MarkPatch, 'id' | 'at'>): this {
    this.time += 1;
    this.changes.push({ kind: 'mark', mark: { id: id ?? '', at: this.time, ...mark } });
    return this;
  }

  pending(words: string, state: PendingSend['state'], problem?: string, of?: string, why?: Why): this {
    const message = `pending-${this.entries.length}`;
    const sent = {
      conversation: 'conversation-1',
      message,
      parent: this.last,
      text: words,
      reply: 'reply-of-it',
    };
    const pending: PendingSend = {
      ...sent,
      model,
      state,
      ...(problem && { problem }),
      ...(of && { of }),
      ...why,
    };
    this.entries.push({ kind: 'pending', key: message, pending });
    return this;
  }

  get view(): ConversationView {
    const last = this.entries[this.entries.length - 1];
    return {
      id: 'conversation-1',
      status: 'ready',
      retry: () => {},
      tree: foldOutline(emptyTree, this.changes),
      path: [...this.entries],
      tip: this.last,
      ...(last?.kind === 'reply' && { live: last.generation }),
    };
  }

  private header(
    id: string,
    said: Said & Pick<MessageHeader, 'role' | 'parent'>,
    parts: readonly Part[],
  ): MessageHeader {
    this.time += 1_000;
    const { role, parent, finish, usage, context } = said;
    const author =
      said.author ?? (role === 'assistant' ? { kind: 'model', model, name: 'Small' } : { kind: 'user' });
    const { origin = { kind: 'send' } } = said;
    const place = { branch: 'branch-1', start: '0', end: '1', origin } as const;
    const rest = { ...(finish && { finish }), ...(usage && { usage }), ...(context && { context }) };
    return { id, parent, role, author, preview: previewOf(parts), time: this.time, ...place, ...rest };
  }

  private generation(id: string, end?: Finish): Generation {
    this.time += 1_000;
    return {
      id,
      parent: this.last ?? 'nobody-1',
      branch: 'branch-1',
      at: '1',
      model,
      name: 'Small',
      origin: { kind: 'send' },
      started: this.time,
      ...(end && { end }),
    };
  }
}
