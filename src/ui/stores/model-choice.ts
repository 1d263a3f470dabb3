/** The model a person chose: for each conversation (the newest hundred) and last of all, for new ones. Kept over reloads. */
import { create } from 'zustand';
import type { ModelRef } from '../../tree/index.ts';
import { load, save } from './browser-storage.ts';

const KEY = 'models';
const MOST = 100;

interface Choices {
  readonly last?: ModelRef;
  /** Newest last. */
  readonly by: readonly (readonly [conversation: string, model: ModelRef])[];
}

export const useModelChoices = create<Choices>()(() => read(load(KEY)));

/** What was chosen for `conversation`, if anything. */
export function chosenFor(choices: Choices, conversation: string | undefined): ModelRef | undefined {
  return choices.by.find(([id]) => id === conversation)?.[1];
}

export function chooseModel(conversation: string | undefined, model: ModelRef): void {
  // What other tabs chose meanwhile stays.
  const { by } = read(load(KEY));
  const others = by.filter(([id]) => id !== conversation);
  const next: Choices = {
    last: model,
    by: conversation === undefined ? by : [...others, [conversation, model] as const].slice(-MOST),
  };
  save(KEY, next);
  useModelChoices.setState(next, true);
}

function read(value: unknown): Choices {
  const raw = (typeof value === 'object' && value !== null ? value : {}) as { last?: unknown; by?: unknown };
  const by = (Array.isArray(raw.by) ? raw.by : []).flatMap((entry: unknown) => {
    const [id, model] = Array.isArray(entry) ? entry : [];
    const ref = refOf(model);
    return typeof id === 'string' && ref ? [[id, ref] as const] : [];
  });
  const last = refOf(raw.last);
  return { by, ...(last && { last }) };
}

function refOf(value: unknown): ModelRef | undefined {
  if (typeof value !== 'object' || value === null || !('source' in value) || !('id' in value))
    return undefined;
  const { source, id } = value;
  return typeof source === 'string' && typeof id === 'string' ? { source, id } : undefined;
}
