import { readItems, type ViewItem, viewItemSchema, viewStream } from '../../../protocol/index.ts';
import { type Engine, readAll, START } from '../../engine/index.ts';
import { isMissing } from './refusals.ts';

/** What was viewed in a conversation; empty where nothing was. Throws EngineError. */
export async function viewsOf(
  engine: Pick<Engine, 'read'>,
  conversation: string,
): Promise<readonly ViewItem[]> {
  try {
    const { items } = await readAll(engine, viewStream(conversation), START);
    return readItems(viewItemSchema, items);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
