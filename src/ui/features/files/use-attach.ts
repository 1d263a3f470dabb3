import { type ClipboardEvent, useCallback } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import { toastFailure } from '../../stores/toasts.ts';
import type { FolderSource } from './folder/folder-files.ts';
import { isNamesOf } from './pasted.ts';

export interface Attach {
  /** Asks which of its files go. */
  readonly takeFolder: (folder: FolderSource) => void;
  readonly take: (files: readonly File[]) => void;
  /** For a text box: pasted files are attached. What also came as text is pasted as text, if that says more than what they are called. */
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** Longer text that is pasted can become a file instead. In UTF-16 code units. */
export const LONG_PASTE = 4_000;

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
  const takeFolder = (folder: FolderSource) => {
    import('./folder/offer-folder.ts').then((it) => it.offerFolder(draft, folder, take)).catch(toastFailure);
  };
  const offerFile = (text: string) => {
    if (text.length <= LONG_PASTE) return;
    // Where it cannot be loaded the text is in the box all the same.
    import('./pasted-text.ts').then(({ offer }) => offer(draft, text, upload)).catch(() => {});
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    if (files.length === 0) return offerFile(event.clipboardData.getData('text/plain'));
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
  return { take, takeFolder, onPaste };
}
