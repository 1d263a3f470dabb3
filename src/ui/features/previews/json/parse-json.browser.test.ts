import { expect, test } from 'vitest';
import { readJson, WrittenNumber } from './parse-json.ts';

test('numbers that JavaScript would change are kept as they are written', () => {
  const read = readJson('{"id": 12345678901234567890, "price": 1.10, "n": 5}', false);
  expect(read).toEqual({
    kind: 'value',
    value: { id: new WrittenNumber('12345678901234567890'), price: new WrittenNumber('1.10'), n: 5 },
  });
});
