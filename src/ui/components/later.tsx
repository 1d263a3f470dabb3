import { type ComponentType, type ReactNode, useState, useSyncExternalStore } from 'react';
import { lazy, useLazy } from './lazy.ts';

/** A component whose code comes later, and the way to ask for it before it is drawn; `load` never rejects. */
export type Later<P extends object> = ComponentType<P> & { readonly load: () => Promise<void> };

/**
 * Draws `waiting` (default: nothing) until the code is there, then the component, at once and for good. What cannot be loaded is thrown to the
 * next error boundary, whose "Try again" loads anew. Not React's `lazy`: Suspense keeps back whatever comes within 300 ms of any
 * fallback, and a page that is opened cold is made of several such parts (decision 0097).
 */
export function later<P extends object>(
  importer: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
): Later<P> {
  const part = lazy(importer);
  function LoadedLater(props: P) {
    const Loaded = useLazy(part);
    const [before] = useState(part.failure);
    const failure = useSyncExternalStore(part.subscribe, part.failure, part.failure);
    if (Loaded) return <Loaded {...props} />;
    if (failure && failure !== before) throw failure.error;
    return waiting;
  }
  return Object.assign(LoadedLater, { load: part.load });
}
