import type { ConversationView, ModelsView } from '../../../client/types.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { announce } from '../../stores/announce.ts';
import { closeModels, type ModelsWish } from '../../stores/models-dialog.ts';
import { ModelsDialog } from './models-dialog.tsx';
import * as strings from './strings-later.ts';
import { Temperature } from './temperature.tsx';
import { useSettings } from './use-settings.ts';

interface ChooseModelProps {
  readonly wish: ModelsWish;
  /** Undefined: a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  readonly list: ModelsView;
  readonly current: ModelRef | undefined;
}

/** Who answers next here, and how freely. */
export function ChooseModel({ wish, view, list, current }: ChooseModelProps) {
  const { temperature, setModel, setTemperature } = useSettings(view?.id, view?.header);
  return (
    <ModelsDialog
      list={list}
      current={current}
      adding={wish.place === 'add'}
      onClose={closeModels}
      onChoose={(model) => {
        setModel(model.ref);
        announce(strings.chosen(model.name));
        wish.onChosen?.(model);
      }}
    >
      <Temperature value={temperature} onChange={setTemperature} />
    </ModelsDialog>
  );
}
