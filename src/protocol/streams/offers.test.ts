import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldOffers, noOffers, type OfferItem, optionsNow, readOffers, wishesOf } from './offers.ts';

const choices = ['a', 'b', 'c'].map((value) => ({ value, name: value }));
const offer = (at: number, agent: string, values: readonly string[]): OfferItem => ({
  ...{ v: 1, kind: 'offer', at, agent },
  options: values.map((value, n) => ({ id: `o${n}`, name: `Option ${n}`, value, choices })),
});
const value = (at: number, agent: string, by: 'person' | 'agent', option: string, to: string): OfferItem => ({
  ...{ v: 1, kind: 'value', at, agent, by, option, value: to },
});

const letter = fc.constantFrom('a', 'b', 'c');
const agents = fc.constantFrom('Ada', 'Bob');
const item = fc.oneof(
  fc.tuple(fc.nat(5), agents, fc.array(letter, { maxLength: 3 })).map((of) => offer(...of)),
  fc
    .tuple(
      fc.nat(5),
      agents,
      fc.constantFrom('person' as const, 'agent' as const),
      fc.constantFrom('o0', 'o1'),
      letter,
    )
    .map((of) => value(...of)),
);
const plain = (items: readonly OfferItem[]) =>
  [...foldOffers(noOffers, items)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([agent, one]) => [
      agent,
      optionsNow(one),
      one.commands,
      [...wishesOf(one)].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);

test('what was offered and chosen does not depend on the order, nor on repeats', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 12 }), fc.array(fc.nat(100)), (items, keys) => {
      const shuffled = items
        .map((one, n) => [keys[n] ?? 0, one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
      expect(plain([...shuffled, ...items])).toEqual(plain(items));
      const known = foldOffers(noOffers, items);
      expect(foldOffers(known, shuffled)).toBe(known);
    }),
  );
});

test('the latest word counts, a person’s or the agent’s, and what was chosen is wished for', () => {
  const items = [
    offer(1, 'Ada', ['a', 'a']),
    value(2, 'Ada', 'person', 'o0', 'b'),
    value(3, 'Ada', 'agent', 'o0', 'c'),
    value(4, 'Ada', 'agent', 'o1', 'b'),
  ];
  const ada = foldOffers(noOffers, items).get('Ada');
  if (!ada) throw new Error('Ada offers nothing.');
  expect(optionsNow(ada).map((one) => one.value)).toEqual(['c', 'b']);
  expect([...wishesOf(ada)]).toEqual([['o0', 'c']]);
});

test('a value that is not among the choices any more does not count; what is damaged is left out', () => {
  const ada = foldOffers(noOffers, [offer(1, 'Ada', ['a']), value(2, 'Ada', 'person', 'o0', 'z')]).get('Ada');
  expect(ada && optionsNow(ada)[0]?.value).toBe('a');
  expect(readOffers([{ v: 1, kind: 'offer', at: 1 }, offer(1, 'Ada', []), 'x'])).toHaveLength(1);
});
