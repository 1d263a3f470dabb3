/** What was told of what an agent offers in a conversation: says the difference, a moment later, so that a flood of changes is one. */
import { type AgentOffer, type AgentOption, type Offer, optionsNow } from '../../protocol/streams/offers.ts';
import type { Offered } from './offered.ts';

/** How long changes are gathered, in ms. */
const PAUSE = 100;

export class OfferBook {
  readonly #agent: string;
  readonly #offer: (offers: readonly Offer[]) => void;
  #options: readonly AgentOption[];
  #commands: string;
  #waiting: NodeJS.Timeout | undefined;

  /** @param known what was said so far; undefined: nothing was. */
  constructor(agent: string, known: AgentOffer | undefined, offer: (offers: readonly Offer[]) => void) {
    this.#agent = agent;
    this.#offer = offer;
    this.#options = known ? optionsNow(known) : [];
    this.#commands = JSON.stringify(known?.commands ?? []);
  }

  /** @param anew says all options again: a choice came to nothing. Default: what changed. */
  tell(offered: Offered, anew = false): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const agent = this.#agent;
    const { options, commands } = offered;
    const now = JSON.stringify(commands ?? []);
    const says = [
      ...(anew || bare(options) !== bare(this.#options)
        ? [{ kind: 'offer', agent, options } as const]
        : this.#moved(options)),
      ...(commands && now !== this.#commands ? [{ kind: 'offer', agent, commands } as const] : []),
    ];
    this.#options = options;
    if (commands) this.#commands = now;
    if (says.length > 0) this.#offer(says);
  }

  tellSoon(offered: Offered): void {
    this.#waiting ??= setTimeout(() => this.tell(offered), PAUSE).unref();
  }

  #moved(options: readonly AgentOption[]): readonly Offer[] {
    const before = new Map(this.#options.map(({ id, value }) => [id, value]));
    return options
      .filter(({ id, value }) => before.get(id) !== value)
      .map(({ id, value }) => ({ kind: 'value', agent: this.#agent, by: 'agent', option: id, value }));
  }
}

/** Options but for how they stand. */
const bare = (options: readonly AgentOption[]): string =>
  JSON.stringify(options.map(({ value: _, ...option }) => option));
