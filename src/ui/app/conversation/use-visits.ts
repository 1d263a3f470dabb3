import { useEffect, useState } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { currentPlace, leavePlace } from '../../stores/place.ts';
import { requestMessage } from '../../stores/reading.ts';

interface Visit {
  /** The address names a message that is not in this conversation. */
  readonly lost: boolean;
  /** Stays where the reader is. */
  readonly forget: () => void;
}

/** Goes where the address leads: on opening, and with Back and Forward. What is not there yet is gone to when it is. */
export function useVisits(view: ConversationView, switchTo: (message: string) => void): Visit {
  const { id, path } = view;
  const [wanted, setWanted] = useState(() => currentPlace(id));
  useEffect(() => {
    const visit = () => {
      const place = currentPlace(id);
      setWanted(place);
      if (place) switchTo(place.through);
    };
    window.addEventListener('popstate', visit);
    return () => window.removeEventListener('popstate', visit);
  }, [id, switchTo]);

  const there = wanted !== undefined && path.some(({ key }) => key === wanted.through);
  useEffect(() => {
    if (!there || !wanted) return;
    requestMessage(id, wanted.at);
    setWanted(undefined);
  }, [id, there, wanted]);
  return {
    lost: wanted !== undefined && view.status === 'ready' && !isKnown(view, wanted.through),
    forget: () => {
      setWanted(undefined);
      leavePlace(id);
    },
  };
}

function isKnown({ tree: { whole, messages, generations } }: ConversationView, message: string): boolean {
  return (whole?.messages ?? messages).has(message) || (whole?.generations ?? generations).has(message);
}
