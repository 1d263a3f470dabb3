/**
 * How large the data folder is, by what is in it. Files are looked at one after another, with rests as long as the work, so that what people wait
 * for goes first. A folder may hold millions of files (copies for branches of agents): what is known so far is told meanwhile.
 */
import type { Dirent } from 'node:fs';
import { lstat, opendir, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATA_KINDS, type DataKind, type DataSizes } from '../protocol/requests/data.ts';
import type { FOLDERS } from './engine/embedded/folder.ts';

/** What is in which folder of the data folder. */
const PLACES: Readonly<Record<(typeof FOLDERS)[number] | 'engine' | 'lock', DataKind>> = {
  engine: 'conversations',
  find: 'find',
  files: 'files',
  cache: 'cache',
  worktrees: 'copies',
  folders: 'folders',
  imports: 'imports',
  shares: 'shares',
  'set-aside': 'set-aside',
  lock: 'settings',
};

/** Files between two rests. */
const AT_ONCE = 200;
/** What was measured so lately is not measured again, in ms. */
const FRESH = 30_000;
/** A small folder is told at once, whole, in ms. */
const PATIENCE = 300;

export interface DataSizesOptions {
  readonly data: string;
  /** The host of the engine that has the conversations. Default: the folder has them. */
  readonly engine?: string | undefined;
  readonly trouble: (error: unknown) => void;
  /** ms since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

export interface DataMeasure {
  /**
   * What is known, after a moment of patience. Measures where that was not done lately, or `anew`; while it does, the sizes are those of the time
   * before, or as far as the first time has come. Never throws.
   */
  look(options?: { readonly anew?: boolean }): Promise<DataSizes>;
  /** Ends what is being measured. */
  close(): Promise<void>;
}

interface FilesSum {
  bytes: number;
  files: number;
}

interface Measured {
  readonly sums: Map<DataKind, FilesSum>;
  unread: number;
  free?: number;
}

export function createDataMeasure({ data, engine, trouble, now = Date.now }: DataSizesOptions): DataMeasure {
  const stopping = new AbortController();
  let last: { readonly measured: Measured; readonly at: number } | undefined;
  let work: { readonly measured: Measured; readonly done: Promise<void> } | undefined;
  const measure = async (measured: Measured): Promise<void> => {
    try {
      await measureFolder(data, measured, stopping.signal);
      last = { measured, at: now() };
    } catch (error) {
      if (!stopping.signal.aborted) trouble(error);
    } finally {
      work = undefined;
    }
  };
  const begin = (): void => {
    if (work || stopping.signal.aborted) return;
    const measured: Measured = { sums: new Map(), unread: 0 };
    work = { measured, done: Promise.resolve() };
    work = { measured, done: measure(measured) };
  };
  const told = (): DataSizes => {
    const { sums, unread, free } = last?.measured ??
      work?.measured ?? { sums: new Map<DataKind, FilesSum>(), unread: 0 };
    return {
      folder: data,
      ...(engine !== undefined && { engine }),
      parts: DATA_KINDS.flatMap((part) => {
        const sum = sums.get(part);
        return sum ? [{ part, ...sum }] : [];
      }),
      ...(free !== undefined && { free }),
      unread,
      measuring: work !== undefined,
      ...(last && { at: last.at }),
    };
  };
  return {
    look: async ({ anew = false } = {}) => {
      if (anew || !last || now() - last.at > FRESH) begin();
      await Promise.race([work?.done, sleep(PATIENCE, undefined, { ref: false })]);
      return told();
    },
    close: async () => {
      stopping.abort();
      await work?.done;
    },
  };
}

async function measureFolder(data: string, measured: Measured, signal: AbortSignal): Promise<void> {
  const disk = await statfs(data).catch(() => undefined);
  if (disk) measured.free = disk.bavail * disk.bsize;
  const pace = new Pace(signal);
  for (const entry of await readdir(data, { withFileTypes: true })) {
    const path = join(data, entry.name);
    const part = partOf(entry);
    const sum = measured.sums.get(part) ?? { bytes: 0, files: 0 };
    measured.sums.set(part, sum);
    if (entry.isDirectory()) await addFolder(path, { sum, measured, pace });
    else await addFile(path, { sum, measured, pace });
  }
}

const partOf = (entry: Dirent): DataKind => {
  if (entry.isDirectory()) return (PLACES as Readonly<Record<string, DataKind>>)[entry.name] ?? 'other';
  return entry.name.endsWith('.json') ? 'settings' : 'other';
};

interface Adding {
  readonly sum: FilesSum;
  readonly measured: Measured;
  readonly pace: Pace;
}

async function addFolder(path: string, adding: Adding): Promise<void> {
  try {
    for await (const entry of await opendir(path)) {
      const own = join(path, entry.name);
      if (entry.isDirectory()) await addFolder(own, adding);
      else await addFile(own, adding);
    }
  } catch (error) {
    noteUnread(error, adding);
  }
}

async function addFile(path: string, adding: Adding): Promise<void> {
  await adding.pace.next();
  try {
    // Of a link itself: what it names may be anywhere.
    const { size } = await lstat(path);
    adding.sum.bytes += size;
    adding.sum.files += 1;
  } catch (error) {
    noteUnread(error, adding);
  }
}

/** What went away while we looked is not missed. */
function noteUnread(error: unknown, { measured, pace }: Adding): void {
  pace.throwIfOver();
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') measured.unread += 1;
}

/** Half of the time at most, and nothing once it is over. */
class Pace {
  readonly #signal: AbortSignal;
  #count = 0;
  #began = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  throwIfOver(): void {
    this.#signal.throwIfAborted();
  }

  async next(): Promise<void> {
    this.throwIfOver();
    this.#count += 1;
    if (this.#count % AT_ONCE !== 0) return;
    await sleep(performance.now() - this.#began, undefined, { signal: this.#signal, ref: false });
    this.#began = performance.now();
  }
}
