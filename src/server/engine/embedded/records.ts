/**
 * The streams' records. A change reads, decides and writes within one transaction: a fork and the
 * count its source keeps of it are there together or not at all, and an append does not undo what
 * happened to the record while it was written.
 *
 * An append that moves nothing but the tail and the sequence number is noted in memory first: the log itself says where it ends, the
 * number may be forgotten in a crash (port.ts, `append`), and a transaction writes some 40 kB however short the text is.
 */
import { randomBytes } from 'node:crypto';
import { encodeStreamPath } from '@durable-streams/server';
import { StreamConflict, StreamGone, StreamMissing } from '../errors.ts';
import type { ForkPoint } from '../port.ts';
import { offsetAt, positionOf } from './positions.ts';
import { type Database, type StreamRecord, shaped } from './store.ts';

export interface Made {
  /** False when it was there already, with the same origin. */
  readonly created: boolean;
  readonly record: StreamRecord;
}

export interface Landing {
  readonly currentOffset: string;
  readonly lastSeq: string | undefined;
  readonly closed: boolean;
}

/** What a change does to one record. */
interface Change {
  /** What only memory knew before. */
  readonly ahead: StreamRecord | undefined;
  readonly after: StreamRecord | undefined;
}

interface Writer {
  put(record: StreamRecord): void;
  remove(stream: string): void;
}

/** Bytes of log a record may lag behind, which are read when the stream is first touched after a crash. */
const LAG = 64 * 1024;

/** Records that may lag behind at a time. */
const LAGGING = 256;

/** Streams listed at a time: no transaction stays open while the reader thinks. */
const LISTED = 256;

export class Records {
  readonly #db: Database;
  /** Those ahead of the database, by their tails and sequence numbers only. */
  readonly #ahead = new Map<string, StreamRecord>();
  /** What holds of streams whose change is on its way: the database shows it before it is committed, and it may fail. */
  readonly #changing = new Map<string, { holds: StreamRecord | undefined; changes: number }>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** As it was acknowledged: a reader must not be told of what can still fail. */
  get(stream: string): StreamRecord | undefined {
    const changing = this.#changing.get(stream);
    return this.#ahead.get(stream) ?? (changing ? changing.holds : this.#db.get(recordKey(stream)));
  }

  /** Durable when it resolves. @throws {StreamConflict | StreamMissing | StreamGone} the latter two of the source. */
  async make(stream: string, from: ForkPoint | null): Promise<Made> {
    const made = await this.#change((writer) => this.#make(writer, stream, from));
    await this.#db.flushed;
    return made;
  }

  /** Records an append that is in the log. One at a time for each stream. */
  async landed(stream: string, landing: Landing): Promise<void> {
    const record = this.#get(stream);
    const after = { ...record, ...landing };
    if (this.#mayLag(after)) this.#ahead.set(stream, after);
    else await this.#change((writer) => writer.put({ ...this.#get(stream), ...landing }));
    // The append stands without it.
    if (this.#ahead.size > LAGGING) await this.flush().catch(() => {});
  }

  async close(stream: string): Promise<void> {
    await this.#change((writer) => writer.put({ ...this.#get(stream), closed: true }));
  }

  /** Deletes a stream, or marks it while it has forks. Answers the logs nobody needs any more. Durable when it resolves. */
  async delete(stream: string): Promise<string[]> {
    const logs = await this.#change((writer) => this.#delete(writer, stream));
    await this.#db.flushed;
    return logs;
  }

  /** Moves a tail to where the log says it is; at once, when the stream is first touched. */
  moveTail(record: StreamRecord, position: number): StreamRecord {
    const moved = { ...record, currentOffset: offsetAt(position) };
    this.#db.putSync(recordKey(record.path), shaped(moved));
    return moved;
  }

  /** Writes what only memory knows. */
  async flush(): Promise<void> {
    await this.#change((writer) => {
      for (const record of [...this.#ahead.values()]) writer.put(record);
    });
  }

  *list(prefix: string): Iterable<StreamRecord[]> {
    const first = recordKey(prefix);
    const end = recordKey(`${prefix}\u{10ffff}`);
    for (let start = first; ; ) {
      const page = [...this.#db.getRange({ start, end, limit: LISTED })];
      yield page.filter(({ key }) => key !== start || start === first).map(({ value }) => value);
      const last = page.at(-1);
      if (!last || page.length < LISTED) return;
      start = last.key;
    }
  }

  #mayLag(after: StreamRecord): boolean {
    if (after.closed) return false;
    const recorded = this.#db.get(recordKey(after.path))?.currentOffset ?? '';
    return positionOf(after.currentOffset) - positionOf(recorded) < LAG;
  }

  #make(writer: Writer, stream: string, from: ForkPoint | null): Made {
    const existing = this.#newest(stream);
    if (existing && !sameOrigin(existing, from))
      throw new StreamConflict(stream, 'another stream has the name');
    if (existing) return { created: false, record: existing };
    if (from) this.#count(writer, from.stream);
    const record = newRecord(stream, from);
    writer.put(record);
    return { created: true, record };
  }

  #count(writer: Writer, source: string): void {
    const record = this.#get(source);
    if (record.softDeleted) throw new StreamGone(source);
    writer.put({ ...record, refCount: (record.refCount ?? 0) + 1 });
  }

