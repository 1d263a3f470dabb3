/** What the client needs to know of the browser around it. */
export interface Environment {
  readonly isHidden: () => boolean;
  /** Calls back when the tab is hidden or shown. Returns the way to stop. */
  readonly onVisibility: (listener: (hidden: boolean) => void) => () => void;
  /** Calls back when the page is left: nothing that it begins later is certain to run. Default: nobody is told. Returns the way to stop. */
  readonly onLeft?: (listener: () => void) => () => void;
  /** Calls back when the browser says that it is on- or offline. Returns the way to stop. */
  readonly onNetwork: (listener: (online: boolean) => void) => () => void;
  /** Calls back with the key another tab has changed in the storage. Default: nobody is told. Returns the way to stop. */
  readonly onStored?: (listener: (key: string) => void) => () => void;
}

/** The tab's own document and window. */
export function browserEnvironment(): Environment {
  return {
    isHidden: () => document.visibilityState === 'hidden',
    onVisibility: (listener) =>
      on(document, 'visibilitychange', () => listener(document.visibilityState === 'hidden')),
    onLeft: (listener) => on(window, 'pagehide', listener),
    onStored(listener) {
      const heard = ({ key }: StorageEvent) => key !== null && listener(key);
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
    onNetwork: (listener) => {
      const stops = [
        on(window, 'online', () => listener(true)),
        on(window, 'offline', () => listener(false)),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function on(target: EventTarget, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}

/** The browser's storage, or undefined where it is forbidden (it then throws when touched). */
export function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
