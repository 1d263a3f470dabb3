/** The list of conversations: read once, then followed; with what this tab does shown before the server has said so. */
import type { QueryClient } from '@tanstack/query-core';
import { type ChatFolderEntry, CONVERSATIONS, type ConversationEntry } from '../../protocol/index.ts';
import { loading } from '../kit/loading.ts';
import type { StreamPage, StreamReader } from '../kit/streams.ts';
import type { Feeds } from './feeds.ts';
import { foldAt, type KeptFold, keptFirst, standing, stoodStill } from './kept-first.ts';
import { type ListData, listKey, type OwnPatch, withItems, withOwn, withoutOwn } from './list-data.ts';

/** The list is on every page: it is followed for as long as the page lives, and a little longer. */
const GRACE = 10_000;
/** How long an own patch is shown after the server accepted it, should the stream not deliver it, in ms. */
const OWN = 5000;

export interface ListOptions {
  readonly queryClient: QueryClient;
  readonly reader: StreamReader;
  readonly feeds: Feeds;
  /** What was read before. Default: nothing is kept. */
  readonly kept?: { list(): Promise<ListData | undefined>; clear(): void } | undefined;
}

type ListEntry = ConversationEntry | ChatFolderEntry;

/** Own patches of one command that the server accepted; shown until the stream delivers them. */
interface Accepted {
  readonly patches: readonly { readonly patch: OwnPatch; readonly before: ListEntry | undefined }[];
  readonly timer: ReturnType<typeof setTimeout>;
}

export class ConversationList {
  private readonly options: ListOptions;
  private readonly accepted = new Map<number, Accepted>();
  private owned = 0;

  constructor(options: ListOptions) {
    this.options = options;
  }

  get query() {
    return {
      ...loading,
      queryKey: listKey,
      queryFn: ({ signal }: { signal: AbortSignal }) => this.read(signal),
    };
  }

  data(): ListData | undefined {
    return this.options.queryClient.getQueryData<ListData>(listKey);
  }

  /** Keeps the list live. Returns the way to stop. */
  retain(): () => void {
    return this.options.feeds.retain(this.feed, GRACE);
  }

  /**
   * Shows `patches` at once, for as long as `work` runs and until the stream has them. When `work` fails they are taken
   * back and the failure is passed on; those of what it refused, too.
   */
  async optimistic<T>(
    patches: readonly OwnPatch[],
    work: () => Promise<T>,
    isRefused: (result: T, id: string) => boolean = () => false,
  ): Promise<T> {
    this.owned += 1;
    const key = this.owned;
    const before = new Map(patches.map((patch) => [patch, this.entryOf(this.data(), patch)]));
    this.update((data) => withOwn(data, key, patches));
    try {
      const result = await work();
      const taken = patches.filter(({ id }) => !isRefused(result, id));
      if (taken.length < patches.length) this.update((data) => withOwn(data, key, taken));
      const accepted = taken.map((patch) => ({ patch, before: before.get(patch) }));
      this.accepted.set(key, { patches: accepted, timer: setTimeout(() => this.endOwn(key), OWN) });
      this.endDelivered();
      return result;
    } catch (error) {
      this.endOwn(key);
      throw error;
    }
  }

  dispose(): void {
    for (const { timer } of this.accepted.values()) clearTimeout(timer);
    this.accepted.clear();
  }

  private endOwn(key: number): void {
    clearTimeout(this.accepted.get(key)?.timer);
    this.accepted.delete(key);
    this.update((data) => withoutOwn(data, key));
  }

  private endDelivered(): void {
    const data = this.data();
    for (const [key, { patches }] of this.accepted) {
      if (patches.every(({ patch, before }) => isDelivered(patch, before, this.entryOf(data, patch))))
        this.endOwn(key);
    }
  }

  private entryOf(data: ListData | undefined, { kind, id }: OwnPatch): ListEntry | undefined {
    return (kind === 'conversation' ? data?.folded : data?.foldedFolders)?.get(id);
  }

  private readonly feed = {
    stream: CONVERSATIONS,
    position: () => this.data()?.position,
    segment: () => this.data()?.segment,
    apply: (items: readonly unknown[], next: string) => {
      this.update((data) => withItems(data, data.segment, items, next));
      this.endDelivered();
    },
    gone: () => {
      this.options.kept?.clear();
      void this.options.queryClient.resetQueries({ queryKey: listKey });
    },
  };

  private update(change: (data: ListData) => ListData): void {
    this.options.queryClient.setQueryData<ListData>(listKey, (data) => data && change(data));
  }

  private async read(signal: AbortSignal): Promise<ListData> {
    const { feeds, kept } = this.options;
    const known = this.data();
    const data = known
      ? await this.readMore(known, signal)
      : await keptFirst(
          {
            kept: async () => {
              const list = await kept?.list();
              return list && standing(list);
            },
            forget: () => kept?.clear(),
            read: (from, until) => this.readOn(from, until),
          },
          signal,
        );
    feeds.begin(CONVERSATIONS, data);
    return data;
  }

  /** Of one that is known and may be followed: what was heard, done and taken back while it was read stays so. */
  private async readMore(known: ListData, signal: AbortSignal): Promise<ListData> {
    const pages: StreamPage[] = [];
    for await (const page of this.options.reader.index(CONVERSATIONS, known, signal)) pages.push(page);
    const now = this.data() ?? known;
    let data = now;
    for (const { stream, items, next } of pages) data = withItems(data, stream, items, next);
    const { segment, position } = stoodStill(known, now) ? data : now;
    return stoodStill(data, { segment, position }) ? data : { ...data, segment, position };
  }

  private async readOn(from: KeptFold<ListData> | undefined, signal: AbortSignal): Promise<ListData> {
    let data: ListData | undefined;
    for await (const { items, next, stream } of this.options.reader.index(CONVERSATIONS, from?.at, signal)) {
      if (from) data ??= await foldAt(from);
      data = withItems(data, stream, items, next);
    }
    if (!data) throw new Error('A stream gave no page.');
    return data;
  }
}

/** The stream has changed every field of `patch` since `before`. */
function isDelivered(patch: OwnPatch, before: ListEntry | undefined, now: ListEntry | undefined): boolean {
  const stamps = (entry: ListEntry | undefined): Readonly<Record<string, number>> => entry?.stamps ?? {};
  const fields = Object.keys(patch).filter((field) => field in stamps(now));
  return now !== undefined && fields.every((field) => stamps(now)[field] !== (stamps(before)[field] ?? -1));
}
