/** A branch too many forks deep is a fresh stream that begins with a copy of the chain (docs/protocol.md, "Forks"). */
import { type Message, messageSchema, readItems } from '../../protocol/index.ts';
import type { ForkPoint } from '../../tree/index.ts';
import { type Engine, type Offset, readAll, START } from '../engine/index.ts';
import { lookAt } from './append.ts';
import type { Store } from './store.ts';

/**
 * Copies into `stream` what its source holds up to the fork point, one POST a message, and answers where the copy ends.
 * Goes on where an earlier try ended. The copies keep their ids; their headers stay with the branches that own them.
 * A message that two servers copied at once, past an engine that forgot its sequence numbers, may stand there twice.
 */
export async function copyChain(
  store: Pick<Store, 'engine' | 'append'>,
  stream: string,
  from: ForkPoint,
): Promise<Offset> {
  const chain = await chainTo(store, from);
  const ids = new Set(chain.map((message) => message.id));
  let at: Offset = START;
  for (const message of chain) {
    for (let copied = false; !copied; ) {
      const appended = await store.append(store.engine, stream, message, at);
      copied = appended.kind === 'done';
      if (!copied && !ids.has(appended.message?.id ?? ''))
        throw new Error(`${stream} is no copy of ${from.stream}`);
      at = appended.end;
    }
  }
  return pastCopies(store.engine, stream, ids, at);
}

async function pastCopies(
  engine: Engine,
  stream: string,
  ids: ReadonlySet<string>,
  from: Offset,
): Promise<Offset> {
  let at = from;
  for (;;) {
    const slot = await lookAt(engine, stream, at);
    if (slot.kind === 'free' || !ids.has(slot.message?.id ?? '')) return at;
    at = slot.end;
  }
}

async function chainTo({ engine }: Pick<Store, 'engine'>, from: ForkPoint): Promise<readonly Message[]> {
  const { items } = await readAll(engine, from.stream, START);
  const chain = new Map<string, Message>();
  for (const message of readItems(messageSchema, items)) {
    if (!chain.has(message.id)) chain.set(message.id, message);
    if (message.id === from.message) return [...chain.values()];
  }
  throw new Error(`${from.stream} does not hold ${from.message}`);
}
