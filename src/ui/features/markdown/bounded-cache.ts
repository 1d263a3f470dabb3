/** A cache of the most recently used values whose keys have at most `limit` characters together. */
export class BoundedCache<V> {
  private readonly values = new Map<string, V>();
  private readonly limit: number;
  private size = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The value for `key`, made by `make` if it is not known. */
  get(key: string, make: () => V): V {
    const known = this.values.get(key);
    if (known !== undefined) {
      this.values.delete(key);
      this.values.set(key, known);
      return known;
    }
    const value = make();
    this.values.set(key, value);
    this.size += key.length;
    this.trim();
    return value;
  }

  forget(key: string): void {
    if (this.values.delete(key)) this.size -= key.length;
  }

  private trim(): void {
    for (const oldest of this.values.keys()) {
      if (this.size <= this.limit) return;
      this.values.delete(oldest);
      this.size -= oldest.length;
    }
  }
}
