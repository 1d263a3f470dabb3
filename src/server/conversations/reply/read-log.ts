/** Reading the log of a reply (docs/protocol.md, "Reply"). */
import { emptyReply, foldReply, type Reply, readReply } from '../../../protocol/index.ts';
import { type Engine, readAll, START } from '../../engine/index.ts';
import { isMissing } from '../kit/refusals.ts';

/** A sequence number as `Stream-Seq`, which engines compare as text. */
export const streamSeq = (seq: number): string => String(seq).padStart(12, '0');

export interface ReadLog {
  readonly reply: Reply;
  readonly closed: boolean;
}

/** The log folded; null when there is none (any more). Throws EngineError. */
export async function readLog(engine: Engine, stream: string): Promise<ReadLog | null> {
  try {
    const { items, closed } = await readAll(engine, stream, START);
    return { reply: foldReply(emptyReply, readReply(items)), closed };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
