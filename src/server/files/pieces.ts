/**
 * Content at an engine elsewhere: a stream of bytes, appended in pieces and closed with the last, so that a closed stream is a whole
 * content (decision 0242).
 *
 * Whoever writes one knows all of it, and its name says what it is. So several may write it at once, and any may finish what another
 * left: the number of a piece is its `Stream-Seq`, and what is there is held against the content wherever anything else than one
 * writer's plain answers was seen.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../../protocol/backoff.ts';
import { Refusal } from '../../protocol/index.ts';
import {
  type ByteStreams,
  type Engine,
  EngineUnavailable,
  type Offset,
  START,
  StreamDamaged,
  StreamGone,
  StreamMissing,
} from '../engine/index.ts';
import { hashOf } from './accept-upload.ts';

export type PieceEngine = ByteStreams & Pick<Engine, 'head' | 'close' | 'delete'>;

/** Bytes of a piece. */
export const PIECE = 512 * 1024;
const ATTEMPTS = 6;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_000;

/** Whether all of it is there. */
export async function isWhole(engine: PieceEngine, stream: string): Promise<boolean> {
  return (await engine.head(stream))?.closed === true;
}

/**
 * Writes `content`, or what is missing of it; resolves once all of it is there for everybody.
 * @throws {EngineUnavailable} it may not be there: do it again
 */
export async function writePieces(engine: PieceEngine, stream: string, content: Uint8Array): Promise<void> {
  let trouble: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await sleep(backoff(attempt - 1, FIRST_PAUSE, LONGEST_PAUSE));
    try {
      if (await write(engine, stream, content)) return;
    } catch (error) {
      // Somebody else found it damaged, and deleted it.
      if (!(error instanceof EngineUnavailable || isMissing(error))) throw error;
      trouble = error;
    }
  }
  throw new EngineUnavailable(`No answer while writing ${stream}.`, stream, { cause: trouble });
}

/** True once it is sure that all of it is there; false: to be looked at again. */
async function write(engine: PieceEngine, stream: string, content: Uint8Array): Promise<boolean> {
  const { created } = await engine.createBytes(stream);
  const there = created ? 0 : await heldAgainst(engine, stream, content);
  if (there === 'whole') return true;
  if (there === 'other') {
    await engine.delete(stream);
    return false;
  }
  if (there === content.byteLength) await engine.close(stream);
  let isSure = true;
  for (let at = there; at < content.byteLength; at += PIECE) {
    const close = at + PIECE >= content.byteLength;
    const seq = String(at / PIECE).padStart(12, '0');
    const { kind } = await engine.appendBytes(stream, content.subarray(at, at + PIECE), { seq, close });
    // Another writes the same: whoever has taken a number has written the pieces up to it.
    if (kind !== 'appended') isSure = false;
    if (kind === 'closed') break;
  }
  return isSure;
}

/** How many bytes of it are there; `whole`; or `other`: what is there is no beginning of it, or is closed too early. */
async function heldAgainst(
  engine: PieceEngine,
  stream: string,
  content: Uint8Array,
): Promise<number | 'whole' | 'other'> {
  let at = 0;
  let offset: Offset = START;
  for (;;) {
    const page = await engine.readBytes(stream, offset, content.byteLength + PIECE);
    const expected = content.subarray(at, at + page.bytes.byteLength);
    if (Buffer.compare(page.bytes, expected) !== 0) return 'other';
    at += page.bytes.byteLength;
    offset = page.next;
    if (!page.upToDate) continue;
    const isEnd = at === content.byteLength;
    if (page.closed) return isEnd ? 'whole' : 'other';
    return isEnd || at % PIECE === 0 ? at : 'other';
  }
}

/**
 * All of it; null where there is none, or not all of it yet.
 * @param hash SHA-256 of the content @param most bytes it can have
 * @throws {StreamDamaged} what is there is not what its name says
 */
export async function readPieces(
  engine: PieceEngine,
  stream: string,
  { hash, most }: { readonly hash: string; readonly most: number },
): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let offset: Offset = START;
  try {
    for (;;) {
      const page = await engine.readBytes(stream, offset, most + PIECE);
      size += page.bytes.byteLength;
      if (size > most) throw new StreamDamaged(stream, 'it is longer than it can be');
      pieces.push(page.bytes);
      offset = page.next;
      if (page.upToDate && !page.closed) return null;
      if (page.closed) break;
    }
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const content = Buffer.concat(pieces);
  if (hashOf(content) !== hash) throw new StreamDamaged(stream, 'a part of it is missing, or is another');
  return content;
}

const isMissing = (error: unknown): boolean => error instanceof StreamMissing || error instanceof StreamGone;

/** What a person is told who asks for a file of which a part was lost. */
export const damagedFile = (): Refusal =>
  new Refusal(
    500,
    'damaged',
    'This file is damaged at the storage: a part of it is missing or has changed. Whoever still has it can attach it again, which mends it.',
  );

/** For readers that go on without a file that was lost: what failed otherwise is thrown. */
export function asMissing(error: unknown): null {
  if (error instanceof Refusal && error.code === 'damaged') return null;
  throw error;
}
