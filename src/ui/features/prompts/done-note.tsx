import { useEffect } from 'react';
import { Button } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { toastFailure } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

/** What was done, and how it is undone: said in the dialog, as nothing behind one can be pressed. */
export interface Done {
  readonly text: string;
  readonly undo: () => Promise<unknown>;
}

export function DoneNote({ done, onUndone }: { readonly done: Done; readonly onUndone: () => void }) {
  useEffect(() => announce(done.text), [done.text]);
  return (
    <p className="sticky bottom-0 flex items-center gap-2 rounded-xl border border-line bg-surface px-3 py-1.5 text-sm shadow-raised">
      <span className="min-w-0 flex-1 truncate">{done.text}</span>
      <Button look="text" onClick={() => void done.undo().then(onUndone, toastFailure)}>
        {strings.undo}
      </Button>
    </p>
  );
}
