/** Runs `task` once after `ms`; the answer cancels it. */
export type Schedule = (ms: number, task: () => void) => () => void;

/** Timers that do not keep the process alive. */
export const schedule: Schedule = (ms, task) => {
  const timer = setTimeout(task, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** All timers of one service, so that they can be cleared together. */
export class Timers {
  readonly #schedule: Schedule;
  readonly #waiting = new Map<string, () => void>();
  #cleared = false;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** Runs `task` after `ms`, once per `key`: while one waits, others of its key are dropped. Nothing after `clear`. */
  once(key: string, ms: number, task: () => void): void {
    if (this.#cleared || this.#waiting.has(key)) return;
    const run = () => {
      this.#waiting.delete(key);
      task();
    };
    this.#waiting.set(key, this.#schedule(ms, run));
  }

  /** What waits under `key` is dropped. */
  drop(key: string): void {
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
  }

  get isCleared(): boolean {
    return this.#cleared;
  }

  clear(): void {
    this.#cleared = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}
