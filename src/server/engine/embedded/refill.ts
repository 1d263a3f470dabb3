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

export interface Refill {
  /** The engine's folder. */
  readonly folder: string;
  readonly stream: StoredStream;
  /** Offsets at which appends are known to begin or end; others may be found. */
  readonly known: Iterable<Offset>;
  /** An item to stand between two offsets, of exactly so many bytes as JSON; null: nothing is known of it. */
  readonly instead: (start: Offset, end: Offset, bytes: number) => object | null;
  /** Where the old log goes. */
  readonly aside: (log: string) => Promise<string>;
}

/** Answers how many stretches were filled. The old log is kept. */
export async function refill({ folder, stream, known, instead, aside }: Refill): Promise<number> {
  const path = join(folder, 'streams', stream.log);
  const base = positionOf(stream.base);
  const bytes = await readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const length = positionOf(stream.tail) - base;
  const marks = [...known].map((offset) => positionOf(offset) - base);
  const parts: Buffer[] = [];
  let filled = 0;
  for (let at = 0; at < length; ) {
    const end = wholeFrame(bytes, at);
    if (end !== null) {
      parts.push(bytes.subarray(at, end));
      at = end;
      continue;
    }
    const next = Math.min(nextMark(marks, at, length), nextFrame(bytes, at, length));
    // Too short to say anything: the engine moves the tail back to here.
    if (next - at < LEAST) break;
    const room = next - at - FRAME_OVERHEAD;
    const item = instead(offsetAt(base + at), offsetAt(base + next), room) ?? nothingOf(room);
    parts.push(encodeFrame(encodeItems([item])));
    filled += 1;
    at = next;
  }
  parts.push(...framesFrom(bytes, length));
  await replace(path, Buffer.concat(parts), await aside(stream.log));
  return filled;
}

function nextMark(marks: readonly number[], at: number, length: number): number {
  return Math.min(length, ...marks.filter((mark) => mark - at >= LEAST));
}

/** A frame begins with a byte no text has, so none is found inside what is whole. */
function nextFrame(bytes: Buffer, at: number, length: number): number {
  for (let next = at + LEAST; next < Math.min(length, bytes.length); next += 1) {
    if (wholeFrame(bytes, next) !== null) return next;
  }
  return length;
}

/** What the database does not know of yet. */
function framesFrom(bytes: Buffer, from: number): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = from, end = wholeFrame(bytes, at); end !== null; at = end, end = wholeFrame(bytes, at))
    frames.push(bytes.subarray(at, end));
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
