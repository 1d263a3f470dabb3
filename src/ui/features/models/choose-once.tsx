import { useModels } from '../../../client/hooks/index.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { closeTool } from '../../stores/tools.ts';
import { ModelsDialog } from './models-dialog.tsx';

interface ChooseOnceProps {
  readonly title: string;
  readonly run: (model: ModelRef) => void;
}

/** The list of models for something that is done once: the conversation keeps its model. */
export function ChooseOnce({ title, run }: ChooseOnceProps) {
  const list = useModels();
  return (
    <ModelsDialog
      title={title}
      list={list}
      current={undefined}
      onClose={closeTool}
      onChoose={(model) => run(model.ref)}
    />
  );
}
