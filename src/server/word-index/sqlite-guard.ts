/**
 * Between the main thread and one that is within SQLite (decision 0254). A thread must not be stopped there: what the library then throws in
 * C++ nobody catches, and the process ends with SIGABRT. So it says when it is within, is told to come out, and is waited for.
 */

/** What the thread is told: nothing, to break off what it does and close its file, or to touch nothing any more. */
const [BREAK_OFF, LET_GO] = [1, 2];
const [TOLD, WITHIN] = [0, 1];

/** Asked for or cut off while the server closes: no fault, and nothing for the log. */
export class ClosingStore extends Error {
  constructor() {
    super('Bough is closing.');
  }
}

/** One for each thread; both sides make it of the same memory. */
export class SqliteGuard {
  readonly shared: SharedArrayBuffer;
  readonly #flags: Int32Array;

  constructor(shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.#flags = new Int32Array(shared);
  }

  /** The thread breaks off what it does, as soon as it looks. */
  breakOff(): void {
    Atomics.store(this.#flags, TOLD, BREAK_OFF);
  }

  /** Blocks until the thread is out of SQLite, where it does not go again; for at most `ms`. For the end of a process. */
  comeOut(ms: number): void {
    Atomics.store(this.#flags, TOLD, LET_GO);
    // The other side says that it goes in before it looks whether it may: one of both sees the other.
    if (Atomics.load(this.#flags, WITHIN) === 1) Atomics.wait(this.#flags, WITHIN, 1, ms);
  }

  /** For the thread: all that it does in SQLite is done in here. Throws ClosingStore. */
  within<T>(work: () => T): T {
    return this.#enter(BREAK_OFF, work);
  }

  /** For the thread: closing the file, also once it was told to break off. Throws ClosingStore. */
  closing(work: () => void): void {
    this.#enter(LET_GO, work);
  }

  /** For the thread, in the middle of long work. Throws ClosingStore. */
  readonly goOn = (): void => {
    if (Atomics.load(this.#flags, TOLD) > 0) throw new ClosingStore();
  };

  #enter<T>(told: number, work: () => T): T {
    Atomics.store(this.#flags, WITHIN, 1);
    try {
      if (Atomics.load(this.#flags, TOLD) >= told) throw new ClosingStore();
      return work();
    } finally {
      Atomics.store(this.#flags, WITHIN, 0);
      Atomics.notify(this.#flags, WITHIN);
    }
  }
}
