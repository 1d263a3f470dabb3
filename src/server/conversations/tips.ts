/** What stands at the end of a branch without being indexed. */
import { branchStream } from '../../protocol/index.ts';
import type { MessageHeader } from '../../tree/index.ts';
import { lookAt } from './append.ts';
import { headerOf } from './messages.ts';
import type { Store } from './store.ts';

/** After `message` (null: at the start of a fresh stream), which ends at `offset` in the stream of `branch`. */
export interface Tip {
  readonly branch: string;
  readonly offset: string;
  readonly message: string | null;
}

/**
 * The header of the message that stands after the tip; null when nothing does; `stray` when what stands there does not
 * follow the item before it: it is never indexed, and seals the branch. Throws EngineError.
 */
export async function unindexed(
  store: Pick<Store, 'engine'>,
  conversation: string,
  tip: Tip,
): Promise<MessageHeader | 'stray' | null> {
  const found = await lookAt(store.engine, branchStream(conversation, tip.branch), tip.offset);
  if (found.kind === 'free') return null;
  const { message, end } = found;
  if (message?.parent !== tip.message) return 'stray';
  return headerOf(message, { branch: tip.branch, start: tip.offset, end });
}
