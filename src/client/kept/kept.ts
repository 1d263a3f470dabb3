/**
 * What was read before, kept in the browser: opening it again reads only what is new, and without a network it can still be read
 * (decision 0248). Of one data folder and one sign-in at a time, as the server's answers say (docs/protocol.md, "Access").
 *
 * This is what the first load has of it; the database and what writes to it come later (database.ts, keeper.ts).
 */
import type { Query, QueryClient } from '@tanstack/query-core';
import type { Message, ModelList, Reply, ViewItem } from '../../protocol/index.ts';
import type { Environment } from '../environment.ts';
import type { KeptFold } from '../folds/kept-first.ts';
import type { ListData } from '../folds/list-data.ts';
import type { OutlineData } from '../folds/outlines.ts';
import { type AccessAnswer, SIGNED_OUT } from '../kit/access.ts';
import type { KeyValues } from '../outbox/stored-sends.ts';

/** Something of a conversation that is kept beside its messages; its name has a space, which ids have not. */
export interface KeptBeside {
  readonly conversation: string;
  readonly name: string;
  readonly data: unknown;
}

/** Keeps what is read. */
export interface KeepingOn {
  keep(beside: KeptBeside): void;
  stop(): void;
}

export interface KeptData {
  /** Undefined: it is not kept. */
  list(): Promise<ListData | undefined>;
  outline(conversation: string): Promise<KeptFold<OutlineData> | undefined>;
  /** The models there were. */
  models(): Promise<ModelList | undefined>;
  /** Those of `ids` that are kept, by id. */
  messages(conversation: string, ids: readonly string[]): Promise<ReadonlyMap<string, Message>>;
  /** What was viewed last in a conversation. */
  viewed(conversation: string): Promise<readonly ViewItem[] | undefined>;
  /** A reply as far as it was heard. */
  reply(conversation: string, id: string): Promise<Reply | undefined>;
  /** A conversation that is not as it was kept. */
  forget(conversation: string): Promise<void>;
  /** Keeps what is read from now on. */
  follow(queryClient: QueryClient, environment: Pick<Environment, 'onVisibility' | 'onLeft'>): KeepingOn;
  /** Messages in which all terms are (`termsOf` of protocol/find/find.ts); `most` at most, in no order. */
  find(terms: readonly string[], most: number): Promise<readonly KeptMessage[]>;
  /** How much is kept. */
  counts(): Promise<KeptCounts>;
  clear(): Promise<void>;
}

export interface KeptMessage {
  readonly conversation: string;
  readonly message: Message;
}

export interface KeptCounts {
  readonly conversations: number;
  readonly messages: number;
}

export interface KeptOptions {
  readonly queryClient: QueryClient;
  readonly environment: Pick<Environment, 'onVisibility' | 'onLeft'>;
  /** Says under what something is kept. Undefined: nothing is. */
  readonly storage: KeyValues | undefined;
  readonly load: () => Promise<KeptData>;
  /** What is kept goes: somebody signed out, or it was another's. Default: nobody is told. */
  readonly onCleared?: (() => void) | undefined;
}

const MARK = 'bough:kept';
/** What an answer says while nobody has said anything: there is nothing to keep. */
const NOTHING = 'none';
/** How soon the database is asked for again after it could not be had, in ms: a private window has none, code that did not come may. */
const AGAIN = 30_000;

export class KeptReads {
  private readonly options: KeptOptions;
  private data: Promise<KeptData | undefined> | undefined;
  private keeping: KeepingOn | undefined;
  /** Whose it is what this page shows; undefined: nobody said yet. Other tabs may change the mark. */
  private shownAs: string | undefined;
  /** When the database could not be had, in ms since the epoch. */
  private failedAt = Number.NEGATIVE_INFINITY;
  private disposed = false;

  constructor(options: KeptOptions) {
    this.options = options;
    this.shownAs = this.mark ?? undefined;
    // Asked for at once: it is what the page shows first.
    if (this.mark) void this.loaded();
  }

  async list(): Promise<ListData | undefined> {
    return (await this.marked())?.list().catch(() => undefined);
  }

  async outline(conversation: string): Promise<KeptFold<OutlineData> | undefined> {
    return (await this.marked())?.outline(conversation).catch(() => undefined);
  }

  async viewed(conversation: string): Promise<readonly ViewItem[] | undefined> {
    return (await this.marked())?.viewed(conversation).catch(() => undefined);
  }

  async reply(conversation: string, id: string): Promise<Reply | undefined> {
    return (await this.marked())?.reply(conversation, id).catch(() => undefined);
  }

  /** Keeps something beside the messages, in place of what had that name. */
  keep(conversation: string, name: string, data: unknown): void {
    this.keeping?.keep({ conversation, name, data });
  }

