import { type ClipboardEvent, useCallback } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { isNamesOf } from './pasted.ts';

export interface Attach {
  readonly take: (files: readonly File[]) => void;
  /** For a text box: pasted files are attached. What also came as text is pasted as text, if that says more than what they are called. */
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** Attaches files to a draft. What uploads them is loaded with the first one. */
export function useAttach(draft: string): Attach {
  const { upload } = useActions();
  const take = useCallback(
    (files: readonly File[]) => {
      if (files.length === 0) return;
      import('./uploads.ts').then(({ attach }) => attach(draft, files, upload)).catch(toastFailure);
    },
    [draft, upload],
  );
  const onPaste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    if (files.length === 0) return;
    const text = types.includes('text/plain') ? event.clipboardData.getData('text/plain') : null;
    if (
      text !== null &&
      !isNamesOf(
        text,
        [...files].map(({ name }) => name),
      )
    )
      return;
    event.preventDefault();
    take([...files]);
  };
  return { take, onPaste };
}
