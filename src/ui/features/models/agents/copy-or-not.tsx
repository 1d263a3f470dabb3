import { useActions } from '../../../../client/hooks/index.ts';
import type { SendChange } from '../../../../client/types.ts';
import { eachItsOwnCopy } from '../../../actions/strings/agents.ts';
import { Button, Dialog } from '../../../components/index.ts';
import { closeDialog } from '../../../stores/dialogs.ts';
import { toastFailure } from '../../../stores/toasts.ts';
import * as strings from './strings-copies.ts';

interface CopyOrNotProps {
  readonly conversation: string;
  readonly sentence: string;
  readonly again: (change: SendChange) => void;
  /** What was to be said is taken back. Default: there is nothing to take back. */
  readonly onCancel?: (() => void) | undefined;
}

/** Nothing was written yet: asked at the first fork in a folder that can be copied, and remembered for the chat. */
export function CopyOrNot({ conversation, sentence, again, onCancel }: CopyOrNotProps) {
  const { settings } = useActions();
  const choose = (copies: boolean) => {
    closeDialog();
    settings({ conversation, copies }).catch(toastFailure);
    again({ copies });
  };
  const cancel = () => {
    closeDialog();
    onCancel?.();
  };
  return (
    <Dialog title={strings.eachItsOwn} onClose={cancel}>
      <div className="space-y-3 p-4 text-sm">
        <p className="wrap-anywhere">{sentence}</p>
        <p className="text-muted">{strings.aboutCopies}</p>
        <p className="flex flex-wrap justify-end gap-2">
          <Button look="ghost" onClick={cancel}>
            {strings.cancel}
          </Button>
          <Button onClick={() => choose(false)}>{strings.oneFolder}</Button>
          <Button look="primary" data-autofocus onClick={() => choose(true)}>
            {eachItsOwnCopy}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
