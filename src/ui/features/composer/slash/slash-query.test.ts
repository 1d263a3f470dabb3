import { expect, test } from 'vitest';
import { foundItems, inserted, slashAt } from './slash-query.ts';

test.each([
  ['/', '', 0],
  ['/rev', 'rev', 0],
  ['Look at this: /code rev', 'code rev', 14],
  ['first line\n/', '', 11],
])('%j asks for %j', (text, words, start) => {
  expect(slashAt(text, text.length)).toEqual({ sign: '/', start, end: text.length, words });
});

test.each(['and/or', '/usr/bin', 'and / or', 'https://a.example', '/one\ntwo', `/${'x'.repeat(80)}`])(
  '%j asks for nothing',
  (text) => {
    expect(slashAt(text, text.length)).toBeUndefined();
  },
);

test('what stands behind the caret stays', () => {
  const query = slashAt('Say /bri to me', 8);
  expect(query && inserted('Say /bri to me', query, 'it briefly')).toEqual({
    text: 'Say it briefly to me',
    caret: 14,
  });
});

test('names are found by their words, those that begin so first', () => {
  const items = ['Peer review', 'Review code', 'Preview', 'Other'].map((name) => ({
    id: name,
    name,
    text: '',
  }));
  const found = (query: string) => foundItems(items, query).map(({ name }) => name);
  expect(found('rev')).toEqual(['Review code', 'Peer review', 'Preview']);
  expect(found('code re')).toEqual(['Review code']);
  expect(found('')).toHaveLength(4);
  expect(found('nothing')).toEqual([]);
});

test.each([
  ['@', '', 0],
  ['look at (@src/no', 'src/no', 9],
])('%j asks for files', (text, words, start) => {
  expect(slashAt(text, text.length)).toEqual({ sign: '@', start, end: text.length, words });
});

test.each(['me@example', '@one two', '@"a b'])('%j asks for no files', (text) => {
  expect(slashAt(text, text.length)).toBeUndefined();
});
