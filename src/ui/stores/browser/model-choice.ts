/**
 * What a person chose for chats that do not exist yet: the model chosen last of all, and the temperature of the next new chat. Kept over
 * reloads. What holds in a conversation is a setting of the conversation itself, on the server.
 */
import { create } from 'zustand';
import type { ModelRef } from '../../../tree/index.ts';
import { load, save } from './browser-storage.ts';

const KEY = 'models';
const RECENT = 5;

interface Choices {
  readonly last?: ModelRef;
  /** Those chosen last, the latest first. */
  readonly recent?: readonly ModelRef[];
  /** Absent: it is left to the model. */
  readonly temperature?: number;
}

export const useModelChoices = create<Choices>()(() => read(load(KEY)));

export function chooseLast(model: ModelRef): void {
  const { recent = [], ...others } = useModelChoices.getState();
  const before = recent.filter(({ source, id }) => source !== model.source || id !== model.id);
  keep({ ...others, last: model, recent: [model, ...before].slice(0, RECENT) });
}

/** Undefined: it is left to the model. */
export function chooseTemperature(temperature: number | undefined): void {
  const { temperature: _, ...others } = useModelChoices.getState();
  keep({ ...others, ...(temperature !== undefined && { temperature }) });
}

function keep(next: Choices): void {
  save(KEY, next);
  useModelChoices.setState(next, true);
}

function read(value: unknown): Choices {
  const raw = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const last = refOf(raw.last);
  const recent = Array.isArray(raw.recent) ? raw.recent.map(refOf).filter((ref) => ref !== undefined) : [];
  const { temperature } = raw;
  const known = typeof temperature === 'number' && temperature >= 0 && temperature <= 2;
  return { ...(last && { last }), ...(recent.length > 0 && { recent }), ...(known && { temperature }) };
}

function refOf(value: unknown): ModelRef | undefined {
  if (typeof value !== 'object' || value === null || !('source' in value) || !('id' in value))
    return undefined;
  const { source, id } = value;
  return typeof source === 'string' && typeof id === 'string' ? { source, id } : undefined;
}
