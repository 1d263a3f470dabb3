/**
 * Brings a whole conversation from elsewhere (docs/protocol.md, "Transfer"): announced, appended and indexed in the write order. Idempotent by
 * the ids: what is there already stays as it is, and only what is new is added, so that a conversation can be brought again.
 */
import { type Message, outlineStream, VERSION, type ViewItem } from '../../../protocol/index.ts';
import type { MarkPatch, MessageHeader } from '../../../tree/index.ts';
import { isTaken, slotAfter } from '../branch/fork.ts';
import { appendTo, place } from '../branch/place.ts';
import type { PatchFields } from '../index/list.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { writeView } from './view.ts';

export type BroughtMark = Omit<MarkPatch, 'id' | 'at'> & { readonly message: string };

export interface Brought extends Pick<PatchFields, 'title' | 'archived' | 'pinned' | 'model' | 'folder'> {
  readonly conversation: string;
  /** The folder of conversations it was in, which is made where there never was one of this id. */
  readonly filed?: { readonly id: string; readonly name: string };
  /** ms since the epoch. */
  readonly created: number;
  readonly active: number;
  /** Parents before children. */
  readonly messages: readonly Message[];
  readonly marks: readonly BroughtMark[];
  /** What was looked at last. */
  readonly leaf?: string;
}

/** What became of it: messages that are new, and that were there. */
export interface Bringing {
  readonly added: number;
  readonly known: number;
}

/** Appended before they are indexed together, as with what comes from outside. */
const INDEXED_AT_ONCE = 100;

/**
 * @param signal stops between two messages; what was brought stays, and the next time goes on
 * @throws {Refusal} `gone` where it was deleted here; EngineError
 */
export async function bring(store: Store, brought: Brought, signal?: AbortSignal): Promise<Bringing> {
  const { conversation } = brought;
  return store.queue.run(conversation, async () => {
    const header = (await store.list.find(conversation))?.header;
    if (header?.deleted) throw refusals.deleted();
    if (!header) await announce(store, brought);
    await store.engine.create(outlineStream(conversation));
    const outline = await store.outlines.of(conversation);
    const isNew = outline.tree.messages.size === 0;
    const added = await new Saying(store, outline, signal).all(brought.messages);
    await outline.write(marksOf(store, outline, brought));
    if (isNew && brought.leaf !== undefined) await look(store, outline, brought.leaf);
    return { added, known: brought.messages.length - added };
  });
}

async function announce(store: Store, { conversation, created, active, ...said }: Brought): Promise<void> {
  const { title, archived, pinned, filed, model, folder } = said;
  if (filed && !store.list.folders.has(filed.id))
    await store.list.patchFolder(filed.id, { name: filed.name });
  const fields = {
    ...(title && { title }),
    ...(archived && { archived }),
    ...(pinned && { pinned }),
    ...(filed && { filed: filed.id }),
    ...(model && { model }),
    ...(folder && { folder }),
  };
  await store.list.patch(conversation, { created, active, ...fields });
}

/** Messages on their way into a conversation. */
class Saying {
  readonly #store: Store;
  readonly #outline: Outline;
  readonly #signal: AbortSignal | undefined;
  /** Appended, and not indexed yet: one after the other in the same branch. */
  #waiting: MessageHeader[] = [];

  constructor(store: Store, outline: Outline, signal: AbortSignal | undefined) {
    this.#store = store;
    this.#outline = outline;
    this.#signal = signal;
  }

  /** Answers how many were new. */
  async all(messages: readonly Message[]): Promise<number> {
    let added = 0;
    try {
      for (const message of messages) {
        this.#signal?.throwIfAborted();
        if (this.#outline.tree.messages.has(message.id)) continue;
        await this.#say(message);
        added += 1;
      }
    } finally {
      // What was appended is there, whatever became of the rest.
      await this.#index();
    }
    return added;
  }

  async #say(message: Message): Promise<void> {
    const last = this.#waiting.at(-1);
    if (last?.id !== message.parent) await this.#index();
    const above =
      last?.id === message.parent
        ? last
        : message.parent === null
          ? undefined
          : this.#outline.tree.messages.get(message.parent);
    const slot = above ? slotAfter(above) : null;
    if (slot && !this.#outline.tree.branches.has(message.id) && !isTaken(this.#outline.tree, slot)) {
      const appended = await appendTo(this.#store, this.#outline, slot.branch, message, slot.offset);
      if (!('kind' in appended)) return this.#keep(appended);
    }
    await this.#index();
    const header = await place(this.#store, this.#outline, slot, () => message);
    await this.#outline.write([{ kind: 'message', message: header }]);
  }

  async #keep(header: MessageHeader): Promise<void> {
    this.#waiting.push(header);
    if (this.#waiting.length >= INDEXED_AT_ONCE) await this.#index();
  }

  async #index(): Promise<void> {
    const headers = this.#waiting;
    if (headers.length === 0) return;
    this.#waiting = [];
    await this.#outline.write(headers.map((message) => ({ kind: 'message', message })));
  }
}

/** Only for messages nobody marked here: a person's own marks stay. */
function marksOf({ clock }: Store, { tree }: Outline, { marks }: Brought) {
  return marks
    .filter(({ message }) => tree.messages.has(message) && !tree.marks.has(message))
    .map(({ message, ...said }) => ({
      kind: 'mark' as const,
      mark: { ...said, id: message, at: clock.tick() },
    }));
}

/** What was looked at last elsewhere is shown first. May be lost, as every view. */
async function look(store: Store, { conversation, tree }: Outline, leaf: string): Promise<void> {
  if (!tree.messages.has(leaf)) return;
  const item: ViewItem = { v: VERSION, kind: 'view', at: null, leaf, time: store.clock.tick() };
  await writeView(store, conversation, item);
}
