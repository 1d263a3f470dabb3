/** What agents offer in a conversation, and what was chosen of it (docs/protocol.md, "Offers"). It is said beside the write order: nothing else depends on it. */

import { offersStream, VERSION } from '../../../protocol/index.ts';
import type { AgentInput } from '../../../protocol/models/agents.ts';
import {
  foldOffers,
  noOffers,
  type Offer,
  type OfferItem,
  type Offers,
  optionsNow,
  readOffers,
} from '../../../protocol/streams/offers.ts';
import { readAll, START } from '../../engine/index.ts';
import type { Store } from '../index/store.ts';
import { isMissing, refusals } from '../kit/refusals.ts';

/** Empty where nothing was offered yet. Throws EngineError. */
export async function offersIn(store: Store, conversation: string): Promise<Offers> {
  try {
    const { items } = await readAll(store.engine, offersStream(conversation), START);
    return foldOffers(noOffers, readOffers(items));
  } catch (error) {
    if (isMissing(error)) return noOffers;
    throw error;
  }
}

/** In the order in which it is called. Throws EngineError. */
export function sayOffers(store: Store, conversation: string, offers: readonly Offer[]): Promise<void> {
  if (offers.length === 0) return Promise.resolve();
  const stream = offersStream(conversation);
  return store.queue.run(`offers ${conversation}`, async () => {
    const items = offers.map((offer) => ({ v: VERSION, ...offer, at: store.clock.tick() }));
    try {
      await store.engine.append(stream, items);
    } catch (error) {
      if (!isMissing(error)) throw error;
      const header = (await store.list.find(conversation))?.header;
      // It was deleted for good meanwhile.
      if (!header || header.deleted) return;
      await store.engine.create(stream);
      await store.engine.append(stream, items);
    }
  });
}

/** What is said of offers at any server, from the first of it until `signal` aborts; nothing where no other server is. Never throws. */
export async function* heardOffers(
  store: Store,
  conversation: string,
  signal: AbortSignal,
): AsyncGenerator<OfferItem> {
  // A choice that is made here is told to the agent here.
  if (store.alone) return;
  for await (const items of store.inputs.followed(offersStream(conversation), signal))
    yield* readOffers(items);
}

export type Chosen = AgentInput<'choose'>;

/** A person's choice, for the agent's sessions here from now on. Nothing is written where it is so. Throws Refusal, EngineError. */
export async function choose(store: Store, { conversation, agent, option, value }: Chosen): Promise<void> {
  await store.list.living(conversation);
  const offer = (await offersIn(store, conversation)).get(agent);
  const known = offer && optionsNow(offer).find(({ id }) => id === option);
  const fits = known?.choices ? known.choices.some((one) => one.value === value) : typeof value === 'boolean';
  if (!offer || !known || !fits) throw refusals.noSuchOption(agent);
  if (known.value === value && offer.chosen.has(option)) return;
  await sayOffers(store, conversation, [{ kind: 'value', agent, by: 'person', option, value }]);
}

/** There is a stream to read, also before anything was offered. Fine for a conversation that does not exist. */
export async function openOffers(store: Store, conversation: string): Promise<void> {
  const header = (await store.list.find(conversation))?.header;
  if (header && !header.deleted) await store.engine.create(offersStream(conversation));
}
