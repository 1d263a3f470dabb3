import { expect, test } from 'vitest';
import type { Message, Part } from '../../protocol/index.ts';
import { contentsOf } from './context-files.ts';

const file = (hash: string, size: number): Part => ({
  kind: 'file',
  hash,
  name: hash,
  type: 'image/png',
  size,
});
const saying = (...parts: Part[]) => ({ parts }) as unknown as Message;
const read = async (hash: string) =>
  hash === 'gone' ? null : { type: 'image/png', bytes: new TextEncoder().encode(hash) };

test('every file is read once, those that are gone are left out', async () => {
  const asked: string[] = [];
  const contents = await contentsOf(
    [saying(file('a', 1)), saying(file('gone', 1), file('a', 1)), saying({ kind: 'text', text: 'b' })],
    (hash) => {
      asked.push(hash);
      return read(hash);
    },
  );
  expect([...contents.keys()]).toEqual(['a']);
  expect(asked.sort()).toEqual(['a', 'gone']);
});

test('the newest go first until the limit is reached', async () => {
  const messages = [saying(file('old', 1)), saying(file('large', 6)), saying(file('new', 5))];
  expect([...(await contentsOf(messages, read, 10)).keys()]).toEqual(['new']);
});
