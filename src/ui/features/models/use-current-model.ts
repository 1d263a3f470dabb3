import { useMemo } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import type { ConversationView, ModelsView, PathEntry } from '../../../client/types.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { chosenFor, useModelChoices } from '../../stores/model-choice.ts';
import { type Picked, pickModel } from './pick-model.ts';

export interface CurrentModel {
  readonly picked: Picked;
  readonly list: ModelsView;
}

/** The model that answers next in a conversation; undefined: in a chat that does not exist yet. */
export function useCurrentModel(view: ConversationView | undefined): CurrentModel {
  const list = useModels();
  const choices = useModelChoices();
  const used = view && usedIn(view.path);
  const chosen = chosenFor(choices, view?.id);
  const picked = useMemo(
    () => pickModel(list.models, list.default, { chosen, used, last: choices.last }),
    [list.models, list.default, chosen, used, choices.last],
  );
  return { picked, list };
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
