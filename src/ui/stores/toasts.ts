/** Short notices in a corner of the page. They repeat or complement what happened; nothing is only in a toast. */
import { create } from 'zustand';
import { announce } from './announce.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly name: string; readonly run: () => void };
  /** Id of what it is about: a later notice about the same takes its place. */
  readonly about?: string;
  /** How long it stays when nobody points at it, in ms. */
  readonly stays: number;
}

/** Long enough to read, find the button and press it: at least 10 s where something can be undone. */
export const STAYS = { notice: 6_000, undo: 15_000 } as const;
const MOST = 3;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

let made = 0;

/** Shows a notice and has it read out; the oldest goes when there are more than three. Returns its id, for `dismissToast`. */
export function toast(
  text: string,
  options: Partial<Pick<Toast, 'action' | 'stays' | 'about'>> = {},
): number {
  const { action, about, stays = action ? STAYS.undo : STAYS.notice } = options;
  announce(text);
  return show({ text, stays, ...(action && { action }), ...(about !== undefined && { about }) });
}

/** Says that something could not be done, in the words of its error. For promises: `.catch(toastFailure)`. */
export function toastFailure(error: unknown): void {
  const text = error instanceof Error ? error.message : 'That did not work. Try again.';
  announce(text, 'alert');
  show({ text, stays: STAYS.undo });
}

function show(toast: Omit<Toast, 'id'>): number {
  made += 1;
  const next = { ...toast, id: made };
  const outdated = ({ about }: Toast) => about !== undefined && about === next.about;
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => !outdated(other)), next].slice(-MOST),
  }));
  return made;
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
