import { useEffect, useState } from 'react';
import { endOfDay } from './group-by-day.ts';

/** A time within today; changes at midnight and when a tab that slept over it comes back. */
export function useToday(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const renew = () => Date.now() >= endOfDay(now) && setNow(Date.now());
    const timer = setTimeout(renew, endOfDay(now) - Date.now() + 50);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [now]);
  return now;
}
