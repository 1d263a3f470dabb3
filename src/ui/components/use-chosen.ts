import { useState } from 'react';
import { toastFailure } from '../stores/toasts.ts';

/**
 * A value that is kept elsewhere, as a control shows it, and how it is chosen: what is chosen stands there at once, until it is kept or could
 * not be, which is said. A checkbox whose value comes a moment later goes back in between, and a press on it then means the opposite.
 * @param keep rejects with an Error for people; `kept` has the value once it resolves
 */
export function useChosen<T>(kept: T, keep: (value: T) => Promise<unknown>): [T, (value: T) => void] {
  const [waiting, setWaiting] = useState<{ readonly value: T }>();
  const choose = (value: T): void => {
    const mine = { value };
    setWaiting(mine);
    void keep(value)
      .catch(toastFailure)
      .finally(() => setWaiting((now) => (now === mine ? undefined : now)));
  };
  return [waiting ? waiting.value : kept, choose];
}
