import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type AgentOffer, noOffers, type OptionValue } from '../../../protocol/streams/offers.ts';
import { createAgentCommands } from '../../agents.ts';
import { OfferFolds } from '../../folds/offers.ts';
import type { Opened } from '../../opened.ts';
import { useBough } from '../context.tsx';
import { useAccess } from '../use-access.ts';
import { useOpened } from './use-opened.ts';

const folds = new WeakMap<Opened, OfferFolds>();

function foldsOf(opened: Opened): OfferFolds {
  const known = folds.get(opened) ?? new OfferFolds(opened.feeds);
  folds.set(opened, known);
  return known;
}

const NOTHING = { get: () => noOffers, subscribe: () => () => {} };

/**
 * What an agent offers in a conversation, live; undefined: nothing, as far as is known. Not in `index.ts`: it is loaded where an agent is chosen.
 * @param conversation undefined: a chat that does not exist yet
 */
export function useOffer(conversation: string | undefined, agent: string): AgentOffer | undefined {
  const opened = useOpened();
  const signal = useMemo(
    () => (conversation === undefined ? NOTHING : foldsOf(opened).of(conversation)),
    [opened, conversation],
  );
  return useSyncExternalStore(signal.subscribe, signal.get).get(agent);
}

/** Chooses an option of an agent; rejects with a sentence. Null where this browser may only read. */
export function useChoosing(conversation: string, agent: string) {
  const { http } = useBough();
  const { readOnly } = useAccess();
  const choose = useCallback(
    (option: string, value: OptionValue) =>
      createAgentCommands(http)('choose', { conversation, agent, option, value }),
    [http, conversation, agent],
  );
  return readOnly ? null : choose;
}
