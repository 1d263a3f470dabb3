/** A message at the end of a branch that is not in the outline yet. */
import { branchStream } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { areOne, lookAt } from '../kit/append.ts';
import { headerOf } from '../kit/messages.ts';

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
  outline: Pick<Outline, 'conversation' | 'refresh'>,
  tip: Tip,
): Promise<MessageHeader | 'stray' | null> {
  const found = await lookAt(store.engine, branchStream(outline.conversation, tip.branch), tip.offset);
  if (found.kind === 'free') return null;
  const { end } = found;
  // Behind repetitions of the message before it, read as one page: they are one message with that.
  const others = found.messages.findIndex((one) => one?.id !== tip.message);
  const messages = found.messages.slice(Math.max(0, others));
  const [message = null] = messages;
  const own = messages.at(-1);
  // Behind the copies it begins with, read as one page: a branch is named after its first own message.
  if (own && messages.length > 1 && own.id === tip.branch && own.parent === messages.at(-2)?.id)
    return headerOf(own, { branch: tip.branch, start: tip.offset, end });
  if (message?.parent !== tip.message) return 'stray';
  if (areOne(messages)) return headerOf(message, { branch: tip.branch, start: tip.offset, end });
  // Whoever wrote behind it had indexed it; if not, what is behind it is a stray, and nobody can tell where it begins.
  const known = (await outline.refresh()).messages.get(message.id);
  return known?.branch === tip.branch ? known : 'stray';
}
