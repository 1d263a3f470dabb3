import { useId, useState } from 'react';
import { useActions } from '../../../../client/hooks/index.ts';
import type { SendChange } from '../../../../client/types.ts';
import { Button, Dialog } from '../../../components/index.ts';
import { closeDialog, openDialog } from '../../../stores/dialogs.ts';
import { toastFailure } from '../../../stores/toasts.ts';
import * as strings from './strings-agents.ts';

interface CannotGoBackProps {
  readonly conversation: string;
  /** What the agent is called. */
  readonly agent: string;
  readonly sentence: string;
  readonly again: (change: SendChange) => void;
  /** What was to be said is taken back. Default: there is nothing to take back. */
  readonly onCancel?: (() => void) | undefined;
}

/** Nothing was written yet, and an agent never goes another way unasked: what shall be done? */
export function CannotGoBack({ conversation, agent, sentence, again, onCancel }: CannotGoBackProps) {
  const { settings } = useActions();
  const [always, setAlways] = useState(false);
  const box = useId();
  const anew = () => {
    closeDialog();
    if (always) settings({ conversation, anew: true }).catch(toastFailure);
    again({ anew: true });
  };
  const other = () =>
    openDialog({ kind: 'choose-model', title: strings.anotherAgent, run: (model) => again({ model }) });
  const cancel = () => {
    closeDialog();
    onCancel?.();
  };
  return (
    <Dialog title={strings.cannotGoBack(agent)} onClose={cancel}>
      <div className="space-y-3 p-4 text-sm">
        <p>{sentence}</p>
        <p className="text-muted">{strings.newSession}</p>
        <label htmlFor={box} className="flex min-h-8 items-center gap-2">
          <input
            id={box}
            type="checkbox"
            checked={always}
            onChange={({ target }) => setAlways(target.checked)}
            className="size-4 accent-leaf"
          />
          {strings.always}
        </label>
        <p className="flex flex-wrap justify-end gap-2">
          <Button look="ghost" onClick={cancel}>
            {strings.cancel}
          </Button>
          <Button onClick={other}>{strings.anotherAgent}</Button>
          <Button look="primary" data-autofocus onClick={anew}>
            {strings.startAnew}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
