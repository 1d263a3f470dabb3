/** Short notices above the message box, or at the foot of the page, one at a time. They repeat or complement what happened; nothing is only in a toast. */
import { create } from 'zustand';
import { announce } from './announce.ts';
import { currentRoute, type Route } from './route.ts';
import * as strings from './strings.ts';

export interface ToastAction {
  readonly name: string;
  readonly run: () => void;
}

/** A chat as a notice names it. */
export interface NamedChat {
  readonly id: string;
  /** Short; empty: it has none. */
  readonly title: string;
}

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: ToastAction;
  /** What else can be done about it. */
  readonly also?: ToastAction | undefined;
  /** Where it was done, which is said on the pages of others. Absent: it says so itself, or it is of none. */
  readonly chat?: NamedChat | undefined;
  /** How long it stays when nobody points at it, in ms. */
  readonly stays: number;
}

/** Long enough to read, find the button and press it: at least 10 s where something can be undone. */
const STAYS = { notice: 6_000, undo: 15_000 } as const;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

let made = 0;

type ToastOptions = Partial<Pick<Toast, 'action' | 'also' | 'chat' | 'stays'>>;

/** Shows a notice and has it read out; the one before goes. Returns its id, for `dismissToast`. */
export function toast(text: string, options: ToastOptions = {}): number {
  const { action, also, chat, stays = action ? STAYS.undo : STAYS.notice } = options;
  announce(wordsOn(currentRoute(), { text, chat }));
  return show({ text, stays, also, chat, ...(action && { action }) });
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

/** What a notice says on a page: on that of another chat also in which one it was. */
export function wordsOn(route: Route, { text, chat }: Pick<Toast, 'text' | 'chat'>): string {
  const isThere = !chat || (route.kind === 'conversation' && route.id === chat.id);
  return isThere ? text : strings.inChat(chat.title, text);
}

const useRow = create<{ readonly row: HTMLElement | null }>()(() => ({ row: null }));

/** Where the page keeps a row free for notices; null: nowhere. */
export const useNoticeRow = (): HTMLElement | null => useRow(({ row }) => row);

/** A `ref`: notices stand in this element for as long as it is there, and cover nothing. */
export function noticeRow(row: HTMLElement | null): () => void {
  useRow.setState({ row });
  return () => useRow.setState((state) => (state.row === row ? { row: null } : state));
}
