/** What can be taken back: each with its toast, the latest also with Ctrl/Cmd+Z outside text fields. */
import { dismissToast, toast } from './toasts.ts';

interface Undoable {
  readonly toast: number;
  readonly undo: () => void;
}

const MOST = 20;
let stack: readonly Undoable[] = [];

/** Says what was done (`about`: to what), offers "Undo", and remembers it for `undoLast`. */
export function offerUndo(text: string, undo: () => void, about?: string): void {
  const action = { name: 'Undo', run: () => run(entry) };
  const entry: Undoable = { undo, toast: toast(text, { action, ...(about !== undefined && { about }) }) };
  stack = [...stack, entry].slice(-MOST);
}

export const canUndo = (): boolean => stack.length > 0;

/** Takes back the latest that was not taken back yet. False when there is nothing. */
export function undoLast(): boolean {
  const entry = stack.at(-1);
  if (!entry) return false;
  run(entry);
  return true;
}

function run(entry: Undoable): void {
  if (!stack.includes(entry)) return;
  stack = stack.filter((other) => other !== entry);
  dismissToast(entry.toast);
  entry.undo();
}
