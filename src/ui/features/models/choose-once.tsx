import { type FormEvent, useState } from 'react';
import { useModels } from '../../../client/hooks/index.ts';
import { INSTRUCTION_LIMIT } from '../../../protocol/limits.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { Button } from '../../components/index.ts';
import { closeDialog, type OpenedDialog } from '../../stores/dialogs.ts';
import { ModelsDialog } from './models-dialog.tsx';
import * as strings from './strings-later.ts';

type ChooseOnceProps = Omit<Extract<OpenedDialog, { kind: 'choose-model' }>, 'kind'>;

/** The list of models for something that is done once: the conversation keeps its model. */
export function ChooseOnce({ title, run, instructs }: ChooseOnceProps) {
  const list = useModels();
  const [instruction, setInstruction] = useState('');
  const done = (model: ModelRef) => run(model, instruction.trim() || undefined);
  return (
    <ModelsDialog
      title={title}
      list={list}
      current={instructs?.current}
      onClose={closeDialog}
      onChoose={(model) => done(model.ref)}
    >
      {instructs && <Instruction {...{ ...instructs, instruction, setInstruction, done }} />}
    </ModelsDialog>
  );
}

interface InstructionProps {
  readonly name: string;
  readonly current?: ModelRef;
  readonly instruction: string;
  readonly setInstruction: (text: string) => void;
  readonly done: (model: ModelRef) => void;
}

/** What the model is told beside the question. Enter asks the one who answered before. */
function Instruction({ name, current, instruction, setInstruction, done }: InstructionProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!current) return;
    closeDialog();
    done(current);
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2 border-line border-t px-4 py-3">
      <label className="flex min-w-48 flex-1 flex-col gap-1 font-medium text-sm">
        {strings.instruction}
        <input
          value={instruction}
          maxLength={INSTRUCTION_LIMIT}
          placeholder={strings.instructionExample}
          onChange={({ target }) => setInstruction(target.value)}
          className="min-h-9 rounded-lg border border-line-strong bg-paper px-2 font-normal text-base outline-none ring-leaf focus:border-leaf focus:ring-1 sm:text-sm"
        />
      </label>
      {current && (
        <Button look="primary" type="submit" className="min-h-9">
          {name}
        </Button>
      )}
    </form>
  );
}
