/** Sets the options that people choose in the sessions of an agent: before a prompt, while nothing runs, and while a turn is under way. */
import {
  type AgentOffer,
  type OfferItem,
  type OptionValue,
  wishesOf,
} from '../../protocol/streams/offers.ts';
import { AgentError } from './link.ts';
import type { LiveSession } from './live-session.ts';
import type { OfferBook } from './offer-book.ts';
import { fits } from './offered.ts';
import type { RunningAgent } from './running-agent.ts';

/**
 * Sets what a person chose in a session that is about to be prompted, then tells what it offers. Each option by itself: setting one may change the others.
 * @returns the names of those the agent did not take
 */
export async function asChosen(
  agent: Pick<RunningAgent, 'set'>,
  session: LiveSession,
  { known, book }: { readonly known: AgentOffer | undefined; readonly book: OfferBook },
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const [id, value] of known ? wishesOf(known) : []) {
    const option = session.offered.options.find((one) => one.id === id);
    if (option?.value === value) continue;
    const name = option?.name ?? known?.options.find((one) => one.id === id)?.name ?? id;
    const isTaken = option && fits(option, value) && (await took(() => agent.set(session, id, value)));
    if (!isTaken) refused.push(name);
  }
  session.book = book;
  book.tell(session.offered, refused.length > 0);
  return refused;
}

/**
 * Sets what a person chose in an open session and tells how it stands then, also where the agent does not take it. That is said again although
 * the person said it: what the agent said of another choice may have come between, with this one as it was before. Throws AgentError.
 */
export async function chooseIn(
  agent: Pick<RunningAgent, 'set'>,
  session: LiveSession,
  option: string,
  value: OptionValue,
): Promise<void> {
  const known = session.offered.options.find(({ id }) => id === option);
  if (!known || known.value === value) return;
  try {
    await agent.set(session, option, value);
  } catch (error) {
    session.book?.tell(session.offered, true);
    throw error;
  }
  session.book?.tell(session.offered);
}

/** What people choose at other servers while a turn is under way, set in its session until the iteration ends. `known`: what was set before. */
export async function heedChoices(
  agent: Pick<RunningAgent, 'set'>,
  session: LiveSession,
  { name, known, heard }: { name: string; known: AgentOffer | undefined; heard: AsyncIterable<OfferItem> },
): Promise<void> {
  for await (const item of heard) {
    if (item.kind !== 'value' || item.by !== 'person' || item.agent !== name) continue;
    const { option, value, at } = item;
    if (at <= (known?.values.get(option)?.at ?? -1)) continue;
    // What it does not take is told as it stands.
    await took(() => chooseIn(agent, session, option, value)).catch(() => false);
  }
}

async function took(set: () => Promise<void>): Promise<boolean> {
  try {
    await set();
    return true;
  } catch (error) {
    if (error instanceof AgentError && error.code !== null) return false;
    throw error;
  }
}
