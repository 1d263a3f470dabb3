/** Conversations of the list that are chosen, to do something with all of them; and how far that is. */
import { create } from 'zustand';

interface ChosenChats {
  /** Rows have a checkbox, and a press chooses. */
  readonly choosing: boolean;
  readonly ids: ReadonlySet<string>;
  /** Where a range begins: the one chosen or let go of last. */
  readonly anchor?: string | undefined;
  /** What is being done with them. */
  readonly work?: { readonly done: number; readonly of: number; readonly stop: () => void } | undefined;
}

export const useChosenChats = create<ChosenChats>()(() => ({ choosing: false, ids: new Set() }));

export function beginChoosing(): void {
  useChosenChats.setState({ choosing: true });
}

export function endChoosing(): void {
  useChosenChats.setState({ choosing: false, ids: new Set(), anchor: undefined });
}

export function toggleChosen(id: string): void {
  const ids = new Set(useChosenChats.getState().ids);
  if (!ids.delete(id)) ids.add(id);
  useChosenChats.setState({ choosing: true, ids, anchor: id });
}

/** Chooses all from the anchor (default: `from`) to `to`, as they stand in `order`, beside those that are chosen. */
export function chooseTo(order: readonly string[], to: string, from: string | undefined): void {
  const { ids, anchor } = useChosenChats.getState();
  const known = [anchor, from, to].find((id) => id !== undefined && order.includes(id)) ?? to;
  const [first, last] = [order.indexOf(known), order.indexOf(to)].sort((a, b) => a - b);
  const range = order.slice(first, (last ?? 0) + 1);
  useChosenChats.setState({ choosing: true, ids: new Set([...ids, ...range]), anchor: known });
}

export function chooseAll(order: readonly string[]): void {
  useChosenChats.setState({ choosing: true, ids: new Set(order) });
}

/** What left the list is chosen no more. */
export function keepChosen(there: ReadonlySet<string>): void {
  const { ids } = useChosenChats.getState();
  const left = [...ids].filter((id) => there.has(id));
  if (left.length < ids.size) useChosenChats.setState({ ids: new Set(left) });
}

/** Shows how far `work` is and offers to stop it. Passes on what it throws. */
export async function workOnChosen(
  work: (options: {
    readonly onProgress: (done: number, of: number) => void;
    readonly signal: AbortSignal;
  }) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const onProgress = (done: number, of: number) =>
    useChosenChats.setState({ work: { done, of, stop: () => stop.abort() } });
  try {
    await work({ onProgress, signal: stop.signal });
  } finally {
    useChosenChats.setState({ work: undefined });
  }
}
