/** Keeps what the page reads soon after it was read or has changed, and all of it at once when the page is left (decision 0285). */
import type { QueryCacheNotifyEvent, QueryClient } from '@tanstack/query-core';
import { hasAll, searchable } from '../../protocol/find/find.ts';
import { listed, type Message, type ModelList, type Reply, type ViewItem } from '../../protocol/index.ts';
import { foundIn } from '../../protocol/text.ts';
import { emptyTree, type Tree, type TreeMapName } from '../../tree/index.ts';
import type { Environment } from '../environment.ts';
import { replyName, VIEWED } from '../folds/kept-first.ts';
import { type ListData, listKey } from '../folds/list-data.ts';
import type { OutlineData } from '../folds/outlines.ts';
import type { FoldPosition } from '../kit/segments.ts';
import { type FoldToKeep, type KeptDatabase, openDatabase, placeOf, type ToKeep } from './database.ts';
import type { KeepingOn, KeptBeside, KeptData } from './kept.ts';

/** How long what was read waits for what comes with it, in ms: a reply that ends is kept a moment later. */
const TOGETHER = 250;
/** How long what was written rests before it is written again, in ms: a large fold, which costs what it is long, and a reply that goes on. */
const REST = { fold: 10_000, beside: 1_000 } as const;
/** How long a large fold that was read or has changed rests before it is written, in ms: it is drawn meanwhile. */
const DRAWN = 2_000;
/** A tree of more messages is large. */
const LARGE = 2_000;

/** Rejects where the browser has no database. */
export async function openKept(build: string): Promise<KeptData> {
  const database = await openDatabase('bough', build);
  return {
    list: async () => (await database.fold('list')) as ListData | undefined,
    outline: async (conversation) => {
      const key = `outline/${conversation}`;
      const at = (await database.fold(placeOf(key))) as FoldPosition | undefined;
      return at && { at, fold: async () => outlineOf(await database.wholeFold(key)) };
    },
    viewed: async (conversation) =>
      (await database.beside(conversation, VIEWED)) as readonly ViewItem[] | undefined,
    reply: async (conversation, id) =>
      (await database.beside(conversation, replyName(id))) as Reply | undefined,
    models: async () => (await database.fold('models')) as ModelList | undefined,
    messages: (conversation, ids) => database.messages(conversation, ids),
    forget: (conversation) => database.forget(conversation),
    follow: (...given) => new Keeper(database, ...given),
    find: (terms, most) => database.find(({ parts }) => hasAll(searchable(foundIn(parts)), terms), most),
    counts: () => database.counts(),
    clear: () => database.clear(),
  };
}

/** Of what is waiting, by key: what it is, and of which conversation. */
interface Unwritten {
  readonly folds: Map<string, unknown>;
  readonly messages: Map<string, readonly [conversation: string, message: Message]>;
  readonly beside: Map<string, KeptBeside>;
}

export class Keeper implements KeepingOn {
  readonly stop: () => void;
  private readonly database: KeptDatabase;
  private readonly queryClient: QueryClient;
  /** What changed and is not written yet, also while it is being written: a page that is left then writes it again, at once. */
  private readonly waiting: Unwritten = { folds: new Map(), messages: new Map(), beside: new Map() };
  /** What was written a moment ago and is not yet written again, by key. */
  private readonly resting = new Set<string>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private isStopped = false;
  /** Conversations that are deleted, and of which nothing is kept any more. */
  private deleted: Promise<ReadonlySet<string>>;

  constructor(
    database: KeptDatabase,
    queryClient: QueryClient,
    environment: Pick<Environment, 'onVisibility' | 'onLeft'>,
  ) {
    this.database = database;
    this.queryClient = queryClient;
    this.deleted = database.fold('list').then(deletedIn, () => new Set());
    const stops = [
      queryClient.getQueryCache().subscribe((event) => this.noticed(event)),
      environment.onVisibility((hidden) => hidden && this.left()),
      environment.onLeft?.(() => this.left()) ?? (() => {}),
    ];
    // What was read before this began.
    for (const { queryKey, state } of queryClient.getQueryCache().getAll()) this.read(queryKey, state.data);
    this.stop = () => {
      this.isStopped = true;
      for (const stop of stops) stop();
      for (const timer of [this.timer, ...this.timers]) clearTimeout(timer);
    };
  }

  keep(beside: KeptBeside): void {
    if (this.isStopped) return;
    this.waiting.beside.set(besideKey(beside), beside);
    this.soon();
  }

  private noticed(event: QueryCacheNotifyEvent): void {
    const { queryKey, state } = event.query;
    if (event.type === 'updated' && event.action.type === 'success') this.read(queryKey, state.data);
  }

  private read(queryKey: readonly unknown[], data: unknown): void {
    if (data === undefined) return;
    const [kind, conversation = '', id = ''] = queryKey as string[];
    const key = foldName(queryKey);
    if (kind === 'message')
      this.waiting.messages.set(`${conversation} ${id}`, [conversation, data as Message]);
    else if (key && !isAsKept(data)) this.changed(key, data);
    else return;
    this.soon();
  }

