/** How often a wrong token may be tried: so many times in a while, then not at all until the while is over. */

export const MOST_ATTEMPTS = 10;
export const ATTEMPTS_WITHIN = 60_000;
/** Keys kept; beyond them the oldest are forgotten. */
const MOST_KEYS = 1000;

interface Count {
  failures: number;
  readonly until: number;
}

export class Attempts {
  private readonly now: () => number;
  private readonly counts = new Map<string, Count>();

  /** @param now ms since the epoch */
  constructor(now: () => number) {
    this.now = now;
  }

  /** ms until `key` may be tried again; 0: now. */
  wait(key: string): number {
    const count = this.current(key);
    return count && count.failures >= MOST_ATTEMPTS ? count.until - this.now() : 0;
  }

  failed(key: string): void {
    const count = this.current(key) ?? { failures: 0, until: this.now() + ATTEMPTS_WITHIN };
    count.failures += 1;
    this.counts.set(key, count);
    if (this.counts.size > MOST_KEYS) this.counts.delete(this.counts.keys().next().value as string);
  }

  private current(key: string): Count | undefined {
    const count = this.counts.get(key);
    if (count && count.until <= this.now()) this.counts.delete(key);
    return this.counts.get(key);
  }
}
