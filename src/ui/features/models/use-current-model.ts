import { useMemo } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import type { ConversationView, ModelsView, PathEntry } from '../../../client/types.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { useModelChoices } from '../../stores/model-choice.ts';
import { type Picked, pickModel, sameModel } from './pick-model.ts';

export interface CurrentModel {
  readonly picked: Picked;
  readonly list: ModelsView;
  /** Chosen since the last reply was asked for, and there to be asked: who is asked again (decision 0067). */
  readonly chosen?: ModelRef;
}

/** The model that answers next in a conversation; undefined: in a chat that does not exist yet. */
export function useCurrentModel(view: ConversationView | undefined): CurrentModel {
  const list = useModels();
  const last = useModelChoices((choices) => choices.last);
  const used = view && usedIn(view.path);
  const chosen = view?.header?.model;
  const picked = useMemo(
    () => pickModel(list.models, list.default, { chosen, used, last }),
    [list.models, list.default, chosen, used, last],
  );
  const since = chosen && !sameModel(chosen, used) && picked.kind === 'model' ? picked.model.ref : undefined;
  return { picked, list, ...(since && { chosen: since }) };
}

/** The model of the last reply, written or asked for, on the path. */
function usedIn(path: readonly PathEntry[]): ModelRef | undefined {
  for (const entry of path.toReversed()) {
    if (entry.kind === 'pending') return entry.pending.model;
    if (entry.kind !== 'message') return entry.generation.model;
    if (entry.header.author.kind === 'model') return entry.header.author.model;
  }
  return undefined;
}
