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
  readonly #sleeping = new Set<() => void>();
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

  /** Resolves to true after `ms`, to false at once when the timers are cleared: then give up. */
  sleep(ms: number): Promise<boolean> {
    if (this.#cleared) return Promise.resolve(false);
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        resolve(false);
      };
      const cancel = this.#schedule(ms, () => {
        this.#sleeping.delete(wake);
        resolve(true);
      });
      this.#sleeping.add(wake);
    });
  }

  clear(): void {
    this.#cleared = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    for (const wake of this.#sleeping) wake();
    this.#sleeping.clear();
  }
}
