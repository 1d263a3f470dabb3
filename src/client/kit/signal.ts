/** The smallest store: one value and those who want to know of its changes. Shaped for `useSyncExternalStore`. */
export interface Readable<T> {
  readonly get: () => T;
  /** Calls `listener` after each change. Returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void;
}

export class Signal<T> implements Readable<T> {
  private value: T;
  private readonly listeners = new Set<() => void>();

  constructor(value: T) {
    this.value = value;
  }

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Setting the same value (by identity) calls no listener. */
  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  }
}
