import type { Element, ElementContent } from 'hast';
import { expect, test } from 'vitest';
import { csvOf, markdownOf, rowsIn } from './table-text.ts';

const el = (tagName: string, children: (ElementContent | string)[], properties = {}): Element => ({
  ...{ type: 'element', tagName, properties },
  children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
});

const table = el('table', [
  el('thead', [
    el('tr', [
      el('th', ['name']),
      el('th', ['what, exactly'], { style: 'text-align: center' }),
      el('th', ['n'], { align: 'right' }),
    ]),
  ]),
  '\n',
  el('tbody', [
    el('tr', [el('td', ['a "b"']), el('td', ['one', el('br', []), 'two']), el('td', ['1'])]),
    el('tr', [
      el('td', [el('strong', ['bold']), ' or ', el('code', ['x|`y`'])]),
      el('td', [el('a', ['here'], { href: 'https://example.org' })]),
      el('td', [el('md-formula', [], { source: '$k^2$' })]),
    ]),
    el('tr', [el('td', ['short'])]),
  ]),
]);

test('for a spreadsheet: only words, with quotes where they are needed', () => {
  expect(csvOf(rowsIn(table))).toBe(
    ['name,"what, exactly",n', '"a ""b""","one\ntwo",1', 'bold or x|`y`,here,$k^2$', 'short'].join('\r\n'),
  );
});

test('as Markdown: a cell in one line, with what is bold, code or a link in it', () => {
  expect(markdownOf(rowsIn(table)).split('\n')).toEqual([
    '| name | what, exactly | n |',
    '| --- | :-: | --: |',
    '| a "b" | one<br>two | 1 |',
    '| **bold** or `` x\\|`y` `` | [here](https://example.org) | $k^2$ |',
    '| short |  |  |',
  ]);
});
