/** Opens a branch's folder, or a file in it, on the computer of Bough; asks for the command first where there is none. */
import { problemCodeOf } from '../../../client/folders.ts';
import { useFolderCommands } from '../../../client/hooks/use-folders.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

interface WhatToOpen {
  readonly conversation: string;
  readonly message: string;
  /** From the top of the repository. Default: the folder. */
  readonly path?: string;
}

export function useOpening(what: WhatToOpen): (program: 'editor' | 'terminal') => Promise<void> {
  const ask = useFolderCommands();
  const open = async (program: 'editor' | 'terminal'): Promise<void> => {
    try {
      await ask('open', { ...what, with: program });
      toast(strings.opened[program]);
    } catch (error) {
      if (problemCodeOf(error) === 'no-opener')
        openDialog({ kind: 'openers', again: () => void open(program) });
      else toastFailure(error);
    }
  };
  return open;
}
