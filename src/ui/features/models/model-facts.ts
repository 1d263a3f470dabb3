/** What is known of a model, in a few words. Pure. */
import type { Model, Price } from '../../../protocol/index.ts';
import * as strings from './strings-later.ts';

/** "128k tokens · images · audio · $0.15 in, $0.60 out a million tokens"; undefined where nothing is known. */
export function factsOf({ kind, window, loaded, images, audio, price, agent }: Model): string | undefined {
  const facts = [
    ...(agent ? agentFacts(agent) : []),
    kind === 'chat' ? undefined : strings.isWord[kind],
    window === undefined ? undefined : strings.tokens(tokensText(window)),
    loaded === undefined ? undefined : strings.loadedWith(tokensText(loaded)),
    images ? strings.images : undefined,
    audio ? strings.audio : undefined,
    price && priceText(price),
  ].filter((fact) => fact !== undefined);
  return facts.length > 0 ? facts.join(' · ') : undefined;
}

function agentFacts({ state, version, command, abilities }: NonNullable<Model['agent']>): readonly string[] {
  const goesBack =
    abilities &&
    (abilities.forksAtMessages
      ? 'goes back to any reply'
      : abilities.forks
        ? 'forks at the end'
        : 'cannot fork');
  return [
    ...(version === undefined ? [] : [`version ${version}`]),
    AGENT_STATES[state],
    ...(goesBack ? [goesBack] : []),
    command,
  ];
}

const AGENT_STATES = { found: 'found, not started', configured: 'not started', running: 'runs' } as const;

function priceText({ input, output }: Price): string {
  return strings.price(amount(input), amount(output));
}

const amount = (dollars: number): string => dollars.toFixed(2).replace(/\.00$/, '');

/** "820", "8.2k", "128k", "1M": a number of tokens, short. */
export function tokensText(tokens: number): string {
  if (tokens < 1_000) return String(Math.round(tokens));
  if (tokens < 10_000) return `${(Math.floor(tokens / 100) / 10).toString()}k`;
  if (tokens < 1_000_000) return `${Math.floor(tokens / 1_000)}k`;
  return `${(Math.floor(tokens / 100_000) / 10).toString()}M`;
}

/** "$0.0042", "$1.20"; under a hundredth of a cent "less than $0.0001". */
export function costText(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return strings.lessThanShown;
  return `$${dollars < 0.1 ? dollars.toFixed(4) : dollars.toFixed(2)}`;
}
