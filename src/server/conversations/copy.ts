/** A branch too many forks deep is a fresh stream that begins with a copy of the chain (docs/protocol.md, "Forks"). */
import { type Message, messageSchema, readItems } from '../../protocol/index.ts';
import type { ForkPoint } from '../../tree/index.ts';
import { type Offset, readAll, START } from '../engine/index.ts';
import type { Store } from './store.ts';

/**
 * Copies into `stream` what its source holds up to the fork point, one POST a message, and answers where the copy ends.
 * Goes on where an earlier try ended. The copies keep their ids; their headers stay with the branches that own them.
 */
export async function copyChain(
  store: Pick<Store, 'engine' | 'append'>,
  stream: string,
  from: ForkPoint,
): Promise<Offset> {
  let at: Offset = START;
  for (const message of await chainTo(store, from)) {
    const appended = await store.append(store.engine, stream, message, at);
    if (appended.kind === 'taken') throw new Error(`${stream} is no copy of ${from.stream}`);
    at = appended.end;
  }
  return at;
}

async function chainTo({ engine }: Pick<Store, 'engine'>, from: ForkPoint): Promise<readonly Message[]> {
  const { items } = await readAll(engine, from.stream, START);
  const messages = readItems(messageSchema, items);
  const last = messages.findIndex((message) => message.id === from.message);
  if (last < 0) throw new Error(`${from.stream} does not hold ${from.message}`);
  return messages.slice(0, last + 1);
}
