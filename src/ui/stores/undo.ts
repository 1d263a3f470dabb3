/** What can be taken back: the latest with Ctrl/Cmd+Z outside text fields, what is worth a notice also from its toast. */
import { announce } from './announce.ts';
import * as strings from './strings.ts';
import { dismissToast, toast } from './toasts.ts';

interface Undoable {
  /** Its notice; undefined where what was done is seen at once. */
  readonly toast: number | undefined;
  readonly undo: () => void;
}

const MOST = 20;
let stack: readonly Undoable[] = [];

/** Says what was done, offers "Undo", and remembers it for `undoLast`. */
export function offerUndo(text: string, undo: () => void): void {
  const action = { name: strings.undo, run: () => run(entry) };
  const entry: Undoable = { undo, toast: toast(text, { action }) };
  push(entry);
}

/** The same without a notice, for what is seen where it was done: it is only read out. */
export function keepUndo(text: string, undo: () => void): void {
  announce(text);
  push({ undo, toast: undefined });
}

function push(entry: Undoable): void {
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
  if (entry.toast !== undefined) dismissToast(entry.toast);
  entry.undo();
}
