/** Which model answers next. Pure. */
import type { Model } from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';

export interface Wishes {
  /** Chosen for this conversation. */
  readonly chosen?: ModelRef | undefined;
  /** The model of the latest reply on the visible path. */
  readonly used?: ModelRef | undefined;
  /** Chosen last, anywhere. */
  readonly last?: ModelRef | undefined;
}

export type Picked =
  | { readonly kind: 'model'; readonly model: Model }
  /** The wanted model is not in the list; another one must be chosen by hand. */
  | { readonly kind: 'gone'; readonly ref: ModelRef }
  | { readonly kind: 'none' };

/**
 * The first wish counts. One that cannot be met is never replaced in silence: neither in a conversation, nor for a new one when only the
 * demo could stand in.
 */
export function pickModel(models: readonly Model[], preset: ModelRef | undefined, wishes: Wishes): Picked {
  const wanted = wishes.chosen ?? wishes.used ?? wishes.last ?? preset;
  if (!wanted) return { kind: 'none' };
  const model = find(models, wanted);
  if (model) return { kind: 'model', model };
  const standIn = find(models, preset);
  const free = !wishes.chosen && !wishes.used;
  return free && standIn && !standIn.demo ? { kind: 'model', model: standIn } : { kind: 'gone', ref: wanted };
}

export function sameModel(a: ModelRef | undefined, b: ModelRef | undefined): boolean {
  return a?.source === b?.source && a?.id === b?.id;
}

function find(models: readonly Model[], ref: ModelRef | undefined): Model | undefined {
  return models.find((model) => sameModel(model.ref, ref));
}
