/** Where the reader of the conversation on the page is: the machine of `machine.ts`, with the browser's history (`entry.ts` reads it, `history.ts` writes it). */
import { create } from 'zustand';
import { entryOf, isOn } from './entry.ts';
import { apply } from './history.ts';
import { away, opened, step, type Whereabouts, type WhereaboutsEvent } from './machine.ts';

export { entryOf } from './entry.ts';
export { isBrought, selectedOn } from './machine.ts';

const useStore = create<Whereabouts>()(() => away);

/** Says what happened; what follows from it is done at once. */
export function tell(event: WhereaboutsEvent): void {
  const before = useStore.getState();
  const { state, effects } = step(before, event);
  for (const effect of effects) if (state.conversation !== null) apply(state.conversation, effect);
  if (state !== before) useStore.setState(state, true);
}

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    const { conversation } = useStore.getState();
    if (conversation !== null && isOn(conversation)) tell({ kind: 'visited', entry: entryOf(conversation) });
  });
}

/** What `of` says of where the reader of a conversation is; before its page has opened, of where it will open. */
export function useWhereabouts<T>(conversation: string, of: (state: Whereabouts) => T): T {
  return useStore((state) => of(state.conversation === conversation ? state : openingOf(conversation)));
}

let opening: Whereabouts = away;

/** The same object as long as the entry is the same. */
function openingOf(conversation: string): Whereabouts {
  const next = opened(conversation, entryOf(conversation));
  if (JSON.stringify(next) !== JSON.stringify(opening)) opening = next;
  return opening;
}

/** The message the browser's Back leads to within this conversation; undefined where it leads out of it. */
export function usePlaceBefore(conversation: string): string | undefined {
  return useWhereabouts(conversation, ({ entry }) => entry.from?.at);
}
