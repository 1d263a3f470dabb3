import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson, WrittenNumber } from './parse-json.ts';

/** As JavaScript has it. */
function plain(value: unknown): unknown {
  if (value instanceof WrittenNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

test('any JSON is read as it is', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const read = readJson(text, false);
      expect(read.kind === 'value' && JSON.stringify(plain(read.value))).toBe(
        JSON.stringify(JSON.parse(text)),
      );
    }),
  );
});

test('lines are an array of values, and a broken one is named', () => {
  expect(readJson('{"a":1}\n\n[true]\n', true)).toEqual({ kind: 'value', value: [{ a: 1 }, [true]] });
  expect(readJson('1\n{"a":', true)).toMatchObject({ kind: 'broken', line: 2 });
});

test('what is wrong is said without the text itself', () => {
  const read = readJson(`{"a": nope, "b": "${'long '.repeat(100)}"}`, false);
  expect(read.kind === 'broken' && read.why).toMatch(/^Unexpected token/);
  expect(read.kind === 'broken' && read.why.length).toBeLessThan(60);
});

test('very deep JSON is read or refused, and nothing else', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(['value', 'broken']).toContain(readJson(deep, false).kind);
});
