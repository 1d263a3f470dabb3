/**
 * Offsets of the embedded engine: `0000000000000000_` and the byte position in the log, 16
 * digits. A position lies at the end of an append. A fork's positions go on from its source's.
 */
import { OffsetUnknown } from '../errors.ts';
import { type Offset, START } from '../port.ts';

const OFFSET = /^0{16}_\d{16}$/;

export function offsetAt(position: number): Offset {
  return `${'0'.repeat(16)}_${String(position).padStart(16, '0')}`;
}

/** The byte position of an offset this engine minted. */
export function positionOf(offset: Offset): number {
  return Number(offset.slice(17));
}

/** @throws {OffsetUnknown} unless `offset` could have been minted for a stream whose tail is at `tail`. */
export function checkOffset(stream: string, offset: Offset, tail: number): number {
  if (offset === START) return 0;
  const position = OFFSET.test(offset) ? positionOf(offset) : Number.NaN;
  if (!(position <= tail)) throw new OffsetUnknown(stream, offset);
  return position;
}
