/** Short notices at the foot of the page, one at a time. They repeat or complement what happened; nothing is only in a toast. */
import { create } from 'zustand';
import { announce } from './announce.ts';
import * as strings from './strings.ts';

export interface ToastAction {
  readonly name: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: ToastAction;
  /** What else can be done about it. */
  readonly also?: ToastAction | undefined;
  /** How long it stays when nobody points at it, in ms. */
  readonly stays: number;
}

/** Long enough to read, find the button and press it: at least 10 s where something can be undone. */
const STAYS = { notice: 6_000, undo: 15_000 } as const;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

let made = 0;

/** Shows a notice and has it read out; the one before goes. Returns its id, for `dismissToast`. */
export function toast(text: string, options: Partial<Pick<Toast, 'action' | 'also' | 'stays'>> = {}): number {
  const { action, also, stays = action ? STAYS.undo : STAYS.notice } = options;
  announce(text);
  return show({ text, stays, also, ...(action && { action }) });
}

/** Says that something could not be done, in the words of its error. For promises: `.catch(toastFailure)`. */
export function toastFailure(error: unknown): void {
  const text = error instanceof Error ? error.message : strings.failed;
  announce(text, 'alert');
  show({ text, stays: STAYS.undo });
}

function show(toast: Omit<Toast, 'id'>): number {
  made += 1;
  const next = { ...toast, id: made };
  useToasts.setState({ toasts: [next] });
  return made;
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
