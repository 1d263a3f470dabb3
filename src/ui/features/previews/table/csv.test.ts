import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delimiterOf, numberIn, rowsOf, sorted } from './csv.ts';

describe('rows', () => {
  test.each([
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\r\n1,5;2\r\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\n1\t2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\uFEFFname,"what, ""exactly"""\n"two\nlines",',
      [
        ['name', 'what, "exactly"'],
        ['two\nlines', ''],
      ],
    ],
    ['a,"never closed\n1,2', [['a', 'never closed\n1,2']]],
    [
      'a,b\n"x"y,2',
      [
        ['a', 'b'],
        ['xy', '2'],
      ],
    ],
    ['', []],
  ])('%j', (text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  test('what is written by the rules is read as it was', () => {
    const value = fc.string({ unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', '\r', 'é', '0') });
    const table = fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    const written = (row: readonly string[]) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',');
    fc.assert(
      fc.property(table, (rows) => {
        expect(rowsOf(rows.map(written).join('\r\n'), ',')).toEqual(rows);
      }),
    );
  });

  test('any text has rows, and takes a time its length bounds', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a'), maxLength: 200 });
    fc.assert(
      fc.property(text, (any) => {
        const rows = rowsOf(any);
        expect(rows.flat().join('').length).toBeLessThanOrEqual(any.length);
      }),
    );
  });

  test('commas in words do not make a table of semicolons one of commas', () => {
    expect(delimiterOf('name;note\nAnn;one, two, three\nBob;one')).toBe(';');
    expect(delimiterOf('just words')).toBe(',');
  });
});

describe('order', () => {
  const column = (values: string[], descending = false) =>
    sorted(
      values.map((value) => [value]),
      { column: 0, descending },
    ).flat();

  test('numbers by size, with signs of money and shares; what is empty last', () => {
    expect(column(['10', '', '9', '1,200', '-3.5'])).toEqual(['-3.5', '9', '10', '1,200', '']);
    expect(column(['10', '', '9'], true)).toEqual(['10', '9', '']);
    expect(column(['$ 20', '€3', '100'])).toEqual(['€3', '$ 20', '100']);
  });

  test('words as words, with the numbers in them by size', () => {
    expect(column(['item 10', 'item 9', 'Äpfel'])).toEqual(['Äpfel', 'item 9', 'item 10']);
  });

  test('equal rows stay in their order, both ways round', () => {
    const rows = [['1', 'a'], ['0', 'b'], ['1', 'c'], ['x']];
    for (const descending of [false, true]) {
      const order = sorted(rows.slice(0, 3), { column: 0, descending }).map((row) => row[1]);
      expect(order.indexOf('a')).toBeLessThan(order.indexOf('c'));
    }
  });

  test.each([
    ['1e3', 1000],
    ['.5', 0.5],
    ['12 %', 12],
    ['1,23', Number.NaN],
    ['', Number.NaN],
    ['0x10', Number.NaN],
  ])('%j is %d', (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  test('a cell of blanks or signs without end is none, and is not looked through', () => {
    // Minutes, where each blank begins another search.
    for (const sign of [' ', '1', '1,234', '$ ']) expect(numberIn(`a${sign.repeat(500_000)}`)).toBeNaN();
  });
});
