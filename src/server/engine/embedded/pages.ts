/**
 * Reads pages of a stream: across its own log and those of its sources, from the byte asked for
 * on. The cost follows what is asked, not how long the stream is.
 */
import type { FileHandle } from 'node:fs/promises';
import { decodeItems } from '../check.ts';
import { OffsetUnknown, StreamDamaged } from '../errors.ts';
import { DEFAULT_PAGE_BYTES, type Offset, type ReadOptions } from '../port.ts';
import { frameAt, frameLength, type LogFrame } from './frames.ts';
import type { LogFiles } from './log-files.ts';
import { checkOffset, positionOf } from './positions.ts';
import type { StreamRecord } from './store.ts';

/** A stretch of a stream within one log: positions `base` to `end`, of which `base` is the log's first byte. */
interface Stretch {
  readonly log: string;
  readonly base: number;
  readonly end: number;
}

export interface Items {
  readonly items: unknown[];
  /** The position after the last of them. */
  readonly end: number;
}

const FIRST_CHUNK = 16 * 1024;
const LARGEST_CHUNK = DEFAULT_PAGE_BYTES;

export function baseOf(record: StreamRecord): number {
  return record.forkOffset === undefined ? 0 : positionOf(record.forkOffset);
}

export function tailOf(record: StreamRecord): number {
  return positionOf(record.currentOffset);
}

/** @throws {OffsetUnknown | StreamDamaged} */
export async function readItems(
  files: LogFiles,
  record: StreamRecord,
  sourceOf: (stream: string) => StreamRecord | undefined,
  from: Offset,
  options: ReadOptions,
): Promise<Items> {
  const start = checkOffset(record.path, from, tailOf(record));
  const page = new ItemsPage(options);
  let at = start;
  for (const stretch of stretches(record, start, sourceOf)) {
    if (page.full) break;
    const reader = new StretchReader(record.path, stretch, start, from);
    at = await files.use(stretch.log, (handle) => reader.fill(page, handle, at));
  }
  return { items: page.items, end: at };
}

/** The stretches that hold what comes after `from`, first one first. Walked, not called: chains may be long. */
function stretches(
  record: StreamRecord,
  from: number,
  sourceOf: (stream: string) => StreamRecord | undefined,
): Stretch[] {
  const found: Stretch[] = [];
  let end = tailOf(record);
  for (let owner = record; end > from; ) {
    const base = baseOf(owner);
    if (end > base) found.push({ log: owner.directoryName, base, end });
    if (base <= from || owner.forkedFrom === undefined) break;
    const source = sourceOf(owner.forkedFrom);
    if (!source) throw new StreamDamaged(record.path, `its source ${owner.forkedFrom} is not there`);
    end = Math.min(end, base);
    owner = source;
  }
  return found.reverse();
}

class ItemsPage {
  readonly items: unknown[] = [];
  full = false;
  readonly #maxItems: number;
  #bytesLeft: number;

  constructor({ maxItems = Number.POSITIVE_INFINITY, maxBytes = DEFAULT_PAGE_BYTES }: ReadOptions) {
    this.#maxItems = maxItems;
    this.#bytesLeft = maxBytes;
  }

  /** Takes the append's items, or is full: the first append is taken whatever its size. */
  take(frame: LogFrame): boolean {
    const first = this.items.length === 0;
    const items = decodeItems(frame.text());
    const count = this.items.length + items.length;
    this.#bytesLeft -= frame.size;
    const over = count > this.#maxItems || this.#bytesLeft < 0;
    this.full = over || count === this.#maxItems;
    if (over && !first) return false;
    for (const item of items) this.items.push(item);
    return true;
  }
}

class StretchReader {
  readonly #stream: string;
  readonly #stretch: Stretch;
  readonly #start: number;
  readonly #asked: Offset;

  constructor(stream: string, stretch: Stretch, start: number, asked: Offset) {
    this.#stream = stream;
    this.#stretch = stretch;
    this.#start = start;
    this.#asked = asked;
  }

  /** Fills the page from position `at` on; answers the position after the last append taken. */
  async fill(page: ItemsPage, handle: FileHandle, from: number): Promise<number> {
    let at = from;
    for (let chunk = FIRST_CHUNK; at < this.#stretch.end && !page.full; ) {
      const bytes = await this.#read(handle, at, Math.min(chunk, this.#stretch.end - at));
      const used = this.#takeAll(page, bytes, at);
      at += used;
      chunk = used > 0 || page.full ? Math.min(chunk * 2, LARGEST_CHUNK) : this.#larger(bytes, at);
    }
    return at;
  }

  #takeAll(page: ItemsPage, bytes: Buffer, at: number): number {
    let used = 0;
    while (!page.full) {
      const frame = frameAt(bytes, used);
      if (!frame) break;
      try {
        if (page.take(frame)) used = frame.end;
      } catch {
        throw this.#bad(at + used);
      }
    }
    return used;
  }

  /** How much to read so that the frame at `at`, of which `bytes` is the beginning, comes whole. */
  #larger(bytes: Buffer, at: number): number {
    const length = frameLength(bytes, 0);
    if (length === null || length <= bytes.length || at + length > this.#stretch.end) throw this.#bad(at);
    return length;
  }

  async #read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length; ) {
      const place = at - this.#stretch.base + read;
      const { bytesRead } = await handle.read(bytes, read, length - read, place);
      if (bytesRead === 0) throw new StreamDamaged(this.#stream, 'its log is shorter than it was');
      read += bytesRead;
    }
    return bytes;
  }

  /**
   * An offset inside an append leads here: no byte of its text is low enough to begin a length,
   * and after a part of a length no JSON begins.
   */
  #bad(at: number): Error {
    if (at === this.#start && at > this.#stretch.base) return new OffsetUnknown(this.#stream, this.#asked);
    return new StreamDamaged(this.#stream, `there is no append at byte ${at - this.#stretch.base}`);
  }
}
