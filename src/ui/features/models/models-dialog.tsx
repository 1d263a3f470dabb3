import { type ReactNode, useState } from 'react';
import type { ModelsView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { sameModel } from '../../../tree/index.ts';
import { Dialog } from '../../components/index.ts';
import { ModelsPanel } from './models-panel.tsx';
import * as strings from './strings-later.ts';

interface ModelsDialogProps {
  readonly title?: string;
  readonly list: ModelsView;
  readonly current: ModelRef | undefined;
  /** Opens with the form for another endpoint. Default: false. */
  readonly adding?: boolean;
  /** What else is chosen here, below the list. */
  readonly children?: ReactNode;
  /** Called once, when the dialog closes with another model than `current`, or when one was pressed. */
  readonly onChoose: (model: Model) => void;
  readonly onClose: () => void;
}

/** Every model by source. Arrows choose, a press or Enter chooses and closes. */
export function ModelsDialog(props: ModelsDialogProps) {
  const { title = strings.models, list, current, adding, children, onChoose, onClose } = props;
  const [chosen, setChosen] = useState<Model>();
  const done = (model: Model) => {
    onClose();
    onChoose(model);
  };
  const close = () => {
    onClose();
    if (chosen && !sameModel(chosen.ref, current)) onChoose(chosen);
  };
  return (
    <Dialog title={title} onClose={close}>
      <ModelsPanel
        list={list}
        current={chosen?.ref ?? current}
        adding={adding}
        onChoose={setChosen}
        onDone={done}
      >
        {children}
      </ModelsPanel>
    </Dialog>
  );
}
