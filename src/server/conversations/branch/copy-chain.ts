/** A branch too many forks deep is a fresh stream that begins with a copy of the chain (docs/protocol.md, "Forks"). */
import { type Message, readMessages } from '../../../protocol/index.ts';
import type { ForkPoint } from '../../../tree/index.ts';
import { type Engine, type Offset, readAll, START } from '../../engine/index.ts';
import type { Store } from '../index/store.ts';
import { lookAt } from '../kit/append.ts';

/**
 * Copies into `stream` what its source holds up to the fork point, one POST a message, and answers where the copy ends.
 * Goes on where an earlier try ended. The copies keep their ids; their headers stay with the branches that own them.
 * A message may be there twice if two servers copied it at once and the engine had forgotten its sequence numbers.
 */
export async function copyChain(
  store: Pick<Store, 'engine' | 'append'>,
  stream: string,
  from: ForkPoint,
): Promise<Offset> {
  const chain = await heldUpTo(store, from);
  const ids = new Set(chain.map((message) => message.id));
  for (let attempt = 0; attempt < chain.length + SPARE; attempt += 1) {
    const { items, next } = await readAll(store.engine, stream, START);
    const there = new Set(readMessages(items).map((message) => message.id));
    const missing = chain.filter((message) => !there.has(message.id));
    if (missing.length === 0) return there.size > ids.size ? pastCopies(store.engine, stream, ids) : next;
    if (!isCopy(items, ids)) break;
    await copyOn({ store, stream, missing, at: next });
  }
  throw new Error(`${stream} is no copy of ${from.stream}`);
}

/** Rounds that another server, copying at the same time, may spoil. */
const SPARE = 3;

const isCopy = (items: readonly unknown[], ids: ReadonlySet<string>): boolean =>
  items.every((item) => ids.has((item as Partial<Message>).id ?? ''));

interface Rest {
  readonly store: Pick<Store, 'engine' | 'append'>;
  readonly stream: string;
  readonly missing: readonly Message[];
  readonly at: Offset;
}

/** Copies until another server has written what comes next. */
async function copyOn({ store, stream, missing, at }: Rest): Promise<void> {
  let end = at;
  for (const message of missing) {
    const appended = await store.append(store.engine, stream, message, end);
    if (appended.kind !== 'done') return;
    end = appended.end;
  }
}

/**
 * Where the copies end and the branch's own messages begin; the start of all where the engine's pages do not tell: what is
 * read from there holds what is sought.
 */
async function pastCopies(engine: Engine, stream: string, ids: ReadonlySet<string>): Promise<Offset> {
  let at: Offset = START;
  for (;;) {
    const slot = await lookAt(engine, stream, at);
    if (slot.kind === 'free') return at;
    if (slot.messages.length > 1) return START;
    if (!ids.has(slot.messages[0]?.id ?? '')) return at;
    at = slot.end;
  }
}

async function heldUpTo({ engine }: Pick<Store, 'engine'>, from: ForkPoint): Promise<readonly Message[]> {
  const { items } = await readAll(engine, from.stream, START);
  const chain = new Map<string, Message>();
  for (const message of readMessages(items)) {
    if (!chain.has(message.id)) chain.set(message.id, message);
    if (message.id === from.message) return [...chain.values()];
  }
  throw new Error(`${from.stream} does not hold ${from.message}`);
}
