import { expect, test } from 'vitest';
import { pageText } from './markup-text.ts';

test.each([
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['<h2>Head</h2><p>a<br/>b</p>', '## Head\n\na\nb'],
  ['<ul><li>a</li><li><p>b</p></li></ul><p>c</p>', '- a\n- b\n\nc'],
  [
    '<table><tr><td><p>a</p></td><td><p>b</p><p>c</p></td></tr><tr><td></td><td>d</td></tr></table>',
    'a | b c\n| d',
  ],
  ['<p>a &amp; b&nbsp;&mdash; <b>c</b>d</p>', 'a & b — cd'],
  ['<head><title>no</title></head><script>no</script><p>yes</p><style>no</style>', 'yes'],
  ['<p>cut <b>off', 'cut'],
  ['<p>one</b> two', 'one'],
  ['<ul><li>a<ul><li>b</li></ul></li></ul>', '- a\n- b'],
  ['', ''],
])('%s', (markup, text) => {
  expect(
    pageText(`<body>${markup}${markup.includes('cut') || markup.includes('</b> two') ? '' : '</body>'}`),
  ).toBe(text);
});
