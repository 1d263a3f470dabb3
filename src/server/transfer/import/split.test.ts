import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BROKEN, splitJson } from './split.ts';

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function split(text: string, sizes: readonly number[] = [7]): Promise<[unknown, number][]> {
  const found: [unknown, number][] = [];
  for await (const { value, at } of splitJson(inPieces(text, sizes))) found.push([value, at]);
  return found;
}

const containers = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));

it('gives the elements of an array, and values one after another, however they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(containers),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      fc.boolean(),
      async (values, sizes, pretty) => {
        const texts = values.map((value) => JSON.stringify(value, null, pretty ? 1 : 0));
        const all = texts.map((text, at) => [JSON.parse(text), at]);
        expect(await split(`[${texts.join(',')}]`, sizes)).toEqual(all);
        const lines = texts.filter((text) => text.startsWith('{'));
        expect(await split(lines.join('\n'), sizes)).toEqual(lines.map((text, at) => [JSON.parse(text), at]));
      },
    ),
    { numRuns: 60 },
  );
});

it('passes a broken element on and goes on with the next, and gives what there is of a file that is cut', async () => {
  expect(await split('[{"a":1},{"b":},{"c":3}]')).toEqual([
    [{ a: 1 }, 0],
    [BROKEN, 1],
    [{ c: 3 }, 2],
  ]);
  expect(await split('[{"a":1},{"b":"cut ')).toEqual([
    [{ a: 1 }, 0],
    [BROKEN, 1],
  ]);
  expect(await split('')).toEqual([]);
});
