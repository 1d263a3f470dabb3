/** The tree of each open conversation: its outline read once, then followed. */
import type { QueryClient } from '@tanstack/query-core';
import { outlineStream, readOutline } from '../../protocol/index.ts';
import { emptyTree, foldOutline, type OutlineChange, type Tree } from '../../tree/index.ts';
import { loading } from '../kit/loading.ts';
import { advanced, type FoldPosition } from '../kit/segments.ts';
import type { StreamReader } from '../kit/streams.ts';
import type { Feeds } from './feeds.ts';
import { keptFirst } from './kept-first.ts';

/** The tree, and where its fold stands. */
export interface OutlineData extends FoldPosition {
  readonly tree: Tree;
}

export const outlineKey = (conversation: string) => ['outline', conversation] as const;

/** A conversation that was left is followed a little longer, so that switching back is instant; in ms. */
const GRACE = 30_000;

export interface OutlinesOptions {
  readonly queryClient: QueryClient;
  readonly reader: StreamReader;
  readonly feeds: Feeds;
  /** What was read before. Default: nothing is kept. */
  readonly kept?:
    | {
        outline(conversation: string): Promise<OutlineData | undefined>;
        forget(conversation: string): Promise<void>;
      }
    | undefined;
}

/** `before` is undefined when the tree was read for the first time. */
type TreeListener = (conversation: string, tree: Tree, before: Tree | undefined) => void;

export class Outlines {
  private readonly options: OutlinesOptions;
  private readonly listeners = new Set<TreeListener>();

  constructor(options: OutlinesOptions) {
    this.options = options;
  }

  query(conversation: string) {
    return {
      ...loading,
      queryKey: outlineKey(conversation),
      queryFn: ({ signal }: { signal: AbortSignal }) => this.read(conversation, signal),
    };
  }

  tree(conversation: string): Tree | undefined {
    return this.data(conversation)?.tree;
  }

  /** Keeps the conversation live. Returns the way to stop. */
  retain(conversation: string): () => void {
    const stream = outlineStream(conversation);
    const feed = {
      stream,
      position: () => this.data(conversation)?.position,
      segment: () => this.data(conversation)?.segment,
      apply: (items: readonly unknown[], next: string) => this.apply(conversation, items, next),
      gone: () => void this.gone(conversation),
    };
    return this.options.feeds.retain(feed, GRACE);
  }

  /** Calls `listener` when a tree was read or has changed. Returns the way to stop. */
  onChange(listener: TreeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private data(conversation: string): OutlineData | undefined {
    return this.options.queryClient.getQueryData<OutlineData>(outlineKey(conversation));
  }

  private apply(conversation: string, items: readonly unknown[], next: string): void {
    const before = this.data(conversation);
    if (!before) return;
    const data = folded(before, before.segment, items, next);
    if (data === before) return;
    const { tree } = data;
    this.options.queryClient.setQueryData<OutlineData>(outlineKey(conversation), data);
    if (tree !== before.tree) this.tell(conversation, tree, before.tree);
  }

  private async gone(conversation: string): Promise<void> {
    await this.options.kept?.forget(conversation);
    await this.options.queryClient.resetQueries({ queryKey: outlineKey(conversation) });
  }

  private tell(conversation: string, tree: Tree, before: Tree | undefined): void {
    for (const listener of [...this.listeners]) listener(conversation, tree, before);
  }

  private async readOn(
    conversation: string,
    from: OutlineData | undefined,
    signal: AbortSignal,
  ): Promise<OutlineData> {
    let data = from;
    for await (const page of this.options.reader.index(outlineStream(conversation), from, signal)) {
      data = folded(data, page.stream, page.items, page.next);
    }
    if (!data) throw new Error('A stream gave no page.');
    return data;
  }

  private async read(conversation: string, signal: AbortSignal): Promise<OutlineData> {
    const { feeds, kept } = this.options;
    const before = this.data(conversation);
    const data = await keptFirst(
      {
        known: before,
        kept: async () => kept?.outline(conversation),
        forget: async () => kept?.forget(conversation),
        read: (from, until) => this.readOn(conversation, from, until),
      },
      signal,
    );
    feeds.begin(outlineStream(conversation), data);
    if (data.tree !== before?.tree) this.tell(conversation, data.tree, before?.tree);
    return data;
  }
}

/** The same object when nothing is new and nothing moved. */
function folded(
  before: OutlineData | undefined,
  stream: string,
  read: readonly unknown[],
  next: string,
): OutlineData {
  const { items, segment, position } = advanced(stream, read, next);
  const tree = foldOutline(before?.tree ?? emptyTree, changesOf(items));
  const same = tree === before?.tree && position === before.position && segment === before.segment;
  return same ? before : { tree, segment, position };
}

function changesOf(items: readonly unknown[]): OutlineChange[] {
  return readOutline(items);
}
