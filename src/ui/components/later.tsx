import { type ComponentType, type ReactNode, useState, useSyncExternalStore } from 'react';
import { Dialog } from './layers/dialog.tsx';
import { DialogSoon } from './layers/dialog-soon.tsx';
import { lazy, useLazy } from './lazy.ts';
import { PartFailed } from './part-failed.tsx';
import * as strings from './strings.ts';

/** A component whose code comes later, and the way to ask for it before it is drawn; `load` never rejects. */
export type Later<P extends object> = ComponentType<P> & { readonly load: () => Promise<void> };

/**
 * Draws `waiting` (default: nothing) until the code is there, then the component, at once and for good. What cannot be loaded says so in its
 * place, with "Try again"; `around`: what stands around that (default: nothing), so that it can be closed. Not React's `lazy`: Suspense keeps back whatever comes within 300 ms of any
 * fallback, and a page that is opened cold is made of several such parts (decision 0097).
 */
export function later<P extends object>(
  importer: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
  around: (failed: ReactNode) => ReactNode = (failed) => failed,
): Later<P> {
  const part = lazy(importer);
  function LoadedLater(props: P) {
    const Loaded = useLazy(part);
    const [before] = useState(part.failure);
    const failure = useSyncExternalStore(part.subscribe, part.failure, part.failure);
    if (Loaded) return <Loaded {...props} />;
    if (failure && failure !== before)
      return around(<PartFailed away={failure.away} onRetry={() => void part.load()} />);
    return waiting;
  }
  return Object.assign(LoadedLater, { load: part.load });
}

/** A dialog, or what opens dialogs, whose code comes later: what is typed meanwhile goes into it, and what cannot be loaded can be closed. */
export function dialogLater<P extends object>(
  importer: () => Promise<ComponentType<P>>,
  onClose: () => void,
): Later<P> {
  return later<P>(importer, <DialogSoon onClose={onClose} />, couldNotOpen(onClose));
}

/** A dialog in the place of one that could not be opened, around what says why. */
export const couldNotOpen = (onClose: () => void) => (why: ReactNode) => (
  <Dialog title={strings.couldNotOpen} onClose={onClose}>
    {why}
  </Dialog>
);
