/** Whether a screen reader is given the words of a finished reply. A setting of the browser; off at first. */
import { create } from 'zustand';
import { load, save } from './browser-storage.ts';

const KEY = 'read-replies';

export const useReadsReplies = create<{ readonly on: boolean }>()(() => ({ on: load(KEY) === true }));

export function setReadsReplies(on: boolean): void {
  save(KEY, on || undefined);
  useReadsReplies.setState({ on });
}
