import { expect, test } from 'vitest';
import { sharedNames } from './names.mjs';

const files = (names, code) => names.map((name) => [`src/${name}.ts`, code]);

test('a type that three files declare is told, with where', () => {
  const told = sharedNames([
    ['src/a.ts', 'export interface Place {}'],
    ['src/b.ts', 'type Place = string;'],
    ['src/c.ts', '/** Taken. */\nexport class Place {}\n'],
  ]);
  expect(told).toEqual([
    expect.stringMatching(/^Place is a type in 3 files.*src\/a\.ts, src\/b\.ts, src\/c\.ts$/),
  ]);
});

test('twice is fine, and so is what tests declare, what is inside of a function, and what is imported', () => {
  expect(sharedNames(files(['a', 'b'], 'interface Place {}'))).toEqual([]);
  expect(
    sharedNames(files(['a.test', 'b.test', 'testing/c', 'simulation/d', 'e'], 'interface Place {}')),
  ).toEqual([]);
  expect(
    sharedNames(
      files(['a', 'b', 'c'], "import type { Place } from './place.ts';\nf(() => {\n  type Place = 1;\n});"),
    ),
  ).toEqual([]);
});
