import type { KeyValues } from '../outbox/stored-sends.ts';

/** A `Storage` for tests: shared by "tabs", and made to fail. */
export class FakeStorage implements KeyValues {
  /** `forbidden`: everything throws, as with blocked cookies; `full`: nothing can be added. */
  trouble: 'none' | 'forbidden' | 'full' = 'none';
  private readonly values = new Map<string, string>();

  get length(): number {
    this.check();
    return this.values.size;
  }

  key(index: number): string | null {
    this.check();
    return [...this.values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    this.check();
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.check();
    if (this.trouble === 'full') throw new DOMException('', 'QuotaExceededError');
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.check();
    this.values.delete(key);
  }

  private check(): void {
    if (this.trouble === 'forbidden') throw new DOMException('', 'SecurityError');
  }
}
