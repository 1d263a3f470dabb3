/**
 * What an action is: one definition each, that buttons, menus, cards, the palette, the sheet of keys and the keys themselves read (decision
 * 0110). To add one is a definition and its line in the list of its kind.
 */
import type { LucideIcon } from 'lucide-react';
import { create } from 'zustand';
import { toastFailure } from '../stores/toasts.ts';
import type { Key } from './keys.ts';

/**
 * True: it can be done. False: it is nothing for what this is, whatever is done meanwhile (its role, how it ended, an aside or none, nothing
 * there to look at), and is not shown. A sentence: it is shown, cannot be done now, and this is why: what is in the way may go (it is being
 * written, who would answer, nothing follows yet), or is a fault people should know of.
 */
export type Possible = boolean | string;

/** @typeParam On what it is done with. @typeParam Where the places that show actions of this kind. */
export interface Action<On, Where extends string, Group extends string> {
  readonly id: string;
  /** As buttons and menus call it. */
  readonly name: string;
  /** As a button with little room around it calls it. Default: `name`, or as it is called. */
  readonly short?: string;
  /** Where it is called otherwise, by what it is done with. Default: `name`. */
  readonly called?: (on: On) => string;
  readonly icon: LucideIcon;
  /** Keys that do it where `on` has the focus, the one that is shown first. Default: none. */
  readonly keys?: readonly Key[];
  /** A gesture that does it, as it is written beside it in menus. Default: the first of `keys`. */
  readonly hint?: string;
  /** What it belongs with, in the sheet of keys and in menus. */
  readonly group: Group;
  /** The places that show it, each in the order of the list. */
  readonly where: readonly Where[];
  /** It changes something: not for those who are signed in for reading only. Default: false. */
  readonly writes?: true;
  /** It takes something away. Default: false. */
  readonly danger?: true;
  /** Most times it can be done at once; menus then offer "×2" and so on. Default: 1. */
  readonly times?: number;
  /** What its button says for a moment once it is done. Default: nothing. */
  readonly done?: string;
  /** It is so already, and doing it takes that back: its picture is filled. Default: it never is. */
  readonly isOn?: (on: On) => boolean;
  /** Default: it can always be done. */
  readonly when?: (on: On) => Possible;
  /** What will come of it, for whoever hesitates over the button. Default: its name. */
  readonly says?: (on: On) => string;
  /** The same in a few words, for menus: "new version", "hides 14 messages, can be undone". Default: none. */
  readonly effect?: (on: On) => string;
  /** Does it. What is thrown or rejected is said to the person; while a promise is pending it is not done again. */
  readonly run: (on: On, times?: number) => unknown;
}

interface ReadBy {
  readonly readOnly: boolean;
}

export function possibleFor<On extends ReadBy>(
  { writes, when }: Pick<Action<On, string, string>, 'writes' | 'when'>,
  on: On,
): Possible {
  if (writes && on.readOnly) return false;
  return when?.(on) ?? true;
}

export function nameFor<On>({ name, called }: Action<On, string, string>, on: On): string {
  return called?.(on) ?? name;
}

const useRunning = create<{ readonly running: ReadonlySet<string> }>()(() => ({ running: new Set() }));

/** True while it is being done to what has this key. */
export function useIsRunning(action: { readonly id: string }, key: string): boolean {
  return useRunning(({ running }) => running.has(`${action.id} ${key}`));
}

/**
 * Does an action, if it can be done: a reason against it is said instead. `key` names what it is done with: to the same it is not done
 * twice at a time. Resolves to whether it was done.
 */
export async function perform<On extends ReadBy>(
  action: Omit<Action<On, string, string>, 'icon'>,
  on: On,
  key: string,
  times?: number,
): Promise<boolean> {
  const possible = possibleFor(action, on);
  if (typeof possible === 'string') toastFailure(new Error(possible));
  const id = `${action.id} ${key}`;
  if (possible !== true || useRunning.getState().running.has(id)) return false;
  try {
    const work = action.run(on, times);
    if (!(work instanceof Promise)) return true;
    mark(id, true);
    await work;
    return true;
  } catch (error) {
    toastFailure(error);
    return false;
  } finally {
    mark(id, false);
  }
}

function mark(id: string, isRunning: boolean): void {
  const { running } = useRunning.getState();
  if (running.has(id) === isRunning) return;
  const others = [...running].filter((other) => other !== id);
  useRunning.setState({ running: new Set(isRunning ? [...others, id] : others) });
}
