/**
 * What agents offer in a conversation: options that can be chosen (modes, models, how long to think) and commands; and what was chosen of it (docs/protocol.md,
 * "Offers"). The fold is idempotent and free of order. Not part of `index.ts`: only agents and what is loaded late need it.
 */
import * as z from 'zod/mini';
import { readItems, count as time, v } from '../fields.ts';

const short = z.string().check(z.minLength(1), z.maxLength(300));
const words = z.string().check(z.maxLength(2_000));
const value = z.union([z.string().check(z.maxLength(300)), z.boolean()]);
/** Of a select the id of one of its choices; of a switch whether it is on. */
export type OptionValue = z.infer<typeof value>;

export const optionSchema = z.object({
  id: short,
  name: short,
  about: z.optional(words),
  /** `mode`, `model`, `model_config`, `thought_level`, or a word of the agent's own. */
  sort: z.optional(short),
  value,
  /** Of a select, in their order; absent: it is a switch. `group`: the name of those it stands with. */
  choices: z.optional(
    z.array(
      z.object({
        value: z.string().check(z.maxLength(300)),
        name: short,
        about: z.optional(words),
        group: z.optional(short),
      }),
    ),
  ),
});
export type AgentOption = z.infer<typeof optionSchema>;

/** Said as `/name` with something behind it; `hint`: what. */
export const commandSchema = z.object({ name: short, about: words, hint: z.optional(words) });
export type AgentSlashCommand = z.infer<typeof commandSchema>;

/** Items of `c/{conversation}/offers`. Absent means unchanged; the latest `at` wins. */
const offerItemSchema = z.discriminatedUnion('kind', [
  z.object({
    v,
    kind: z.literal('offer'),
    at: time,
    agent: short,
    options: z.optional(z.readonly(z.array(optionSchema))),
    commands: z.optional(z.readonly(z.array(commandSchema))),
  }),
  /** An option stands so now. `by`: a person chose it, or the agent went over to it. */
  z.object({
    v,
    kind: z.literal('value'),
    at: time,
    agent: short,
    by: z.enum(['person', 'agent']),
    option: short,
    value,
  }),
]);
export type OfferItem = z.infer<typeof offerItemSchema>;
/** An item before the stream gives it its version and time. */
export type Offer = OfferItem extends infer I ? (I extends OfferItem ? Omit<I, 'v' | 'at'> : never) : never;

interface Valued {
  readonly at: number;
  readonly value: OptionValue;
}

/** What one agent offers, as it was said last. */
export interface AgentOffer {
  readonly options: readonly AgentOption[];
  readonly commands: readonly AgentSlashCommand[];
  /** How options stand, by their ids; what is not in it stands as `options` say. */
  readonly values: ReadonlyMap<string, Valued>;
  /** Options a person chose: other sessions of the agent in this conversation begin with them. */
  readonly chosen: ReadonlySet<string>;
  readonly stamps: { readonly options: number; readonly commands: number };
}

/** By agent. */
export type Offers = ReadonlyMap<string, AgentOffer>;
export const noOffers: Offers = new Map();

const NOTHING: AgentOffer = {
  ...{ options: [], commands: [], values: new Map(), chosen: new Set() },
  stamps: { options: -1, commands: -1 },
};

export const readOffers = (items: readonly unknown[]): OfferItem[] => readItems(offerItemSchema, items);

/** The same map when nothing was new. */
export function foldOffers(offers: Offers, items: Iterable<OfferItem>): Offers {
  let next = offers;
  for (const item of items) {
    const before = next.get(item.agent) ?? NOTHING;
    const after = item.kind === 'offer' ? offered(before, item) : valued(before, item);
    if (after !== before) next = new Map(next).set(item.agent, after);
  }
  return next;
}

function offered(before: AgentOffer, item: OfferItem & { kind: 'offer' }): AgentOffer {
  const { at, options, commands } = item;
  const takesOptions = options !== undefined && isLater(at, options, before.stamps.options, before.options);
  const takesCommands =
    commands !== undefined && isLater(at, commands, before.stamps.commands, before.commands);
  let values = before.values;
  for (const { id, value } of options ?? []) values = withValue(values, id, { at, value });
  if (!takesOptions && !takesCommands && values === before.values) return before;
  return {
    ...{ ...before, values },
    ...(takesOptions && { options }),
    ...(takesCommands && { commands }),
    stamps: {
      options: takesOptions ? at : before.stamps.options,
      commands: takesCommands ? at : before.stamps.commands,
    },
  };
}

function valued(before: AgentOffer, { at, by, option, value }: OfferItem & { kind: 'value' }): AgentOffer {
  const values = withValue(before.values, option, { at, value });
  const isChosen = by === 'agent' || before.chosen.has(option);
  if (values === before.values && isChosen) return before;
  return { ...before, values, chosen: isChosen ? before.chosen : new Set(before.chosen).add(option) };
}

function withValue(values: AgentOffer['values'], option: string, next: Valued): AgentOffer['values'] {
  const known = values.get(option);
  if (known && !isLater(next.at, next.value, known.at, known.value)) return values;
  return new Map(values).set(option, next);
}

/** Said later; of what was said at the same time the greater. */
function isLater(at: number, said: unknown, stamp: number, known: unknown): boolean {
  return at > stamp || (at === stamp && JSON.stringify(said) > JSON.stringify(known));
}

/** Its options as they stand. */
export function optionsNow({ options, values }: AgentOffer): readonly AgentOption[] {
  return options.map((one) => {
    const value = values.get(one.id)?.value;
    const fits = one.choices
      ? one.choices.some((choice) => choice.value === value)
      : typeof value === 'boolean';
    return value === undefined || !fits || value === one.value ? one : { ...one, value };
  });
}

/** What a person chose and holds: how a session of the agent has to stand before it goes on. */
export function wishesOf({ values, chosen }: AgentOffer): ReadonlyMap<string, OptionValue> {
  return new Map(
    [...chosen].flatMap((id) => {
      const now = values.get(id);
      return now ? [[id, now.value] as const] : [];
    }),
  );
}
