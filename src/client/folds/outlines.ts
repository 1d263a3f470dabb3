/** The tree of each open conversation: the end of a path first, then its outline read once, then followed. */
import type { QueryClient } from '@tanstack/query-core';
import { outlineStream, readOutline } from '../../protocol/index.ts';
import type { OpeningPlace } from '../../protocol/requests/opening.ts';
import { emptyTree, foldOutline, type OutlineChange, settledTree, type Tree } from '../../tree/index.ts';
import { loading } from '../kit/loading.ts';
import { advanced, type FoldPosition } from '../kit/segments.ts';
import { breath, bySteps, inSlices } from '../kit/slices.ts';
import type { StreamPage, StreamReader } from '../kit/streams.ts';
import type { Feeds } from './feeds.ts';
import { foldAt, type KeptFold, keptFirst, stoodStill } from './kept-first.ts';
import type { Opened, PathEnd } from './opening.ts';

/** The tree, and where its fold stands. */
export interface OutlineData extends FoldPosition {
  readonly tree: Tree;
  /** It is as this browser kept it at that time, in ms since the epoch: nothing newer was read. Default: it is as it was read. */
  readonly kept?: number;
}

export const outlineKey = (conversation: string) => ['outline', conversation] as const;

/** The end of a path, until the outline is there. */
export const pathEndKey = (conversation: string) => ['path-end', conversation] as const;

/** A conversation that was left is followed a little longer, so that switching back is instant; in ms. */
const GRACE = 30_000;

/** Where an opening is answered within this time, in ms, nothing has to make way for anything. */
const NEAR = 50;
/** Longest that an outline waits for the code that draws messages, in ms. */
const AFTER_CODE = 5_000;
/** How long the end of a path is drawn before what is kept of the rest is read, in ms. */
const DRAWN = 50;

/** Where a conversation is opened; `code`: what draws its messages, which goes before the rest of the outline. */
export interface OpenedAt extends OpeningPlace {
  readonly code?: Promise<unknown>;
}

