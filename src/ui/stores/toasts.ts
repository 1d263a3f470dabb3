/** Short notices in a corner of the page. They repeat or complement what happened; nothing is only in a toast. */
import { create } from 'zustand';
import { announce } from './announce.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly name: string; readonly run: () => void };
  /** How long it stays when nobody points at it, in ms. */
  readonly stays: number;
}

/** Long enough to read, find the button and press it: at least 10 s where something can be undone. */
export const STAYS = { notice: 6_000, undo: 15_000 } as const;
const MOST = 3;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

let made = 0;

/** Shows a notice and has it read out; the oldest goes when there are more than three. Returns its id, for `dismissToast`. */
export function toast(text: string, options: Partial<Pick<Toast, 'action' | 'stays'>> = {}): number {
  made += 1;
  const { action, stays = action ? STAYS.undo : STAYS.notice } = options;
  const next: Toast = { id: made, text, stays, ...(action && { action }) };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, next].slice(-MOST) }));
  announce(text);
  return next.id;
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