  async models(): Promise<ModelList | undefined> {
    return (await this.marked())?.models().catch(() => undefined);
  }

  async messages(conversation: string, ids: readonly string[]): Promise<ReadonlyMap<string, Message>> {
    const found = (await this.marked())?.messages(conversation, ids).catch(() => undefined);
    return (await found) ?? new Map();
  }

  /** As of `KeptData`; nothing where nothing is kept. */
  async find(terms: readonly string[], most: number): Promise<readonly KeptMessage[]> {
    const found = (await this.marked())?.find(terms, most).catch(() => undefined);
    return (await found) ?? [];
  }

  /** Undefined where nothing is kept. */
  async counts(): Promise<KeptCounts | undefined> {
    return (await this.marked())?.counts().catch(() => undefined);
  }

  /** The server does not have it as it was kept: it is read anew. */
  async forget(conversation: string): Promise<void> {
    await (await this.marked())?.forget(conversation).catch(() => {});
  }

  /** What each answer says. */
  heard({ keptAs, code }: AccessAnswer): void {
    // What is on the page stays there: whoever signs in again goes on with it.
    if (code === SIGNED_OUT) void this.clear();
    if (!keptAs || code === SIGNED_OUT) return;
    const { shownAs } = this;
    this.shownAs = keptAs;
    if (shownAs && shownAs !== NOTHING && shownAs !== keptAs) this.drop(keptAs);
    if (keptAs !== NOTHING && !this.keeping && !this.disposed) this.begin(keptAs);
  }

  /** Another tab has changed the entry `key` of the storage: what it let go of is not written again by this one. */
  stored(key: string): void {
    if (key === MARK && this.mark === null) this.stop();
  }

  /** Everything goes. What is shown of it stays until who shows it reads anew. */
  async clear(): Promise<void> {
    if (!this.mark && !this.keeping) return;
    this.marks(null);
    this.stop();
    this.options.onCleared?.();
    await (await this.loaded())?.clear().catch(() => {});
  }

  dispose(): void {
    this.disposed = true;
    this.keeping?.stop();
  }

  private stop(): void {
    this.keeping?.stop();
    this.keeping = undefined;
  }

  /** It was another's, or of another Bough: what is shown of it is read anew. */
  private drop(keptAs: string): void {
    // Where another tab has seen to it already, what is kept is the new one's.
    if (this.mark === keptAs) this.stop();
    else void this.clear();
    void this.options.queryClient.resetQueries({ predicate: isKept });
  }

  private begin(keptAs: string): void {
    const { queryClient, environment } = this.options;
    const early = new Map<string, KeptBeside>();
    const waiting: KeepingOn = {
      keep: (beside) => early.set(`${beside.conversation} ${beside.name}`, beside),
      stop: () => {},
    };
    this.keeping = waiting;
    const isOver = () => this.keeping !== waiting || this.disposed;
    void this.keptFor(keptAs, isOver).then((data) => {
      if (isOver()) return;
      this.keeping = data?.follow(queryClient, environment);
      for (const beside of early.values()) this.keeping?.keep(beside);
    });
  }

  /** Where what is kept is `keptAs`'s, and nobody else's. Undefined where nothing can be kept, or it is over by then. */
  private async keptFor(keptAs: string, isOver: () => boolean): Promise<KeptData | undefined> {
    const data = await this.loaded();
    if (!data || this.mark === keptAs) return data;
    try {
      // What nobody says whose it is may be another's: the page that was to clear it may have been closed.
      await data.clear();
      return !isOver() && this.marks(keptAs) ? data : undefined;
    } catch {
      return undefined;
    }
  }

  private get mark(): string | null {
    try {
      return this.options.storage?.getItem(MARK) ?? null;
    } catch {
      return null;
    }
  }

  /** Says whose it is; null: nobody's. False where the browser does not keep that. */
  private marks(keptAs: string | null): boolean {
    const { storage } = this.options;
    try {
      if (keptAs === null) storage?.removeItem(MARK);
      else storage?.setItem(MARK, keptAs);
    } catch {
      return false;
    }
    return storage !== undefined;
  }

  private async marked(): Promise<KeptData | undefined> {
    return this.mark ? this.loaded() : undefined;
  }

  /** Undefined where the browser keeps nothing (a private window), or its code cannot be had: asked for again a while later. */
  private loaded(): Promise<KeptData | undefined> {
    if (Date.now() - this.failedAt < AGAIN) return Promise.resolve(undefined);
    this.data ??= this.options.load().catch(() => {
      this.data = undefined;
      this.failedAt = Date.now();
      return undefined;
    });
    return this.data;
  }
}

const isKept = ({ queryKey }: Pick<Query, 'queryKey'>): boolean =>
  ['conversations', 'outline', 'message'].includes(String(queryKey[0]));