  private changed(key: string, data: unknown): void {
    const { folds } = this.waiting;
    // Not with each change: what goes on changing would never be written.
    if (isLarge(data) && !folds.has(key) && !this.resting.has(key)) this.rest(key, DRAWN);
    folds.set(key, data);
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // A full disk, or a database that somebody deleted: it is read from the server again.
      this.writing = this.writing.then(() => this.flush()).catch(() => {});
    }, TOGETHER);
  }

  /** Nobody waits for the page any more: all of it goes to the browser now. */
  private left(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { folds, messages, beside } = this.waiting;
    if (this.isStopped) return;
    if (folds.size + messages.size + beside.size === 0) return;
    const all = { folds: new Map(folds), messages: new Map(messages), beside: new Map(beside) };
    this.database.write(this.toKeep(all), true).then(
      () => this.written(all),
      () => {},
    );
    this.forgetDeleted();
  }

  private async flush(): Promise<void> {
    if (this.isStopped) return;
    const folds = this.rested(this.waiting.folds);
    const beside = this.rested(this.waiting.beside);
    const due: Unwritten = { folds, messages: new Map(this.waiting.messages), beside };
    if (folds.size + due.messages.size + beside.size === 0) return;
    const large = new Map([...folds].filter(([, data]) => isLarge(data)));
    for (const key of large.keys()) this.rest(key, REST.fold);
    for (const key of beside.keys()) this.rest(key, REST.beside);
    const small = new Map([...folds].filter(([key]) => !large.has(key)));
    try {
      await this.database.write(this.toKeep({ ...due, folds: small }));
      // As they are by now: the page may have been left, and newer ones written.
      const left = new Map([...this.waiting.folds].filter(([key]) => large.has(key)));
      if (left.size > 0 && !this.isStopped) await this.database.write(this.toKeep({ ...none, folds: left }));
    } finally {
      this.written(due);
    }
    this.forgetDeleted();
  }

  /** What is not there as it was written stays: it changed meanwhile. */
  private written(what: Unwritten): void {
    for (const kind of ['folds', 'messages', 'beside'] as const) {
      const waiting: Map<string, unknown> = this.waiting[kind];
      for (const [key, data] of [...what[kind]]) if (waiting.get(key) === data) waiting.delete(key);
    }
  }

  private rested<T>(waiting: ReadonlyMap<string, T>): Map<string, T> {
    return new Map([...waiting].filter(([key]) => !this.resting.has(key)));
  }

  private rest(key: string, ms: number): void {
    this.resting.add(key);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.resting.delete(key);
      this.soon();
    }, ms);
    this.timers.add(timer);
  }

  private toKeep({ folds, messages, beside }: Unwritten): ToKeep {
    return {
      folds: [...folds].flatMap(([key, data]) => this.foldOf(key, data) ?? []),
      messages: [...messages.values()],
      beside: [...beside.values()],
    };
  }

  private foldOf(key: string, data: unknown): FoldToKeep | undefined {
    if (key === 'list') return { key, data: plainList(data as ListData) };
    if (key === 'models') return { key, data };
    if (this.isDeleted(key)) return undefined;
    const { tree, segment, position } = data as OutlineData;
    const place = { segment, position };
    return { key, data: place, place, pieces: piecesOf(tree) };
  }

  /** What was deleted since the list was kept last goes. */
  private forgetDeleted(): void {
    const list = this.queryClient.getQueryData<ListData>(listKey);
    if (!list) return;
    const now = deletedIn(list);
    this.deleted = this.deleted.then(async (before) => {
      for (const id of now) if (!before.has(id)) await this.database.forget(id).catch(() => {});
      return now;
    });
  }

  private isDeleted(outline: string): boolean {
    const list = this.queryClient.getQueryData<ListData>(listKey);
    return list?.folded.get(outline.slice('outline/'.length))?.header.deleted ?? false;
  }
}

const none: Unwritten = { folds: new Map(), messages: new Map(), beside: new Map() };
const besideKey = ({ conversation, name }: KeptBeside): string => `${conversation} ${name}`;

/** It says when it was written: nothing has come since. */
const isAsKept = (data: unknown): boolean => (data as Partial<OutlineData>).kept !== undefined;
const isLarge = (data: unknown): boolean => ((data as Partial<OutlineData>).tree?.messages.size ?? 0) > LARGE;

function deletedIn(list: unknown): ReadonlySet<string> {
  const all = [...((list as ListData | undefined)?.folded.values() ?? [])];
  return new Set(all.flatMap(({ header }) => (header.deleted ? [header.id] : [])));
}

function foldName([kind, conversation]: readonly unknown[]): string | undefined {
  if (kind === 'conversations') return 'list';
  if (kind === 'models') return 'models';
  return kind === 'outline' ? `outline/${String(conversation)}` : undefined;
}

/** Without what this tab did that no server has said yet. */
function plainList({ folded, foldedFolders, segment, position }: ListData): ListData {
  const [all, folders] = [new Map(folded), new Map(foldedFolders)];
  const shown = { all, folders, shown: listed(all) };
  return { folded: all, foldedFolders: folders, ...shown, segment, position, own: new Map() };
}

/** Entries of one map of a tree. */
interface TreePiece {
  readonly map: TreeMapName;
  readonly entries: readonly (readonly [string, unknown])[];
}

/** So many of its entries are copied at once. */
const PIECE = 1000;
const MAPS = Object.keys(emptyTree) as TreeMapName[];

function* piecesOf(tree: Tree): Generator<TreePiece> {
  for (const map of MAPS) {
    let entries: [string, unknown][] = [];
    for (const entry of tree[map]) {
      if (entries.push(entry) < PIECE) continue;
      yield { map, entries };
      entries = [];
    }
    if (entries.length > 0) yield { map, entries };
  }
}

function outlineOf(kept: Awaited<ReturnType<KeptDatabase['wholeFold']>>): OutlineData | undefined {
  if (!kept) return undefined;
  const maps = new Map(MAPS.map((map) => [map, new Map<string, unknown>()]));
  for (const { map, entries } of kept.pieces as readonly TreePiece[])
    for (const [key, value] of entries) maps.get(map)?.set(key, value);
  const tree = Object.fromEntries(maps) as unknown as Tree;
  return { ...(kept.data as FoldPosition), tree, kept: kept.written };
}
