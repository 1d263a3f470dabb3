/**
 * The log's frames, one per append, as the reference store writes them: length (4 bytes, big
 * endian), the items as JSON each followed by a comma, and a newline. JSON holds no raw
 * newline, so one stands at the end of each frame and, but for lengths, nowhere else.
 */
import { MAX_APPEND_BYTES } from '../check.ts';
import type { Offset } from '../port.ts';
import { positionOf } from './positions.ts';

const HEAD = 4;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** What a frame adds to the text of its items: length, last comma, newline. */
export const FRAME_OVERHEAD = HEAD + 2;

export interface LogFrame {
  /** Where it ends in the buffer. */
  readonly end: number;
  /** The items as `decodeItems` takes them, in bytes. */
  readonly size: number;
  text(): string;
}

/** How long the text of an append is that lies between two offsets of one log. */
export function bytesBetween(start: Offset, end: Offset): number {
  return positionOf(end) - positionOf(start) - FRAME_OVERHEAD;
}

export function encodeFrame(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(size + FRAME_OVERHEAD);
  frame.writeUInt32BE(size + 1, 0);
  frame.write(text, HEAD);
  frame[HEAD + size] = COMMA;
  frame[HEAD + size + 1] = NEWLINE;
  return frame;
}

/** How many bytes the frame at `at` has, `null` if its length is not in the buffer or cannot be true. */
export function frameLength(buffer: Buffer, at: number): number | null {
  if (at + HEAD > buffer.length) return null;
  const length = buffer.readUInt32BE(at);
  return length > 1 && length <= MAX_APPEND_BYTES + 1 ? length + HEAD + 1 : null;
}

/** The frame at `at`: `null` if the buffer does not hold all of it, or it is none. */
export function frameAt(buffer: Buffer, at: number): LogFrame | null {
  const length = frameLength(buffer, at);
  if (length === null || at + length > buffer.length) return null;
  const end = at + length;
  if (buffer[end - 1] !== NEWLINE || buffer[end - 2] !== COMMA) return null;
  return { end, size: length - FRAME_OVERHEAD, text: () => buffer.toString('utf8', at + HEAD, end - 2) };
}
