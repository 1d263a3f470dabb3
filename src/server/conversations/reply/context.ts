/** What a reply's model receives (tree rule 10): its branch, read from the start, down to the message to answer. */
import { branchStream, contextOf, type Message, newest, readMessages } from '../../../protocol/index.ts';
import type { Generation } from '../../../tree/index.ts';
import { readAll, START } from '../../engine/index.ts';
import type { Store } from '../index/store.ts';

/** Throws EngineError; Error when the branch lacks part of the chain. */
export async function context(
  store: Pick<Store, 'engine'>,
  conversation: string,
  generation: Generation,
): Promise<readonly Message[]> {
  const { items } = await readAll(store.engine, branchStream(conversation, generation.branch), START);
  const whole = contextOf(readMessages(items), generation.parent, generation.model);
  return generation.context ? newest(whole, generation.context.read) : whole;
}
