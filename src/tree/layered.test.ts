import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Copy, changedKeys, copyOf, flat, layersOf } from './layered.ts';

const key = (n: number) => `key ${n}`;
/** Large enough not to be copied whole. */
const LARGE = 600;
const large = () => new Map(Array.from({ length: LARGE }, (_, n) => [key(n), n]));

/** Sets mostly, of known keys and of new ones, a few at a time; the others take away. */
const batches = fc.array(
  fc.array(fc.record({ at: fc.nat(LARGE + 40), value: fc.nat(), gone: fc.integer({ min: 0, max: 30 }) }), {
    maxLength: 12,
  }),
  { maxLength: 12 },
);

function same(map: ReadonlyMap<string, number>, expected: ReadonlyMap<string, number>): void {
  expect(map.size).toBe(expected.size);
  expect([...map]).toEqual([...expected]);
  expect([...map.keys()]).toEqual([...expected.keys()]);
  expect([...map.values()]).toEqual([...expected.values()]);
  const each: unknown[] = [];
  map.forEach((value, name) => void each.push([name, value]));
  expect(each).toEqual([...expected]);
  for (let n = 0; n < LARGE + 60; n += 7) {
    expect(map.get(key(n))).toBe(expected.get(key(n)));
    expect(map.has(key(n))).toBe(expected.has(key(n)));
  }
}

it('is as a Map would be after any changes, its order too, and leaves what it was copied from', () => {
  fc.assert(
    fc.property(batches, (given) => {
      const states: { map: ReadonlyMap<string, number>; expected: Map<string, number> }[] = [
        { map: large(), expected: large() },
      ];
      for (const batch of given) {
        const { map: before, expected: known } = states[states.length - 1] as (typeof states)[number];
        const [map, expected] = [copyOf(before), new Map(known)];
        for (const { at, value, gone } of batch) {
          for (const one of [map, expected] as Copy<number>[])
            gone === 0 ? one.delete(key(at)) : one.set(key(at), value);
        }
        states.push({ map, expected });
      }
      for (const { map, expected } of states) same(map, expected);
    }),
    { numRuns: 60 },
  );
});

it('tells under which keys two states may differ', () => {
  fc.assert(
    fc.property(batches, fc.nat(), fc.nat(), (given, from, to) => {
      const states: ReadonlyMap<string, number>[] = [large()];
      for (const batch of given) {
        const next = copyOf(states[states.length - 1] as ReadonlyMap<string, number>);
        for (const { at, value, gone } of batch) gone === 0 ? next.delete(key(at)) : next.set(key(at), value);
        states.push(next);
      }
      const [a, b] = [states[from % states.length], states[to % states.length]] as ReadonlyMap<
        string,
        number
      >[];
      const told = new Set(changedKeys(a as Map<string, number>, b as Map<string, number>));
      for (const name of new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])) {
        if (a?.get(name) !== b?.get(name)) expect(told.has(name)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
  const base = large();
  const next = copyOf(base);
  next.set(key(3), -1);
  expect([...changedKeys(base, next)]).toEqual([key(3)]);
});

it('is not read through for each of a few changes', () => {
  let reads = 0;
  class Counted extends Map<string, number> {
    override [Symbol.iterator](): MapIterator<[string, number]> {
      reads += 1;
      return super[Symbol.iterator]();
    }
  }
  let map: ReadonlyMap<string, number> = new Counted(large());
  for (let n = 0; n < 20; n += 1) {
    const next = copyOf(map);
    next.set(key(n), 1);
    map = next;
  }
  expect(reads).toBe(0);
});

it('is the same in one layer, and gives itself where it has only one', () => {
  const one = large();
  const changed = copyOf(one);
  changed.set(key(3), -1);
  changed.set('new', 1);
  expect([...flat(changed)]).toEqual([...changed]);
  expect(layersOf(flat(changed)).recent.size).toBe(0);
  expect(flat(one)).toBe(one);
});
