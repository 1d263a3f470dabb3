/** Which files of messages are stored here; the others are on another computer, or gone (decision 0136). */
import { useEffect } from 'react';
import { create } from 'zustand';
import { filePath } from '../../../protocol/index.ts';

/** By hash; what is not in it is not known. */
const useStore = create<Readonly<Record<string, boolean>>>()(() => ({}));
/** Asked about, and answered or waiting for it. */
const asked = new Set<string>();
let last: Promise<void> = Promise.resolve();

/** Whether the file is stored here; undefined while that is not known. @param ask false: nobody needs to know yet. */
export function useFileHere(hash: string, ask: boolean): boolean | undefined {
  useEffect(() => {
    if (ask) askFor(hash);
  }, [hash, ask]);
  return useStore((known) => known[hash]);
}

/** It was just stored. */
export function fileIsHere(hash: string): void {
  asked.add(hash);
  useStore.setState({ [hash]: true });
}

/** For tests: nothing is known of any file. */
export function forgetFilesHere(): void {
  asked.clear();
  useStore.setState({}, true);
}

/** Once a file, one after another: a page with many files is no storm, and takes no connection from what streams. */
function askFor(hash: string): void {
  if (asked.has(hash)) return;
  asked.add(hash);
  last = last.then(async () => {
    const status = await fetch(filePath(hash), { method: 'HEAD' }).then(
      (answer) => answer.status,
      () => 0,
    );
    // It may have been uploaded meanwhile.
    if (useStore.getState()[hash] !== undefined) return;
    if (status === 200 || status === 404) useStore.setState({ [hash]: status === 200 });
    else asked.delete(hash);
  });
}
