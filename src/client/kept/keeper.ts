/** Keeps what the page reads: messages as they come, a fold once it was read and again when the page is left. */
import type { QueryCacheNotifyEvent, QueryClient } from '@tanstack/query-core';
import { listed, type Message, type ModelList } from '../../protocol/index.ts';
import { emptyTree, type Maps, type Tree } from '../../tree/index.ts';
import type { Environment } from '../environment.ts';
import { type ListData, listKey } from '../folds/list-data.ts';
import type { OutlineData } from '../folds/outlines.ts';
import type { FoldPosition } from '../kit/segments.ts';
import { type KeptDatabase, openDatabase, placeOf } from './database.ts';
import type { KeptData } from './kept.ts';

/** How long what was read waits for what comes with it, in ms. */
const TOGETHER = 1000;

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
    models: async () => (await database.fold('models')) as ModelList | undefined,
    messages: (conversation, ids) => database.messages(conversation, ids),
    forget: (conversation) => database.forget(conversation),
    follow: (...given) => new Keeper(database, ...given).stop,
    clear: () => database.clear(),
  };
}

export class Keeper {
  readonly stop: () => void;
  private readonly database: KeptDatabase;
  private readonly queryClient: QueryClient;
  /** Folds that changed since they were written, by key. */
  private readonly changed = new Map<string, unknown>();
  /** Folds that were written once since the page was loaded: again only when it is left. */
  private readonly written = new Set<string>();
  private readonly messages = new Map<string, Message[]>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    database: KeptDatabase,
    queryClient: QueryClient,
    environment: Pick<Environment, 'onVisibility'>,
  ) {
    this.database = database;
    this.queryClient = queryClient;
    const unsubscribe = queryClient.getQueryCache().subscribe((event) => this.noticed(event));
    const unwatch = environment.onVisibility((hidden) => hidden && this.flush(true));
    // What was read before this began.
    for (const { queryKey, state } of queryClient.getQueryCache().getAll()) this.read(queryKey, state.data);
    this.stop = () => {
      unsubscribe();
      unwatch();
      clearTimeout(this.timer);
    };
  }

  private noticed(event: QueryCacheNotifyEvent): void {
    const { queryKey, state } = event.query;
    if (event.type === 'updated' && event.action.type === 'success') this.read(queryKey, state.data);
    // A conversation that was left long ago.
    if (event.type === 'removed' && this.changed.has(foldName(queryKey) ?? '')) this.flush(true);
  }

  private read(queryKey: readonly unknown[], data: unknown): void {
    if (data === undefined) return;
    const [kind, conversation = ''] = queryKey as string[];
    if (kind === 'message') {
      const waiting = this.messages.get(conversation);
      if (waiting) waiting.push(data as Message);
      else this.messages.set(conversation, [data as Message]);
    } else {
      const key = foldName(queryKey);
      if (!key) return;
      this.changed.set(key, data);
      if (this.written.has(key)) return;
    }
    this.timer ??= setTimeout(() => this.flush(false), TOGETHER);
  }

  private flush(isLeft: boolean): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const folds = [...this.changed].filter(([key]) => isLeft || !this.written.has(key));
    const messages = [...this.messages];
    this.messages.clear();
    for (const [key] of folds) {
      this.changed.delete(key);
      this.written.add(key);
    }
    // A full disk, or a database that somebody deleted: it is read from the server again.
    this.writing = this.writing.then(() => this.write(folds, messages)).catch(() => {});
  }

  private async write(
    folds: readonly (readonly [string, unknown])[],
    messages: readonly (readonly [string, readonly Message[]])[],
  ): Promise<void> {
    for (const [conversation, read] of messages) await this.database.putMessages(conversation, read);
    for (const [key, data] of folds) {
      if (key === 'list') await this.writeList(data as ListData);
      else if (key === 'models') await this.database.putFold(key, data);
      else if (!this.isDeleted(key)) await this.writeOutline(key, data as OutlineData);
    }
  }

  private async writeOutline(key: string, data: OutlineData): Promise<void> {
    const { tree, segment, position } = data;
    const place = { segment, position };
    await this.database.putFold(key, place, { place, pieces: piecesOf(tree) });
  }

  /** What was deleted since it was written last goes. */
  private async writeList(data: ListData): Promise<void> {
    const before = ((await this.database.fold('list')) as ListData | undefined)?.folded;
    await this.database.putFold('list', plainList(data));
    for (const [id, { header }] of data.folded)
      if (header.deleted && !before?.get(id)?.header.deleted) await this.database.forget(id);
  }

  private isDeleted(outline: string): boolean {
    const list = this.queryClient.getQueryData<ListData>(listKey);
    return list?.folded.get(outline.slice('outline/'.length))?.header.deleted ?? false;
  }
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
  readonly map: Maps;
  readonly entries: readonly (readonly [string, unknown])[];
}

/** So many of its entries are copied at once. */
const PIECE = 1000;
const MAPS = Object.keys(emptyTree) as Maps[];

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
  return { ...(kept.data as FoldPosition), tree: Object.fromEntries(maps) as unknown as Tree };
}
