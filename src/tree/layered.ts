/** Maps that are changed a little at a time, and never where somebody may still read them. */

/** Smaller ones are copied: that costs less than to look in two places ever after. */
const SMALL = 500;

/** A copy to be changed, of `map`, which must not be changed any more: it may be shared. Costs about the root of its size on average. */
export function copyOf<V>(map: ReadonlyMap<string, V>): Copy<V> {
  if (map.size < SMALL) return new Map(map);
  return map instanceof Layered ? map.copy() : new Layered(map);
}

/** The same in one layer, so that the next copy costs nothing. Costs the whole. */
export function flat<V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return map instanceof Layered ? new Map(map) : map;
}

/** A map as what is shared, and what was set over it since. Neither must be changed. */
export function layersOf<V>(map: ReadonlyMap<string, V>): Layers<V> {
  return map instanceof Layered ? map : { base: map, recent: new Map() };
}

interface Layers<V> {
  readonly base: ReadonlyMap<string, V>;
  readonly recent: ReadonlyMap<string, V>;
}

/** Keys under which two maps may differ: few where one was copied from the other not long ago, else all there are. */
export function changedKeys<V>(a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>): Iterable<string> {
  if (a === b) return [];
  const [one, other] = [layersOf(a), layersOf(b)];
  const [from, to] = one.base === other.base ? [one.recent, other.recent] : [a, b];
  return new Set([...from.keys(), ...to.keys()]);
}

/** What a copy can do; whoever made it hands it on as a `ReadonlyMap`. */
export type Copy<V> = ReadonlyMap<string, V> & {
  set(key: string, value: V): unknown;
  delete(key: string): unknown;
};

/** A large map that stays as it is, and over it what was set since. In the order of a `Map`: what is set again keeps its place. */
class Layered<V> implements Copy<V>, Layers<V> {
  base: ReadonlyMap<string, V>;
  recent: Map<string, V>;
  private added: number;

  constructor(base: ReadonlyMap<string, V>, recent = new Map<string, V>(), added = 0) {
    this.base = base;
    this.recent = recent;
    this.added = added;
  }

  get size(): number {
    return this.base.size + this.added;
  }

  /** Once there is much over it, another large map is made of both. */
  copy(): Layered<V> {
    const { base, recent, added } = this;
    if (recent.size ** 2 > base.size) return new Layered(new Map(this));
    return new Layered(base, new Map(recent), added);
  }

  get(key: string): V | undefined {
    return this.recent.get(key) ?? this.base.get(key);
  }

  has(key: string): boolean {
    return this.recent.has(key) || this.base.has(key);
  }

  set(key: string, value: V): void {
    if (!this.has(key)) this.added += 1;
    this.recent.set(key, value);
  }

  /** Seldom: it costs the whole. */
  delete(key: string): void {
    if (!this.has(key)) return;
    const whole = new Map(this);
    whole.delete(key);
    [this.base, this.recent, this.added] = [whole, new Map(), 0];
  }

  *entries(): MapIterator<[string, V]> {
    const { base, recent } = this;
    for (const [key, value] of base) yield [key, recent.get(key) ?? value];
    for (const entry of recent) if (!base.has(entry[0])) yield entry;
  }

  *keys(): MapIterator<string> {
    yield* this.base.keys();
    for (const key of this.recent.keys()) if (!this.base.has(key)) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(call: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) call(value, key, this);
  }
}
