/** The few models that are offered before anything is typed. Pure. */
import type { Model } from '../../../protocol/index.ts';
import { type ModelRef, sameModel } from '../../../tree/index.ts';

/** So many are offered. */
const FEW = 5;

/** The one in use, then those last chosen, then the first there are; only what is for chats and is there. */
export function pickedFew(
  models: readonly Model[],
  recent: readonly ModelRef[],
  current: ModelRef | undefined,
): readonly Model[] {
  const wanted = current ? [current, ...recent] : recent;
  const known = wanted.flatMap((ref) => models.filter((model) => sameModel(model.ref, ref)));
  const first = models.filter(({ kind, demo }) => kind === 'chat' && !demo);
  return [...new Set([...known, ...first])].slice(0, FEW);
}
