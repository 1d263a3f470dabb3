/** What a reply's model receives (tree rule 10): its branch, from the start down to the message to answer. */
import { branchStream, contextOf, type Message, newest } from '../../../protocol/index.ts';
import type { Generation } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';

/** Throws EngineError; Error when the branch lacks part of the chain. */
export async function context(
  store: Pick<Store, 'branches'>,
  conversation: string,
  generation: Generation,
): Promise<readonly Message[]> {
  const messageOf = await store.branches.of(branchStream(conversation, generation.branch));
  const whole = contextOf(messageOf, generation.parent, generation.model);
  return generation.context ? newest(whole, generation.context.read) : whole;
}
