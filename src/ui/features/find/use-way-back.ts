import { useEffect, useEffectEvent, useRef } from 'react';
import { showFind, useDialogs } from '../../stores/dialogs.ts';
import { currentRoute, subscribe } from '../../stores/route.ts';
import { entryOf } from '../../stores/whereabouts/index.ts';

interface WayBackFromFind {
  readonly conversation: string;
  /** Find opened at a hit: its entry of the history is one of find's. */
  readonly isAtHit: boolean;
  /** Back or Forward led to the entry of a hit, where this message is read. */
  readonly onHit: (message: string) => void;
  /** Back led to where the reader was before find, and this message is read there. */
  readonly onBefore: (message: string | undefined) => void;
}

/**
 * Back leads from hit to hit, and before the first of them out of find: it closes, as when the conversation is left. Returns `during`: what
 * jumps in it goes to a hit.
 */
export function useWayBack({ conversation, isAtHit, onHit, onBefore }: WayBackFromFind) {
  // Where each entry that a jump of find made came from: that of an entry never changes, the place it stands at does.
  const jumps = useRef<ReadonlySet<string>>(new Set());
  const from = () => JSON.stringify(entryOf(conversation).from);
  const onPop = useEffectEvent(() => {
    if (!isOn(conversation)) return;
    const at = entryOf(conversation).spot?.at;
    if (!jumps.current.has(from())) onBefore(at);
    else if (at !== undefined) onHit(at);
  });
  const onRoute = useEffectEvent(() => {
    const { findAt } = useDialogs.getState();
    // A hit elsewhere has find open there.
    const isForThis = !findAt || findAt.conversation === conversation;
    if (!isOn(conversation) && isForThis) showFind(false);
  });
  const addHere = useEffectEvent(() => {
    jumps.current = new Set([...jumps.current, from()]);
  });
  useEffect(() => {
    if (isAtHit) addHere();
    const pop = () => onPop();
    window.addEventListener('popstate', pop);
    const stop = subscribe(() => onRoute());
    return () => {
      window.removeEventListener('popstate', pop);
      stop();
    };
  }, [isAtHit]);
  const during = (jump: () => void) => {
    const before = history.state;
    jump();
    if (JSON.stringify(history.state) !== JSON.stringify(before))
      jumps.current = new Set([...jumps.current, from()]);
  };
  return { during };
}

function isOn(conversation: string): boolean {
  const route = currentRoute();
  return route.kind === 'conversation' && route.id === conversation;
}
