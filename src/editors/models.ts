/** Who answers, as a config option of a session. */
import type { Bough } from '../client/bough.ts';
import type { Model, ModelList } from '../protocol/index.ts';
import { type ModelRef, sameModel } from '../tree/index.ts';

export const MODEL_OPTION = 'model';

export const modelList = (bough: Bough): Promise<ModelList> => bough.queryClient.query(bough.models);

const nameOf = ({ source, id }: ModelRef): string => `${source}/${id}`;

/** The whole list of options: there is one. @param chosen undefined: nothing was chosen */
export function configOptions({ models, default: first }: ModelList, chosen: ModelRef | undefined): object[] {
  const current = chosen ?? first;
  const offered = models.filter(({ kind, ref }) => kind === 'chat' || sameModel(ref, current));
  const options = offered.map(({ ref, name, sourceName }) => ({
    ...{ value: nameOf(ref), name, description: sourceName },
  }));
  const isListed = offered.some(({ ref }) => sameModel(ref, current));
  if (!isListed) options.push({ value: nameOf(current), name: current.id, description: 'not served now' });
  return [
    {
      ...{ id: MODEL_OPTION, name: 'Model', category: 'model', type: 'select' },
      ...{ currentValue: nameOf(current), options },
    },
  ];
}

export function modelNamed({ models }: ModelList, value: unknown): ModelRef | undefined {
  return models.find(({ ref }) => nameOf(ref) === value)?.ref;
}

export function modelOf({ models }: ModelList, ref: ModelRef): Model | undefined {
  return models.find((model) => sameModel(model.ref, ref));
}
