import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderBlock } from '../render-block.ts';

const rows = (text: string) =>
  [...render(renderBlock(text, { scope: 'm1', growing: false })).container.querySelectorAll('tr')].map(
    (row) => [...row.children].map((cell) => cell.textContent),
  );
const table = (row: string) => rows(`| x | y |\n|---|---|\n${row}`)[1];

test.each([
  ['| `a|b` | c |', ['a|b', 'c']],
  ['| `a || b` | c |', ['a || b', 'c']],
  ['| ``a|`b`` | c |', ['a|`b', 'c']],
  ['| `a\\|b` | c |', ['a|b', 'c']],
  ['| `x | y` | c |', ['x | y', 'c']],
  ['| a | `ps | grep` |', ['a', 'ps | grep']],
  ['`a|b` | c', ['a|b', 'c']],
  ['| `a|b|c|d` | `|` |', ['a|b|c|d', '|']],
  ['| a \\| b | c |', ['a | b', 'c']],
  ['| ` | ` |', ['`', '`']],
  ['| $|x|$ `a|b` | c |', expect.arrayContaining(['c'])],
])('a bar in code splits no cell: %s', (row, cells) => {
  expect(table(row)).toEqual(cells);
});

test('nor in the head, a quote or an item', () => {
  expect(rows('| `a|b` | c |\n|---|---|\n| 1 | 2 |')[0]).toEqual(['a|b', 'c']);
  expect(rows('> | x | y |\n> |---|---|\n> | `a|b` | c |')[1]).toEqual(['a|b', 'c']);
  expect(rows('- t\n\n  | x | y |\n  |---|---|\n  | `a|b` | c |')[1]).toEqual(['a|b', 'c']);
});

test('code outside of tables is left alone', () => {
  const { container } = render(renderBlock('`a|b` and c|d', { scope: 'm1', growing: false }));
  expect(container.textContent).toBe('a|b and c|d');
});
