import type { SendChange } from '../../../client/types.ts';
import { Button, Dialog } from '../../components/index.ts';
import { closeTool, openTool } from '../../stores/tools.ts';

interface TooLargeProps {
  readonly sentence: string;
  /** Without the oldest messages it can be asked. */
  readonly some: boolean;
  readonly again: (change: SendChange) => void;
}

/** Nothing was asked yet: what shall be done? */
export function TooLarge({ sentence, some, again }: TooLargeProps) {
  const leaveOut = () => {
    closeTool();
    again({ overflow: 'drop-oldest' });
  };
  const other = () =>
    openTool({ kind: 'choose-model', title: 'Another model', run: (model) => again({ model }) });
  return (
    <Dialog title="Too large for the model" onClose={closeTool}>
      <div className="p-4">
        <p className="text-sm">{sentence}</p>
        <p className="mt-4 flex flex-wrap justify-end gap-2">
          <Button look="ghost" onClick={closeTool}>
            Cancel
          </Button>
          <Button onClick={other}>Another model</Button>
          {some && (
            <Button look="primary" data-autofocus onClick={leaveOut}>
              Leave out the oldest
            </Button>
          )}
        </p>
      </div>
    </Dialog>
  );
}
