/**
 * Has the browser ask before the page is left while something is in it alone: written, and neither sent nor kept for want of room. Loaded
 * later: until then nothing can have been written that is worth the question.
 */
import type { Bough } from '../../client/bough.ts';
import { useUnkept } from '../stores/writing/written.ts';

export function guardLeaving({ outbox }: Pick<Bough, 'outbox'>): () => void {
  const look = () => {
    const isAlone = useUnkept.getState().size > 0 || outbox.pending.get().some(({ unkept }) => unkept);
    window.removeEventListener('beforeunload', ask);
    // Only then: a page that has such a listener is not kept for the way back.
    if (isAlone) window.addEventListener('beforeunload', ask);
  };
  const stops = [useUnkept.subscribe(look), outbox.pending.subscribe(look)];
  look();
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('beforeunload', ask);
  };
}

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
