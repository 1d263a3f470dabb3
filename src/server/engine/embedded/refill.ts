/**
 * Puts a log whose bytes were lost or changed back to its length, so that all offsets lead where they led: what can be read stays at
 * its place, what cannot gets something else to stand there. For a folder nobody uses (`doctor`).
 */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeItems, encodeItems } from '../check.ts';
import type { Offset } from '../port.ts';
import { codeOf } from './explain.ts';
import { encodeFrame, FRAME_OVERHEAD, frameAt } from './frames.ts';
import { offsetAt, positionOf } from './positions.ts';
import type { StoredStream } from './reader.ts';
import { Records } from './records.ts';
import { openStore } from './store.ts';

export interface Refill {
  /** The engine's folder. */
  readonly folder: string;
  readonly stream: StoredStream;
  /** Offsets at which appends are known to begin or end; others may be found. */
  readonly known: Iterable<Offset>;
  /**
   * The JSON text of an item to stand between two offsets, of exactly so many bytes; null: nothing is known of it. `whole` are the ids
   * of items that can be read elsewhere in the log.
   */
  readonly instead: (start: Offset, end: Offset, bytes: number, whole: ReadonlySet<unknown>) => string | null;
  /** Where the old log goes. */
  readonly aside: (log: string) => Promise<string>;
}

/**
 * Answers where the log ends now: where it did, but behind it where bytes that were put in moved an append past that, and for `moveTails`
 * then. The old log is kept.
 */
export async function refill({ folder, stream, known, instead, aside }: Refill): Promise<Offset> {
  const path = join(folder, 'streams', stream.log);
  const base = positionOf(stream.base);
  const bytes = await readLog(path);
  const length = positionOf(stream.tail) - base;
  const marks = [...known].map((offset) => positionOf(offset) - base);
  const whole = idsIn(bytes);
  const parts: Buffer[] = [];
  /** In the old log and in the new one: they part where a few bytes were put in between two appends. */
  let at = 0;
  let place = 0;
  while (place < length) {
    const end = wholeFrame(bytes, at);
    if (end !== null) {
      parts.push(bytes.subarray(at, end));
      place += end - at;
      at = end;
      continue;
    }
    const next = nextFrame(bytes, at);
    if (next !== null && next - at < LEAST) {
      at = next;
      continue;
    }
    const room = Math.min(nextMark(marks, place, length) - place, next === null ? length : next - at);
    // Too short to say anything: the engine moves the tail back to here.
    if (room < LEAST) break;
    const [start, stop] = [offsetAt(base + place), offsetAt(base + place + room)];
    const text = instead(start, stop, room - FRAME_OVERHEAD, whole);
    parts.push(encodeFrame(text ?? encodeItems([nothingOf(room - FRAME_OVERHEAD)])));
    place += room;
    at += room;
  }
  parts.push(...framesFrom(bytes, at));
  const filled = Buffer.concat(parts);
  await replace(path, filled, await aside(stream.log));
  return offsetAt(base + filled.length);
}

/** Empty when there is none. */
function readLog(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}

/** Tells the database where logs end that were refilled. No reader is open. */
export async function moveTails(folder: string, tails: ReadonlyMap<string, Offset>): Promise<void> {
  const { db, close } = openStore(folder);
  const records = new Records(db);
  for (const [stream, tail] of tails) {
    const record = records.get(stream);
    if (record && record.currentOffset !== tail) records.moveTail(record, positionOf(tail));
  }
  await close();
}

function idsIn(bytes: Buffer): Set<unknown> {
  return new Set(scatteredItems(bytes).map((item) => (item as { id?: unknown } | null)?.id));
}

/** Of all whole frames, wherever they stand: bytes that were lost before them may have moved them. */
function scatteredItems(bytes: Buffer): unknown[] {
  const frames = framesFrom(bytes, 0);
  return frames.flatMap((frame) => decodeItems(frameAt(frame, 0)?.text() ?? ''));
}

/** The items of a log that is damaged, as far as any can be read. @param folder the engine's */
export async function itemsAnywhere(folder: string, { log }: Pick<StoredStream, 'log'>): Promise<unknown[]> {
  return scatteredItems(await readLog(join(folder, 'streams', log)));
}

function nextMark(marks: readonly number[], at: number, length: number): number {
  return Math.min(length, ...marks.filter((mark) => mark - at >= LEAST));
}

/** A frame begins with a byte no text has, so none is found inside what is whole. */
function nextFrame(bytes: Buffer, from: number): number | null {
  for (let next = from + 1; next < bytes.length; next += 1) if (wholeFrame(bytes, next) !== null) return next;
  return null;
}

/** What the database does not know of, or what was moved there by bytes that were put in. Its places are told to nobody yet. */
function framesFrom(bytes: Buffer, from: number): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = from; at < bytes.length; ) {
    const end = wholeFrame(bytes, at);
    if (end !== null) frames.push(bytes.subarray(at, end));
    at = end ?? at + 1;
  }
  return frames;
}

const LOST = '{"kind":"lost"}'.length;
/** The shortest frame that says that something was lost. */
const LEAST = FRAME_OVERHEAD + LOST;

/** An item no reader knows. */
function nothingOf(bytes: number): object {
  return { kind: `lost${' '.repeat(bytes - LOST)}` };
}

function wholeFrame(bytes: Buffer, at: number): number | null {
  const frame = frameAt(bytes, at);
  if (!frame) return null;
  try {
    return decodeItems(frame.text()).length > 0 ? frame.end : null;
  } catch {
    return null;
  }
}

async function replace(path: string, bytes: Buffer, aside: string): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(path, aside).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  await rename(beside, path);
}
