/**
 * Repairs a stream when it is first used: a process that died in the middle of an append
 * left its record behind its log, or the log with a torn end. Only what lies past the recorded
 * tail is read, which is usually nothing.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { decodeItems } from '../check.ts';
import { frameAt } from './frames.ts';

/** What was found and put right; `position` is the stream's new tail in its own log. */
export interface Repair {
  /**
   * `cut`: the beginning of an append that was never acknowledged went. `lost`: the log is
   * shorter than what was acknowledged, which no crash of ours can do.
   */
  readonly kind: 'cut' | 'lost';
  readonly bytes: number;
}

export interface Settled {
  readonly position: number;
  readonly repairs: readonly Repair[];
}

/** @param recorded where the record has the end of the log at `path`. */
export function settleLog(path: string, recorded: number): Settled {
  const file = openExisting(path);
  if (file === null) return lost(recorded, 0);
  try {
    const { size } = fstatSync(file);
    if (size === recorded) return { position: recorded, repairs: [] };
    const from = size < recorded ? 0 : recorded;
    const end = from + wholeFrames(readRange(file, from, size));
    if (end < size) ftruncateSync(file, end);
    const cut: Repair[] = end < size ? [{ kind: 'cut', bytes: size - end }] : [];
    return { position: end, repairs: [...lost(recorded, end).repairs, ...cut] };
  } finally {
    closeSync(file);
  }
}

function lost(recorded: number, position: number): Settled {
  return { position, repairs: position < recorded ? [{ kind: 'lost', bytes: recorded - position }] : [] };
}

/** The length of the whole frames `bytes` begins with. A length alone proves nothing: the frame must end as one and hold JSON. */
function wholeFrames(bytes: Buffer): number {
  let end = 0;
  for (let frame = frameAt(bytes, 0); frame && isJson(frame.text()); frame = frameAt(bytes, end))
    end = frame.end;
  return end;
}

function isJson(text: string): boolean {
  try {
    return decodeItems(text).length > 0;
  } catch {
    return false;
  }
}

function openExisting(path: string): number | null {
  try {
    return openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function readRange(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  let read = 0;
  while (read < bytes.length) {
    const count = readSync(file, bytes, read, bytes.length - read, from + read);
    if (count === 0) break;
    read += count;
  }
  return bytes.subarray(0, read);
}
