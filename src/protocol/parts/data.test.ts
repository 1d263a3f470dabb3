import { expect, it } from 'vitest';
import { readMessage } from '../streams/read.ts';
import { plainOf, previewOf } from '../text.ts';
import { tableOf } from './data.ts';
import { partForModel, partTokens } from './index.ts';

const rows = [
  { city: 'Kyoto', nights: 3 },
  { city: 'Nara', note: { text: 'a\tday' }, nights: null },
];
const data = { kind: 'data', name: 'Stays', value: rows } as const;

it('is a table where it is a list of objects', () => {
  expect(tableOf(rows)).toEqual({
    columns: ['city', 'nights', 'note'],
    rows: [
      ['Kyoto', '3', ''],
      ['Nara', '', '{"text":"a\\tday"}'],
    ],
  });
  const wide = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`c${n}`, n]));
  for (const value of [[], [{}], [1], [[1]], [null], { a: 1 }, 'text', null, [wide]])
    expect(tableOf(value)).toBeNull();
  expect(tableOf([JSON.parse('{"__proto__": 1}')])?.rows).toEqual([['1']]);
});

it('is found and copied as a table or JSON, previewed by its name, and read by models', () => {
  const stored = {
    id: 'message1',
    parent: null,
    role: 'assistant',
    author: { kind: 'user' },
    origin: { kind: 'send' },
    time: 1,
  };
  const parts = readMessage({ v: 1, kind: 'message', ...stored, parts: [data] })?.parts ?? [];
  expect(parts).toEqual([data]);
  expect(plainOf([{ kind: 'text', text: 'See:' }, ...parts])).toBe(
    'See:\n\nStays\ncity\tnights\tnote\nKyoto\t3\t\nNara\t\t{"text":"a\\tday"}\n\n',
  );
  expect(plainOf([{ ...data, value: { a: 1 } }])).toBe('Stays\n{\n  "a": 1\n}\n\n');
  expect(previewOf(parts)).toBe('Stays');
  expect(partForModel(data)).toBe(`[Data “Stays”: ${JSON.stringify(rows)}]`);
  expect(partTokens(data)).toBeGreaterThan(10);
});
