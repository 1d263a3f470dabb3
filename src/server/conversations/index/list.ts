/** The `conversations` stream: headers of all conversations, folded in memory, and patches to them. */
import {
  type ChatFolderPatch,
  type ChatFolders,
  CONVERSATIONS,
  type Conversation,
  type ConversationEntry,
  type ConversationPatch,
  type Conversations,
  chatFolderSnapshot,
  foldChatFolders,
  foldConversations,
  isNewChatFolder,
  isNewInList,
  isOfChatFolder,
  isOfConversation,
  type ListChange,
  type ListPatch,
  listPatchSchema,
  listSnapshot,
  noChatFolders,
  noConversations,
  readList,
  VERSION,
} from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import type { Engine, Offset } from '../../engine/index.ts';
import type { Clock } from '../kit/clock.ts';
import { isMissing, refusals } from '../kit/refusals.ts';
import { type IndexFold, IndexStream, type SegmentOptions } from './index-stream.ts';

/** The list, its folders, and what a later version says there, by its text: kept for the next segment. */
interface Folded {
  readonly list: Conversations;
  readonly folders: ChatFolders;
  readonly others: ReadonlyMap<string, unknown>;
}

const listFold: IndexFold<Folded, ListPatch, ListChange> = {
  schema: listPatchSchema,
  read: readList,
  empty: { list: noConversations, folders: noChatFolders, others: new Map() },
  fold: (before, changes) => {
    const patches = changes.flatMap((change) => (change.kind === 'patch' ? [change.patch] : []));
    const list = foldConversations(before.list, patches.filter(isOfConversation));
    const folders = foldChatFolders(before.folders, patches.filter(isOfChatFolder));
    const others = withOthers(before.others, changes);
    const isSame = list === before.list && folders === before.folders && others === before.others;
    return isSame ? before : { list, folders, others };
  },
  isNew: ({ list, folders }, patch) =>
    isOfChatFolder(patch) ? isNewChatFolder(folders, patch) : isNewInList(list, patch),
  snapshot: ({ list, folders, others }) => [
    ...others.values(),
    ...chatFolderSnapshot(folders),
    ...listSnapshot(list),
  ],
};

function withOthers(before: Folded['others'], changes: readonly ListChange[]): Folded['others'] {
  const items = changes.flatMap((change) => (change.kind === 'other' ? [change.item] : []));
  const fresh = items
    .map((item) => [JSON.stringify(item), item] as const)
    .filter(([text]) => !before.has(text));
  return fresh.length > 0 ? new Map([...before, ...fresh]) : before;
}

export type PatchFields = Omit<ConversationPatch, 'v' | 'kind' | 'id' | 'at'>;

export class ConversationList {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #index: IndexStream<Folded, ListPatch, ListChange>;

  readonly #onPatch: (conversation: string, fields: PatchFields) => void;

  /** @param onPatch told after each patch. Default: nobody. */
  constructor(
    engine: Engine,
    clock: Clock,
    segments: SegmentOptions = {},
    onPatch: (conversation: string, fields: PatchFields) => void = () => {},
  ) {
    this.#engine = engine;
    this.#clock = clock;
    this.#onPatch = onPatch;
    this.#index = new IndexStream(engine, CONVERSATIONS, listFold, segments);
  }

  /** Reads what is new; creates the stream at the very first start. Throws EngineError. */
  async refresh(): Promise<Conversations> {
    try {
      return (await this.#index.refresh()).list;
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#engine.create(CONVERSATIONS);
      return (await this.#index.refresh()).list;
    }
  }

  /** As of the last refresh. */
  get entries(): Conversations {
    return this.#index.state.list;
  }

  /** The stream in which the list goes on, as of the last refresh. */
  get newest(): string {
    return this.#index.newest;
  }

  /** As of IndexStream. */
  get snapshotEnd(): Offset | null {
    return this.#index.snapshotEnd;
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

  /** Folders of conversations; as of the last refresh. */
  get folders(): ChatFolders {
    return this.#index.state.folders;
  }

  /** Says what is new of `fields`, later than every patch of them that was read, so that it wins; answers with their time, in ms. Throws EngineError. */
  async patch(conversation: string, fields: PatchFields): Promise<number> {
    const [at = 0] = await this.patchAll([conversation], fields);
    return at;
  }

  /** The same of many in one write. */
  async patchAll(conversations: readonly string[], fields: PatchFields): Promise<readonly number[]> {
    const patches = conversations.map((id): ConversationPatch => {
      const at = this.#after(this.#timesOf(id));
      return { v: VERSION, kind: 'conversation', id, at, ...fields };
    });
    await this.#index.write(patches);
    for (const id of conversations) this.#onPatch(id, fields);
    return patches.map(({ at }) => at);
  }

  /** As `patch`, of a folder of conversations. */
  async patchFolder(id: string, fields: Pick<ChatFolderPatch, 'name' | 'removed'>): Promise<number> {
    const at = this.#after(Object.values(this.folders.get(id)?.stamps ?? {}));
    await this.#index.write([{ v: VERSION, kind: 'chat-folder', id, at, ...fields }]);
    return at;
  }

  #timesOf(conversation: string): readonly number[] {
    const entry = this.entries.get(conversation);
    return entry ? [...Object.values(entry.stamps), ...[...entry.asked.values()].map(({ at }) => at)] : [];
  }

  #after(times: readonly number[]): number {
    return this.#clock.tick(Math.max(0, ...times) + 1);
  }

  /** What the list says of a conversation, as patches; as of the last refresh. */
  patchesOf(conversation: string): readonly ConversationPatch[] {
    const entry = this.entries.get(conversation);
    return entry ? listSnapshot(new Map([[conversation, entry]])) : [];
  }

  /** Says patches as another list had them, with their times. Throws EngineError. */
  async adopt(patches: readonly ListPatch[]): Promise<void> {
    await this.refresh();
    await this.#index.write(patches);
  }

  /** Whether they say nothing new; as of the last refresh. */
  has(patches: readonly ConversationPatch[]): boolean {
    return patches.every((patch) => !isNewInList(this.entries, patch));
  }
}
