import { useEffect, useState } from 'react';

/** True once `condition` has held for `ms`; false again as soon as it does not. */
export function useLasting(condition: boolean, ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (!condition) return;
    const timer = setTimeout(() => setPassed(true), ms);
    return () => {
      clearTimeout(timer);
      setPassed(false);
    };
  }, [condition, ms]);
  return condition && passed;
}