  #delete(writer: Writer, stream: string): string[] {
    const record = this.#newest(stream);
    if (!record || record.softDeleted) return [];
    if ((record.refCount ?? 0) === 0) return this.#remove(writer, record);
    writer.put({ ...record, softDeleted: true });
    return [];
  }

  /** Removes a stream no fork needs; then its source, if that was deleted before and needed by this one only; and so on. */
  #remove(writer: Writer, first: StreamRecord): string[] {
    const logs: string[] = [];
    for (let record: StreamRecord | undefined = first; record; ) {
      writer.remove(record.path);
      logs.push(record.directoryName);
      const source: StreamRecord | undefined = record.forkedFrom
        ? this.#newest(record.forkedFrom)
        : undefined;
      const refCount = Math.max(0, (source?.refCount ?? 0) - 1);
      if (source) writer.put({ ...source, refCount });
      record = source?.softDeleted && refCount === 0 ? source : undefined;
    }
    return logs;
  }

  /** With what is on its way: what the next change starts from. */
  #newest(stream: string): StreamRecord | undefined {
    return this.#ahead.get(stream) ?? this.#db.get(recordKey(stream));
  }

  #get(stream: string): StreamRecord {
    const record = this.#newest(stream);
    if (!record) throw new StreamMissing(stream);
    return record;
  }

  async #change<T>(work: (writer: Writer) => T): Promise<T> {
    const changes = new Map<string, Change>();
    try {
      const result = await this.#db.transaction(() => work(this.#writer(changes)));
      for (const [stream, { after }] of changes) this.#settle(stream, (changing) => (changing.holds = after));
      return result;
    } catch (error) {
      for (const [stream, { ahead }] of changes) {
        this.#unwrite(stream, ahead);
        this.#settle(stream);
      }
      throw await reasonOf(error);
    }
  }

  #writer(changes: Map<string, Change>): Writer {
    const supersede = (stream: string, after: StreamRecord | undefined): void => {
      if (!changes.has(stream)) this.#begin(stream);
      changes.set(stream, { ahead: changes.get(stream)?.ahead ?? this.#ahead.get(stream), after });
      this.#ahead.delete(stream);
    };
    return {
      put: (record) => {
        supersede(record.path, record);
        void this.#db.put(recordKey(record.path), shaped(record));
      },
      remove: (stream) => {
        supersede(stream, undefined);
        void this.#db.remove(recordKey(stream));
      },
    };
  }

  #begin(stream: string): void {
    const changing = this.#changing.get(stream) ?? { holds: this.#newest(stream), changes: 0 };
    changing.changes += 1;
    this.#changing.set(stream, changing);
  }

  /** Commits come in the order of their changes, so the last one is what holds. */
  #settle(stream: string, hold: (changing: { holds: StreamRecord | undefined }) => void = () => {}): void {
    const changing = this.#changing.get(stream);
    if (!changing) return;
    hold(changing);
    changing.changes -= 1;
    if (changing.changes === 0) this.#changing.delete(stream);
  }

  /** The database shows writes before they are committed, and would go on showing one that failed. */
  #unwrite(stream: string, ahead: StreamRecord | undefined): void {
    this.#db.cache?.delete(recordKey(stream));
    if (ahead && !this.#ahead.has(stream)) this.#ahead.set(stream, ahead);
  }
}

export const recordKey = (stream: string): string => `stream:${stream}`;

/** Of a failed commit the database says only where to find the reason. */
async function reasonOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<never> };
  return (await commitError?.catch((reason: unknown) => reason)) ?? error;
}

function sameOrigin(record: StreamRecord, from: ForkPoint | null): boolean {
  return !record.softDeleted && record.forkedFrom === from?.stream && record.forkOffset === from?.offset;
}

/** Of an empty stream, with a log of its own. */
export function newRecord(stream: string, from: ForkPoint | null): StreamRecord {
  const now = Date.now();
  return {
    path: stream,
    contentType: 'application/json',
    currentOffset: from?.offset ?? offsetAt(0),
    createdAt: now,
    lastAccessedAt: now,
    segmentCount: 1,
    totalBytes: 0,
    directoryName: `${encodeStreamPath(stream)}~${now.toString(36)}~${randomBytes(4).toString('hex')}`,
    closed: false,
    ...(from && { forkedFrom: from.stream, forkOffset: from.offset }),
    refCount: 0,
  };
}
