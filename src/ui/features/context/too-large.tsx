import type { SendChange } from '../../../client/types.ts';
import { Button, Dialog } from '../../components/index.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import * as strings from './strings.ts';

interface TooLargeProps {
  readonly sentence: string;
  /** Without the oldest messages it can be asked. */
  readonly some: boolean;
  readonly again: (change: SendChange) => void;
}

/** Nothing was asked yet: what shall be done? */
export function TooLarge({ sentence, some, again }: TooLargeProps) {
  const leaveOut = () => {
    closeDialog();
    again({ overflow: 'drop-oldest' });
  };
  const summarise = () => {
    closeDialog();
    again({ overflow: 'summarise' });
  };
  const other = () =>
    openDialog({ kind: 'choose-model', title: strings.anotherModel, run: (model) => again({ model }) });
  return (
    <Dialog title={strings.tooLarge} onClose={closeDialog}>
      <div className="p-4">
        <p className="text-sm">{sentence}</p>
        <p className="mt-4 flex flex-wrap justify-end gap-2">
          <Button look="ghost" onClick={closeDialog}>
            {strings.cancel}
          </Button>
          <Button onClick={other}>{strings.anotherModel}</Button>
          {some && (
            <Button tip={strings.summariseMeans} onClick={summarise}>
              {strings.summarise}
            </Button>
          )}
          {some && (
            <Button look="primary" data-autofocus onClick={leaveOut}>
              {strings.leaveOutOldest}
            </Button>
          )}
        </p>
      </div>
    </Dialog>
  );
}
