import { expect, test } from 'vitest';
import { mendEnd } from './mend-end.ts';

test.each([
  ['Go to [the shop](https://exa', 'Go to the shop'],
  ['Go to [the shop]', 'Go to the shop'],
  ['A ![pict](https://exa', 'A pict'],
  ['This is **bo', 'This is **bo**'],
  ['This is **bold ', 'This is **bold**'],
  ['This is **', 'This is '],
  ['Call `fn(a', 'Call `fn(a`'],
  ['Call `', 'Call '],
  ['Steps:\n-', 'Steps:'],
  ['Steps:\n--', 'Steps:'],
  ['> Steps:\n> -', '> Steps:'],
  ['- one\n- **tw', '- one\n- **tw**'],
  ['> [!WARN', '> '],
  ['Then:\n> [', 'Then:\n> '],
  ['|', ''],
  ['| a', '| a\n|---|'],
  ['| a | b', '| a | b\n|---|---|'],
  ['| a | b |', '| a | b |\n|---|---|'],
  ['| a | b |\n|', '| a | b |\n|---|---|'],
  ['| a | b |\n|--', '| a | b |\n|---|---|'],
  ['| a | b |\n| :-', '| a | b |\n|---|---|'],
  ['See:\n| `x|y` | b', 'See:\n| `x|y` | b\n|---|---|'],
])('%j is shown as %j', (text, shown) => {
  expect(mendEnd(text)).toBe(shown);
});

test.each([
  'Plain words',
  'A **bold** word and `code`',
  'Go to [the shop](https://example.org)',
  '- [x] done\n- [ ] not',
  '```js\nlet a = "**',
  '$$\nx **',
  'a [b] c',
  '| a | b |\n|---|---|',
  '| a | b |\n|---|---|\n| 1',
  'a | b',
])('%j stays', (text) => {
  expect(mendEnd(text)).toBe(text);
});
