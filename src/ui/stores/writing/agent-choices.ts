/**
 * What agents offer that have not answered in a chat: asked for by a person, for a folder; and what was chosen of it there, which goes with the
 * next message. Of this tab alone: a session without a message is nothing to keep.
 */
import { create } from 'zustand';
import type { ConversationView } from '../../../client/types.ts';
import type { AgentOutput } from '../../../protocol/models/agents.ts';
import type { OptionValue } from '../../../protocol/streams/offers.ts';
import { AGENTS } from '../../../tree/index.ts';

export type AskedOffer = AgentOutput<'offers'>;
type ChosenBefore = Readonly<Record<string, OptionValue>>;

interface AgentChoices {
  /** By agent and folder. */
  readonly offers: Readonly<Record<string, AskedOffer>>;
  /** By what is written for (drafts.ts) and agent. */
  readonly chosen: Readonly<Record<string, ChosenBefore>>;
}

const useAgentChoices = create<AgentChoices>()(() => ({ offers: {}, chosen: {} }));
const storedName = (...names: string[]): string => JSON.stringify(names);
const NOTHING: ChosenBefore = {};

export const useAskedOffer = (agent: string, folder: string): AskedOffer | undefined =>
  useAgentChoices(({ offers }) => offers[storedName(agent, folder)]);

export const useChosenBefore = (draft: string, agent: string): ChosenBefore =>
  useAgentChoices(({ chosen }) => chosen[storedName(draft, agent)] ?? NOTHING);

/** Or was asked: what it offers is then said beside the chat. */
export function hasAnswered(view: ConversationView | undefined, agent: string): boolean {
  const replies = [...(view?.tree.generations.values() ?? [])];
  return replies.some(({ model }) => model.source === AGENTS && model.id === agent);
}

export function keepOffer(agent: string, folder: string, offer: AskedOffer): void {
  useAgentChoices.setState(({ offers }) => ({ offers: { ...offers, [storedName(agent, folder)]: offer } }));
}

export function chooseBefore(draft: string, agent: string, option: string, value: OptionValue): void {
  const key = storedName(draft, agent);
  useAgentChoices.setState(({ chosen }) => ({
    chosen: { ...chosen, [key]: { ...chosen[key], [option]: value } },
  }));
}

/** What goes with a message that is sent to the agent now. It is shown in its chat until the agent says how it stands. */
export function sentChoices(draft: string, conversation: string, agent: string) {
  const { chosen } = useAgentChoices.getState();
  const own = chosen[storedName(draft, agent)] ?? NOTHING;
  const { [storedName(draft, agent)]: _, ...others } = chosen;
  useAgentChoices.setState({ chosen: { ...others, [storedName(conversation, agent)]: own } });
  return Object.entries(own).map(([option, value]) => ({ agent, option, value }));
}
