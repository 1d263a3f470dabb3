import { useMemo } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import type { ConversationView, ModelsView } from '../../../client/types.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { chosenSince, lastAsked, type Picked, pickModel } from '../../actions/who-answers.ts';
import { useModelChoices } from '../../stores/browser/model-choice.ts';

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
  const used = view && lastAsked(view.path);
  const chosen = view?.header?.model;
  const picked = useMemo(() => pickModel(list, { chosen, used, last }), [list, chosen, used, last]);
  const since = chosenSince(chosen, used, picked);
  return useMemo(() => ({ picked, list, ...(since && { chosen: since }) }), [picked, list, since]);
}
