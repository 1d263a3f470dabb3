/** Whether the person asked for less motion; read when something is about to move. */
export const reducedMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
