/**
 * Files of messages where the conversations are: at an engine that several servers share (decision 0242). What is read is kept in the
 * data folder; what this folder had before, from a time when files stayed where they were attached, is read as ever, and brought to
 * the engine when it is used.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileStream, isHash, ORIGINAL_LIMIT, Refusal } from '../../protocol/index.ts';
import { DAY } from '../../protocol/limits.ts';
import { KeyedQueue } from '../conversations/kit/queue.ts';
import { type ByteStreams, type Engine, StreamDamaged } from '../engine/index.ts';
import { type AcceptedAs, accepted, hashOf, storedAs } from './accept-upload.ts';
import { HashFolder } from './by-hash.ts';
import type { ContentCache } from './cache.ts';
import { damagedFile, isWhole, readPieces, writePieces } from './pieces.ts';
import { type FileStore, UNUSED } from './store.ts';
import { fileUse, openUsedFiles, type UsedFiles } from './used-files.ts';

export interface SharedStoreOptions {
  readonly engine: Engine & ByteStreams;
  readonly cache: ContentCache;
  /** Where files were kept before. Default: nowhere. */
  readonly before?: string | undefined;
  readonly trouble: (error: unknown) => void;
  /** ms since the epoch. Default: the real time. */
  readonly now?: () => number;
  /** ms between saying that a file goes and deleting it. Default: `HEARD_OUT`. */
  readonly pause?: number;
}

/** Longer than another server needs from reading that a file is there to saying that it uses it. */
const HEARD_OUT = 2_000;
/** A file that is said to go is deleted within so many ms, if at all. */
const GOING = 60_000;

export function createSharedStore(options: SharedStoreOptions): FileStore {
  return new SharedStore(options);
}

class SharedStore implements FileStore {
  readonly #engine: SharedStoreOptions['engine'];
  readonly #cache: ContentCache;
  readonly #before: HashFolder | undefined;
  readonly #used: UsedFiles;
  readonly #trouble: (error: unknown) => void;
  readonly #now: () => number;
  readonly #pause: number;
  /** One at a time of each file, so that it is fetched once. */
  readonly #queue = new KeyedQueue();

  constructor({ engine, cache, before, trouble, now = Date.now, pause = HEARD_OUT }: SharedStoreOptions) {
    this.#pause = pause;
    this.#engine = engine;
    this.#cache = cache;
    this.#before = before === undefined ? undefined : new HashFolder(before, now);
    this.#used = openUsedFiles(engine);
    this.#trouble = trouble;
    this.#now = now;
  }

  async add(chunks: Parameters<FileStore['add']>[0], as?: AcceptedAs) {
    const { stored, content } = await accepted(chunks, as);
    // Also where it is whole already: what was damaged is mended so.
    await this.#queue.run(stored.hash, () => this.#store(stored.hash, content));
    return stored;
  }

  async use(hash: string) {
    const content = await this.#content(hash);
    if (!content) return null;
    const stream = fileStream(hash);
    await this.#queue.run(hash, async () => {
      const isGoing = (await this.#used.refresh()).get(hash)?.gone === true;
      if (!isGoing && (await isWhole(this.#engine, stream))) await this.#touch([hash]);
      else await this.#store(hash, content);
    });
    return storedAs(hash, content);
  }

  async look(hash: string) {
    const content = await this.#content(hash);
    return content && storedAs(hash, content);
  }

  async read(hash: string) {
    const bytes = await this.#content(hash);
    return bytes && { type: storedAs(hash, bytes).type, bytes };
  }

  async sweep(referred: () => Promise<ReadonlySet<string>>) {
    const own = (await this.#before?.hashes()) ?? [];
    const isUnused = ({ at, gone }: { at: number; gone: boolean }) => !gone && at < this.#now() - UNUSED;
    const unused = () => [...this.#used.entries].filter(([, use]) => isUnused(use)).map(([hash]) => hash);
    await this.#used.refresh();
    const old = unused();
    if (old.length === 0 && own.length === 0) return;
    const kept = await referred();
    for (const hash of own) if (kept.has(hash)) await this.#bringUp(hash);
    await this.#touch(old.filter((hash) => kept.has(hash)));
    await this.#used.refresh();
    await this.#remove(unused().filter((hash) => old.includes(hash) && !kept.has(hash)));
  }

  /** There is such a file for everybody, and it is in use. */
  async #store(hash: string, content: Uint8Array): Promise<void> {
    await this.#waitIfGoing(hash);
    await this.#touch([hash]);
    await writePieces(this.#engine, fileStream(hash), content);
    await this.#cache.keep(hash, content);
  }

  async #content(hash: string): Promise<Uint8Array | null> {
    if (!isHash(hash)) return null;
    const near = (await this.#cache.read(hash)) ?? (await this.#keptBefore(hash));
    return near ?? this.#queue.run(hash, () => this.#fetched(hash));
  }

  async #keptBefore(hash: string): Promise<Uint8Array | null> {
    const content = (await this.#before?.read(hash)) ?? null;
    return content && hashOf(content) === hash ? content : null;
  }

  async #fetched(hash: string): Promise<Uint8Array | null> {
    const near = await this.#cache.read(hash);
    if (near) return near;
    try {
      const content = await readPieces(this.#engine, fileStream(hash), { hash, most: ORIGINAL_LIMIT });
      if (content) await this.#cache.keep(hash, content);
      return content;
    } catch (error) {
      if (!(error instanceof StreamDamaged)) throw error;
      this.#trouble(error);
      throw damagedFile();
    }
  }

  /** Said once a day at most. */
  async #touch(hashes: readonly string[]): Promise<void> {
    const now = this.#now();
    const entries = hashes.length > 0 ? await this.#used.refresh() : this.#used.entries;
    const stale = hashes.filter((hash) => {
      const use = entries.get(hash);
      return !use || use.gone || use.at < now - DAY;
    });
    if (stale.length > 0) await this.#used.write(stale.map((hash) => fileUse(hash, now)));
  }

  /** A file attached here before, which a conversation of the engine names. */
  async #bringUp(hash: string): Promise<void> {
    const content = await this.#keptBefore(hash);
    if (content && !(await isWhole(this.#engine, fileStream(hash))))
      await this.#queue.run(hash, () => this.#store(hash, content));
  }

  /** Said first, and then heard out: who uses one meanwhile says so, or reads that it goes. */
  async #remove(hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    const at = this.#now();
    await this.#used.write(hashes.map((hash) => fileUse(hash, at, true)));
    await sleep(this.#pause);
    const entries = await this.#used.refresh();
    for (const hash of hashes.filter((each) => entries.get(each)?.gone)) {
      await this.#engine.delete(fileStream(hash));
      await this.#cache.forget(hash);
    }
  }

  /** What somebody deletes just now would take what is written now with it. */
  async #waitIfGoing(hash: string): Promise<void> {
    for (let waited = 0; ; waited += 250) {
      const use = (await this.#used.refresh()).get(hash);
      if (!use?.gone || use.at < this.#now() - GOING) return;
      if (!(await this.#engine.head(fileStream(hash)))) return;
      if (waited > 5_000) throw beingCleared();
      await sleep(250);
    }
  }
}

const beingCleared = (): Refusal =>
  new Refusal(
    503,
    'engine-unavailable',
    'Nobody used this file for a month, and it is being cleared away. Try again in a minute.',
  );
