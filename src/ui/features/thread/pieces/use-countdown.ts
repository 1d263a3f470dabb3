import { useEffect, useState } from 'react';

/** Whole seconds until a time (ms since the epoch); 0 once it has passed or where there is none. */
export function useCountdown(until: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  const left = until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
  useEffect(() => {
    if (until === undefined || left === 0) return;
    const timer = setTimeout(() => setNow(Date.now()), (until - Date.now()) % 1_000 || 1_000);
    return () => clearTimeout(timer);
  }, [until, left]);
  return left;
}
