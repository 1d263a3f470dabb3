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
import type { KeyValues } from '../outbox/shelf.ts';

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

export class KeptReads {
  private readonly options: KeptOptions;
  private data: Promise<KeptData | undefined> | undefined;
  private keeping: KeepingOn | undefined;
  private disposed = false;

  constructor(options: KeptOptions) {
    this.options = options;
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
    const { mark } = this;
    // What is on the page stays there: whoever signs in again goes on with it.
    if (code === SIGNED_OUT) void this.clear();
    else if (keptAs && mark && mark !== keptAs) this.drop();
    if (keptAs && keptAs !== NOTHING && !this.keeping && !this.disposed) this.begin(keptAs);
  }

  /** Everything goes. What is shown of it stays until who shows it reads anew. */
  async clear(): Promise<void> {
    if (!this.mark) return;
    this.options.storage?.removeItem(MARK);
    this.keeping?.stop();
    this.keeping = undefined;
    this.options.onCleared?.();
    await (await this.loaded())?.clear().catch(() => {});
  }

  dispose(): void {
    this.disposed = true;
    this.keeping?.stop();
  }

  /** It was another's, or of another Bough: what is shown of it is read anew. */
  private drop(): void {
    void this.clear();
    void this.options.queryClient.resetQueries({ predicate: isKept });
  }

  private begin(keptAs: string): void {
    const { queryClient, storage, environment } = this.options;
    const { mark } = this;
    try {
      storage?.setItem(MARK, keptAs);
    } catch {
      return;
    }
    // What nobody says whose it is may be another's: the page that was to clear it may have been closed.
    if (mark !== keptAs) this.data = this.loaded().then(cleared);
    const early: KeptBeside[] = [];
    const waiting: KeepingOn = { keep: (beside) => early.push(beside), stop: () => {} };
    this.keeping = waiting;
    void this.loaded().then((data) => {
      if (!data || this.keeping !== waiting || this.disposed) return;
      this.keeping = data.follow(queryClient, environment);
      for (const beside of early) this.keeping.keep(beside);
    });
  }

  private get mark(): string | null {
    return this.options.storage?.getItem(MARK) ?? null;
  }

  private async marked(): Promise<KeptData | undefined> {
    return this.mark ? this.loaded() : undefined;
  }

  /** Undefined where the browser keeps nothing (a private window), or its code cannot be had. */
  private loaded(): Promise<KeptData | undefined> {
    this.data ??= this.options.load().catch(() => undefined);
    return this.data;
  }
}

async function cleared(data: KeptData | undefined): Promise<KeptData | undefined> {
  await data?.clear().catch(() => {});
  return data;
}

const isKept = ({ queryKey }: Pick<Query, 'queryKey'>): boolean =>
  ['conversations', 'outline', 'message'].includes(String(queryKey[0]));
