import { useActions } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { chooseLast, chooseTemperature, useModelChoices } from '../../stores/browser/model-choice.ts';
import { toastFailure } from '../../stores/toasts.ts';

export interface ChatSettings {
  /** Undefined: it is left to the model. */
  readonly temperature: number | undefined;
  readonly setModel: (model: ModelRef) => void;
  readonly setTemperature: (temperature: number | undefined) => void;
}

/** How the next reply is asked for in a conversation; `id` undefined: in a chat that does not exist yet. */
export function useSettings(id: string | undefined, header: Conversation | undefined): ChatSettings {
  const { settings } = useActions();
  const fresh = useModelChoices((choices) => choices.temperature);
  if (id === undefined)
    return { temperature: fresh, setModel: chooseLast, setTemperature: chooseTemperature };
  return {
    temperature: header?.temperature,
    setModel: (model) => {
      chooseLast(model);
      settings({ conversation: id, model }).catch(toastFailure);
    },
    setTemperature: (temperature) =>
      void settings({ conversation: id, temperature: temperature ?? null }).catch(toastFailure),
  };
}
