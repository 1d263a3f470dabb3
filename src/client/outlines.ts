/** The tree of each open conversation: its outline read once, then followed. */
import type { QueryClient } from '@tanstack/react-query';
import { type OutlineItem, outlineItemSchema, outlineStream, readItems, START } from '../protocol/index.ts';
import { emptyTree, foldOutline, type OutlineChange, type Tree } from '../tree/index.ts';
import type { Feeds } from './feeds.ts';
import { loading } from './loading.ts';
import type { StreamReader } from './streams.ts';
import type { FinishedReply } from './types.ts';

export interface OutlineData {
  readonly tree: Tree;
  /** Where the fold stands. */
  readonly position: string;
}

export const outlineKey = (conversation: string) => ['outline', conversation] as const;

/** A conversation that was left is followed a little longer, so that switching back is instant; in ms. */
const GRACE = 30_000;

export interface OutlinesOptions {
  readonly queryClient: QueryClient;
  readonly reader: StreamReader;
  readonly feeds: Feeds;
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

  /** A page shows the conversation, or did a moment ago. */
  isOpen(conversation: string): boolean {
    return this.options.feeds.has(outlineStream(conversation));
  }

  /** Keeps the conversation live. Returns the way to stop. */
  retain(conversation: string): () => void {
    const stream = outlineStream(conversation);
    const feed = {
      stream,
      position: () => this.data(conversation)?.position,
      apply: (items: readonly unknown[], next: string) => this.apply(conversation, items, next),
      gone: () => void this.options.queryClient.resetQueries({ queryKey: outlineKey(conversation) }),
    };
    return this.options.feeds.retain(feed, GRACE);
  }

  /** Calls `listener` when a tree was read or has changed. Returns the way to stop. */
  onChange(listener: TreeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `listener` for each reply that ends from now on. Returns the way to stop. */
  onFinished(conversation: string, listener: (reply: FinishedReply) => void): () => void {
    return this.onChange((changed, tree, before) => {
      if (changed === conversation && before) for (const reply of finished(tree, before)) listener(reply);
    });
  }

  private data(conversation: string): OutlineData | undefined {
    return this.options.queryClient.getQueryData<OutlineData>(outlineKey(conversation));
  }

  private apply(conversation: string, items: readonly unknown[], next: string): void {
    const before = this.data(conversation);
    if (!before) return;
    const tree = foldOutline(before.tree, changesOf(items));
    if (tree === before.tree && next === before.position) return;
    this.options.queryClient.setQueryData<OutlineData>(outlineKey(conversation), { tree, position: next });
    if (tree !== before.tree) this.tell(conversation, tree, before.tree);
  }

  private tell(conversation: string, tree: Tree, before: Tree | undefined): void {
    for (const listener of [...this.listeners]) listener(conversation, tree, before);
  }

  private async read(conversation: string, signal: AbortSignal): Promise<OutlineData> {
    const before = this.data(conversation);
    const stream = outlineStream(conversation);
    let tree = before?.tree ?? emptyTree;
    let position = before?.position ?? START;
    for await (const { items, next } of this.options.reader.pages(stream, { offset: position, signal })) {
      tree = foldOutline(tree, changesOf(items));
      position = next;
    }
    this.options.feeds.begin(stream, position);
    if (tree !== before?.tree) this.tell(conversation, tree, before?.tree);
    return { tree, position };
  }
}

function changesOf(items: readonly unknown[]): OutlineChange[] {
  return readItems(outlineItemSchema, items) as OutlineItem[] as OutlineChange[];
}

function finished(tree: Tree, before: Tree): FinishedReply[] {
  if (tree.generations === before.generations) return [];
  const ended = [...tree.generations.values()].filter(
    ({ id, end }) => end !== undefined && before.generations.get(id)?.end === undefined,
  );
  return ended.map((generation) => {
    const header = tree.messages.get(generation.id);
    return { generation, ...(header && { header }) };
  });
}
