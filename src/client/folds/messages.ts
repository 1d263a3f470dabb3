/** Whole messages in the cache: loaded once, never stale, so many kept. */
import type { QueryClient } from '@tanstack/query-core';
import type { Message } from '../../protocol/index.ts';
import type { MessageHeader, Tree } from '../../tree/index.ts';
import { loading } from '../kit/loading.ts';
import type { StreamReader } from '../kit/streams.ts';
import { type LoaderOptions, MessageLoader } from './loader.ts';

const messageKey = (conversation: string, id: string) => ['message', conversation, id] as const;

/** How many messages that are not on the screen stay in the cache; a page of 50 may be loaded on top. */
export const KEPT = 500;
const GC_TIME = 10 * 60_000;

export interface MessagesOptions {
  readonly queryClient: QueryClient;
  readonly reader: StreamReader;
  readonly tree: (conversation: string) => Tree | undefined;
  /** What was read before. Default: nothing is kept. */
  readonly kept?: { readonly messages: NonNullable<LoaderOptions['kept']> } | undefined;
}

type Listener = (conversation: string, message: Message) => void;

export class Messages {
  private readonly queryClient: QueryClient;
  private readonly loader: MessageLoader;
  private readonly listeners = new Set<Listener>();
  private readonly stop: () => void;

  constructor({ queryClient, reader, tree, kept }: MessagesOptions) {
    this.queryClient = queryClient;
    queryClient.setQueryDefaults(['message'], { gcTime: GC_TIME });
    this.loader = new MessageLoader({
      reader,
      tree,
      ...(kept && { kept: (conversation, ids) => kept.messages(conversation, ids) }),
      has: (conversation, id) => this.has(conversation, id),
      found: (conversation, messages) => {
        for (const message of messages) this.seed(conversation, message);
        this.trim();
      },
    });
    this.stop = queryClient.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'success') return;
      const [kind, conversation] = event.query.queryKey as string[];
      if (kind !== 'message' || !conversation) return;
      for (const listener of [...this.listeners]) listener(conversation, event.query.state.data as Message);
    });
  }

  query(conversation: string, header: MessageHeader) {
    return {
      ...loading,
      queryKey: messageKey(conversation, header.id),
      queryFn: ({ signal }: { signal: AbortSignal }) => this.loader.load(conversation, header, signal),
      gcTime: GC_TIME,
    };
  }

  has(conversation: string, id: string): boolean {
    return this.peek(conversation, id) !== undefined;
  }

  /** As far as it is loaded. */
  peek(conversation: string, id: string): Message | undefined {
    return this.queryClient.getQueryData(messageKey(conversation, id));
  }

  /** What is there of a conversation, by id. Costs what is loaded, not what there is to load. */
  loaded(conversation: string): ReadonlyMap<string, Message> {
    const found = this.queryClient.getQueryCache().findAll({ queryKey: ['message', conversation] });
    const messages = found.flatMap(({ state }) => (state.data as Message | undefined) ?? []);
    return new Map(messages.map((message) => [message.id, message]));
  }

  /** Loads a message if it is not there. Rejects like `MessageLoader.load`. */
  ensure(conversation: string, header: MessageHeader): Promise<Message> {
    return this.queryClient.query(this.query(conversation, header));
  }

  /** Puts a message into the cache that is known exactly as the branch has it. */
  seed(conversation: string, message: Message): void {
    const key = messageKey(conversation, message.id);
    if (this.queryClient.getQueryData(key) === undefined) this.queryClient.setQueryData(key, message);
  }

  /** Calls `listener` when a message has come into the cache. Returns the way to stop. */
  onLoaded(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  dispose(): void {
    this.stop();
  }

  /** Drops the messages that were loaded first, among those that are not on the screen. */
  private trim(): void {
    const cache = this.queryClient.getQueryCache();
    const unused = cache.findAll({ queryKey: ['message'], type: 'inactive', fetchStatus: 'idle' });
    const oldest = unused.sort((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt);
    for (const query of oldest.slice(0, Math.max(0, unused.length - KEPT))) cache.remove(query);
  }
}
