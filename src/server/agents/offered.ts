/** What an agent's session offers (config options, modes, commands), read from what it says: hostile, so cleaned and bounded. Pure. */
import { z } from 'zod';
import type { AgentOption, AgentSlashCommand, OptionValue } from '../../protocol/streams/offers.ts';
import { clean } from './updates.ts';

const OPTIONS = 40;
const CHOICES = 400;
const COMMANDS = 300;
const ABOUT = 400;
/** The id of the option that stands for the modes of an agent that has no config options for them. */
export const MODES = 'session-modes';
/** The same for its models: agents of before config options have lists of them. */
export const MODELS = 'session-models';

const line = (text: string, limit: number): string => clean(text).replace(/\s+/g, ' ').trim().slice(0, limit);
const name = z.string().transform((text) => line(text, 120) || '…');
const about = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => (text ? line(text, ABOUT) : ''));
const id = z.string().min(1).max(300);

const choice = z.looseObject({ value: id, name, description: about });
const group = z.looseObject({ name, options: z.array(z.unknown()) });
const base = { id, name, description: about, category: id.nullish().catch(null) };
const option = z.discriminatedUnion('type', [
  z.looseObject({ ...base, type: z.literal('select'), currentValue: id, options: z.array(z.unknown()) }),
  z.looseObject({ ...base, type: z.literal('boolean'), currentValue: z.boolean() }),
]);
const mode = z.looseObject({ id, name, description: about });
const model = z.looseObject({ modelId: id, name, description: about });
const models = z.looseObject({ currentModelId: id, availableModels: z.array(z.unknown()) });
const modes = z.looseObject({ currentModeId: id, availableModes: z.array(z.unknown()) });
const command = z.looseObject({
  name: z.string().regex(/^[^\s/][^\s]{0,99}$/),
  description: about,
  input: z.looseObject({ hint: z.string() }).nullish().catch(null),
});

/** Those of a list that can be read. */
function readable<S extends z.ZodType>(schema: S, list: readonly unknown[], limit: number): z.output<S>[] {
  return list
    .slice(0, limit)
    .map((one) => schema.safeParse(one))
    .flatMap((read) => (read.success ? [read.data] : []));
}

const described = (text: string): { about?: string } => (text === '' ? {} : { about: text });

/** Null: it said nothing of options. */
function optionsIn(said: unknown): readonly AgentOption[] | null {
  if (!Array.isArray(said)) return null;
  return readable(option, said, OPTIONS).flatMap((one): AgentOption[] => {
    const same = {
      ...{ id: one.id, name: one.name, ...described(one.description) },
      ...(one.category && { sort: one.category }),
    };
    if (one.type === 'boolean') return [{ ...same, value: one.currentValue }];
    const choices = choicesIn(one.options);
    return choices.length === 0 ? [] : [{ ...same, value: one.currentValue, choices }];
  });
}

type Choice = NonNullable<AgentOption['choices']>[number];

function choicesIn(said: readonly unknown[]): Choice[] {
  const all = said.flatMap((one): Choice[] => {
    const within = group.safeParse(one);
    if (!within.success) return readable(choice, [one], 1).map((found) => choiceOf(found));
    const { name, options } = within.data;
    return readable(choice, options, CHOICES).map((found) => ({ ...choiceOf(found), group: name }));
  });
  return all.slice(0, CHOICES);
}

const choiceOf = ({ value, name, description }: z.output<typeof choice>): Choice => ({
  ...{ value, name },
  ...described(description),
});

/** The modes of an agent as an option. Null: it said nothing of modes. */
function modesIn(said: unknown): AgentOption | null {
  const read = modes.safeParse(said);
  if (!read.success) return null;
  const choices = readable(mode, read.data.availableModes, CHOICES).map(({ id, name, description }) => ({
    ...{ value: id, name },
    ...described(description),
  }));
  if (choices.length === 0) return null;
  return { id: MODES, name: 'Mode', sort: 'mode', value: read.data.currentModeId, choices };
}

/** The models of an agent as an option. Null: it said nothing of models, or has no choice. */
function modelsIn(said: unknown): AgentOption | null {
  const read = models.safeParse(said);
  if (!read.success) return null;
  const choices = readable(model, read.data.availableModels, CHOICES).map(
    ({ modelId, name, description }) => ({ ...{ value: modelId, name }, ...described(description) }),
  );
  if (choices.length === 0) return null;
  return { id: MODELS, name: 'Model', sort: 'model', value: read.data.currentModelId, choices };
}

/** Null: that is no list of commands. */
function commandsIn(said: unknown): readonly AgentSlashCommand[] | null {
  if (!Array.isArray(said)) return null;
  return readable(command, said, COMMANDS).map(({ name, description, input }) => ({
    ...{ name: line(name, 100), about: description },
    ...(input && { hint: line(input.hint, 120) }),
  }));
}

/** What a session offers, as it says it bit by bit. */
export class Offered {
  #options: readonly AgentOption[] = [];
  #modes: AgentOption | undefined;
  #models: AgentOption | undefined;
  #commands: readonly AgentSlashCommand[] | undefined;

  /** Config options are preferred: those who have both say the same twice, some under another name. */
  get options(): readonly AgentOption[] {
    const older = [this.#modes, this.#models].flatMap((one) => one ?? []);
    return [...older.filter((one) => !this.#options.some((other) => isSame(one, other))), ...this.#options];
  }

  /** Undefined: it has not said. */
  get commands(): readonly AgentSlashCommand[] | undefined {
    return this.#commands;
  }

  /** What it answers when a session is made or opened, or an option is set. */
  answered(said: {
    readonly configOptions?: unknown;
    readonly modes?: unknown;
    readonly models?: unknown;
  }): void {
    this.#options = optionsIn(said.configOptions) ?? this.#options;
    this.#modes = modesIn(said.modes) ?? this.#modes;
    this.#models = modelsIn(said.models) ?? this.#models;
  }

  /** Whether the update was of what is offered. */
  hear(update: Readonly<Record<string, unknown>> & { readonly sessionUpdate: string }): boolean {
    switch (update.sessionUpdate) {
      case 'config_option_update':
        this.answered({ configOptions: update.configOptions });
        return true;
      case 'current_mode_update':
        for (const { id, sort } of this.options) if (sort === 'mode') this.moved(id, update.currentModeId);
        return true;
      case 'available_commands_update':
        this.#commands = commandsIn(update.availableCommands) ?? this.#commands;
        return true;
      default:
        return false;
    }
  }

  /** An option stands elsewhere; what it does not have is not said. */
  moved(id: string, value: unknown): void {
    const set = (one: AgentOption): AgentOption =>
      one.id === id && fits(one, value) ? { ...one, value } : one;
    this.#options = this.#options.map(set);
    this.#modes = this.#modes && set(this.#modes);
    this.#models = this.#models && set(this.#models);
  }
}

/** Of one sort, or with the same choices. */
const isSame = (one: AgentOption, other: AgentOption): boolean =>
  one.sort === other.sort ||
  (one.choices?.length === other.choices?.length &&
    (one.choices ?? []).every(({ value }) => fits(other, value)));

export function fits({ choices }: AgentOption, value: unknown): value is OptionValue {
  return choices ? choices.some((one) => one.value === value) : typeof value === 'boolean';
}