export interface OutlinesOptions {
  readonly queryClient: QueryClient;
  readonly reader: StreamReader;
  readonly feeds: Feeds;
  /** Reads what a conversation opens with. Default: the outline is all there is. */
  readonly opening?:
    | ((conversation: string, place: OpeningPlace, signal: AbortSignal) => Promise<Opened | undefined>)
    | undefined;
  /** What was read before. Default: nothing is kept. */
  readonly kept?:
    | {
        outline(conversation: string): Promise<KeptFold<OutlineData> | undefined>;
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

  /** `place`: who asks first says where the conversation opens. */
  query(conversation: string, place: OpenedAt = {}) {
    return {
      ...loading,
      queryKey: outlineKey(conversation),
      queryFn: ({ signal }: { signal: AbortSignal }) => this.read(conversation, place, signal),
    };
  }

  /** While it is read perhaps the end of a path alone: what is not in there may be in the tree all the same. */
  tree(conversation: string): Tree | undefined {
    return (this.data(conversation) ?? this.end(conversation))?.tree;
  }

  /** Keeps the conversation live. Returns the way to stop. */
  retain(conversation: string): () => void {
    const stream = outlineStream(conversation);
    const feed = {
      stream,
      position: () => this.standing(conversation)?.position,
      segment: () => this.standing(conversation)?.segment,
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

  private end(conversation: string): PathEnd | undefined {
    return this.options.queryClient.getQueryData<PathEnd>(pathEndKey(conversation));
  }

  private standing(conversation: string): FoldPosition | undefined {
    return this.data(conversation) ?? this.end(conversation);
  }

  private apply(conversation: string, items: readonly unknown[], next: string): void {
    const before = this.data(conversation);
    if (!before) return this.applyToEnd(conversation, items, next);
    const data = folded(before, before.segment, items, next);
    if (data === before) return;
    const { tree } = data;
    this.options.queryClient.setQueryData<OutlineData>(outlineKey(conversation), data);
    if (tree !== before.tree) this.tell(conversation, tree, before.tree);
  }

  /** What is said while the outline is read is seen at once, and folded into it when it is there. */
  private applyToEnd(conversation: string, items: readonly unknown[], next: string): void {
    const before = this.end(conversation);
    if (!before) return;
    const { items: heard, ...place } = advanced(before.segment, items, next);
    const tree = foldOutline(before.tree, changesOf(heard));
    const end: PathEnd = { ...before, ...place, tree, heard: [...before.heard, ...heard] };
    this.options.queryClient.setQueryData(pathEndKey(conversation), end);
    if (tree !== before.tree) this.tell(conversation, tree, before.tree);
  }

  private async gone(conversation: string): Promise<void> {
    await this.options.kept?.forget(conversation);
    this.options.queryClient.removeQueries({ queryKey: pathEndKey(conversation) });
    await this.options.queryClient.resetQueries({ queryKey: outlineKey(conversation) });
  }

  private tell(conversation: string, tree: Tree, before: Tree | undefined): void {
    for (const listener of [...this.listeners]) listener(conversation, tree, before);
  }

  private async readOn(
    conversation: string,
    from: KeptFold<OutlineData> | undefined,
    signal: AbortSignal,
  ): Promise<OutlineData> {
    let data: OutlineData | undefined;
    for await (const page of this.options.reader.index(outlineStream(conversation), from?.at, signal)) {
      if (from) data ??= asRead(await foldAt(from));
      // One that is followed already: others are followed together with it, as soon as it is read.
      const isFollowed = this.end(conversation) !== undefined;
      data = isFollowed ? await foldedInSlices(data, page) : folded(data, page.stream, page.items, page.next);
    }
    if (!data) throw new Error('A stream gave no page.');
    return data;
  }

  /** Of one that is known and may be followed: what was heard while it was read stays, and the fold stands where the connection does. */
  private async readMore(
    conversation: string,
    before: OutlineData,
    signal: AbortSignal,
  ): Promise<OutlineData> {
    const changes: OutlineChange[] = [];
    let place: FoldPosition = before;
    for await (const page of this.options.reader.index(outlineStream(conversation), before, signal)) {
      const { items, ...at } = advanced(page.stream, page.items, page.next);
      changes.push(...changesOf(items));
      place = at;
    }
    const now = this.data(conversation) ?? before;
    const { segment, position } = stoodStill(before, now) ? place : now;
    const data = { tree: foldOutline(now.tree, changes), segment, position };
    // The server was reached: it is not as it was kept any more.
    return now.kept === undefined ? unlessSame(now, data) : data;
  }

  /** What it opens with, so that its last messages can be read and answered while the rest comes. All of it where that is little. */
  private async opens(
    conversation: string,
    place: OpeningPlace,
    signal: AbortSignal,
  ): Promise<OutlineData | undefined> {
    // It is followed from where it stands: one that is there when reading is tried again stays.
    if (this.end(conversation)) return undefined;
    const opened = await this.options.opening?.(conversation, place, signal);
    if (opened && 'whole' in opened) return opened.whole;
    if (opened) this.begin(conversation, opened.end);
    return undefined;
  }

  /** Offsets cannot be ordered: what was heard meanwhile is folded in, so that the fold stands where the connection does. */
  private withHeard(conversation: string, data: OutlineData): OutlineData {
    const end = this.end(conversation);
    if (!end) return data;
    const tree = foldOutline(data.tree, changesOf(end.heard));
    return { tree, segment: end.segment, position: end.position };
  }

  private begin(conversation: string, end: PathEnd): void {
    this.options.queryClient.setQueryData<PathEnd>(pathEndKey(conversation), end);
    this.options.feeds.begin(outlineStream(conversation), end);
    this.tell(conversation, end.tree, undefined);
  }

  private async read(conversation: string, place: OpenedAt, signal: AbortSignal): Promise<OutlineData> {
    const { feeds, queryClient } = this.options;
    const before = this.data(conversation);
    const data = before
      ? await this.readMore(conversation, before, signal)
      : await this.readFirst(conversation, place, signal);
    const known = this.data(conversation)?.tree;
    feeds.begin(outlineStream(conversation), data);
    // Once it is in its place.
    setTimeout(() => queryClient.removeQueries({ queryKey: pathEndKey(conversation) }));
    if (data.tree !== known) this.tell(conversation, data.tree, known);
    return data;
  }

  private async readFirst(
    conversation: string,
    { code, ...place }: OpenedAt,
    signal: AbortSignal,
  ): Promise<OutlineData> {
    const { kept } = this.options;
    const asked = Date.now();
    const over = new AbortController();
    const opening = this.opens(conversation, place, AbortSignal.any([signal, over.signal]));
    opening.catch(() => {});
    const isShown = () => this.end(conversation) !== undefined;
    const read = async (from: KeptFold<OutlineData> | undefined, until: AbortSignal) => {
      const whole = await Promise.race([opening, aborted(until)]);
      if (whole) return whole;
      if (isShown() && (from || Date.now() - asked > NEAR))
        await Promise.race([code, pause(AFTER_CODE, signal)]);
      // To make a large tree of what is kept takes longer than to draw the end of a path.
      if (isShown() && from) await pause(DRAWN, signal);
      const data = await this.readOn(conversation, from, isShown() ? signal : until);
      if (!isShown()) return data;
      const tree = await bySteps(settledTree(data.tree));
      // What is made of it, where it is shown, is work enough for a task.
      await breath();
      return this.withHeard(conversation, { ...data, tree });
    };
    try {
      return await keptFirst(
        {
          kept: async () => kept?.outline(conversation),
          forget: async () => kept?.forget(conversation),
          isShown,
          read,
        },
        signal,
      );
    } finally {
      over.abort();
    }
  }
}

function folded(
  before: OutlineData | undefined,
  stream: string,
  read: readonly unknown[],
  next: string,
): OutlineData {
  const { items, segment, position } = advanced(stream, read, next);
  const tree = foldOutline(before?.tree ?? emptyTree, changesOf(items));
  return unlessSame(before, { tree, segment, position });
}

/** The server was reached: it is no older than that. */
const asRead = ({ tree, segment, position }: OutlineData): OutlineData => ({ tree, segment, position });

/** The same object when nothing is new and nothing moved. */
function unlessSame(before: OutlineData | undefined, now: OutlineData): OutlineData {
  const same =
    now.tree === before?.tree && now.position === before.position && now.segment === before.segment;
  return same ? before : now;
}

/** So many items of an outline are read at a time, and so many changes folded: a fold copies maps, so that fewer at a time cost more. */
const [READ, FOLDED] = [100, 2_000];

/** The same of a long page, with others let through. */
async function foldedInSlices(before: OutlineData | undefined, page: StreamPage): Promise<OutlineData> {
  const { items, segment, position } = advanced(page.stream, page.items, page.next);
  const changes: OutlineChange[] = [];
  await breath();
  await inSlices(items, READ, (slice) => changes.push(...changesOf(slice)));
  let tree = before?.tree ?? emptyTree;
  await inSlices(changes, FOLDED, (slice) => {
    tree = foldOutline(tree, slice);
  });
  return unlessSame(before, { tree, segment, position });
}

function changesOf(items: readonly unknown[]): OutlineChange[] {
  return readOutline(items);
}

/** Rejects when `signal` aborts. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Resolves after `duration` ms, or when `signal` aborts. */
function pause(duration: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, duration);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
