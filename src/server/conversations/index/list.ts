/** The `conversations` stream: headers of all conversations, folded in memory, and patches to them. */
import {
  CONVERSATIONS,
  type Conversation,
  type ConversationEntry,
  type ConversationPatch,
  type Conversations,
  conversationPatchSchema,
  foldConversations,
  isNewInList,
  listSnapshot,
  noConversations,
  readItems,
  VERSION,
} from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { Clock } from '../kit/clock.ts';
import { isMissing, refusals } from '../kit/refusals.ts';
import { type IndexFold, IndexStream } from './index-stream.ts';

const listFold: IndexFold<Conversations, ConversationPatch> = {
  schema: conversationPatchSchema,
  read: (items) => readItems(conversationPatchSchema, items),
  empty: noConversations,
  fold: foldConversations,
  isNew: isNewInList,
  snapshot: listSnapshot,
};

export type PatchFields = Omit<ConversationPatch, 'v' | 'kind' | 'id' | 'at'>;

export class ConversationList {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #index: IndexStream<Conversations, ConversationPatch>;

  /** @param segmentItems as of IndexStream. */
  constructor(engine: Engine, clock: Clock, segmentItems?: number) {
    this.#engine = engine;
    this.#clock = clock;
    this.#index = new IndexStream(engine, CONVERSATIONS, listFold, segmentItems);
  }

  /** Reads what is new; creates the stream at the very first start. Throws EngineError. */
  async refresh(): Promise<Conversations> {
    try {
      return await this.#index.refresh();
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#engine.create(CONVERSATIONS);
      return this.#index.refresh();
    }
  }

  /** As of the last refresh. */
  get entries(): Conversations {
    return this.#index.state;
  }

  /** The stream in which the list goes on, as of the last refresh. */
  get newest(): string {
    return this.#index.newest;
  }

  /** Models conversations are set to, the latest choice first; as of the last refresh. */
  models(): readonly ModelRef[] {
    const set = [...this.entries.values()].filter(({ header }) => header.model && !header.deleted);
    set.sort((a, b) => b.stamps.model - a.stamps.model);
    return set.flatMap(({ header }) => header.model ?? []);
  }

  /** Refreshed. Undefined for a conversation that was never created. */
  async find(conversation: string): Promise<ConversationEntry | undefined> {
    const entry = (await this.refresh()).get(conversation);
    return entry?.header.created === undefined ? undefined : entry;
  }

  /** Refreshed. Throws Refusal `not-found`, or `gone` when it is deleted. */
  async living(conversation: string): Promise<Conversation> {
    const header = (await this.find(conversation))?.header;
    if (!header) throw refusals.noConversation();
    if (header.deleted) throw refusals.deleted();
    return header;
  }

  /** Says what is new of `fields`, later than every patch of them that was read, so that it wins. Throws EngineError. */
  async patch(conversation: string, fields: PatchFields): Promise<void> {
    const entry = this.entries.get(conversation);
    const known = entry
      ? [...Object.values(entry.stamps), ...[...entry.asked.values()].map(({ at }) => at)]
      : [];
    const at = this.#clock.tick(Math.max(0, ...known) + 1);
    await this.#index.write([{ v: VERSION, kind: 'conversation', id: conversation, at, ...fields }]);
  }
}
