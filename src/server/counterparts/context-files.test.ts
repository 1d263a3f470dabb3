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
const saying = (...parts: Part[]) => ({ role: 'user', parts }) as unknown as Message;
const read = async (hash: string) =>
  hash === 'gone' ? null : { type: 'image/png', bytes: new TextEncoder().encode(hash) };

test('every file is read once, those that are not here are told apart', async () => {
  const asked: string[] = [];
  const { files, missing } = await contentsOf(
    [
      saying(file('a', 1)),
      saying(file('gone', 1), file('a', 1)),
      saying(file('gone', 1)),
      saying({ kind: 'text', text: 'b' }),
    ],
    (hash) => {
      asked.push(hash);
      return read(hash);
    },
  );
  expect([...files.keys()]).toEqual(['a']);
  expect(missing).toEqual([file('gone', 1)]);
  expect(asked.sort()).toEqual(['a', 'gone']);
});

test('what a file was made of is not read: no model gets it', async () => {
  const original = { hash: 'large', name: 'large', type: 'image/heic', size: 9 };
  const asked: string[] = [];
  const made = { ...file('small', 1), original } as Part;
  const { files, missing } = await contentsOf([saying(made)], (hash) => {
    asked.push(hash);
    return read(hash);
  });
  expect([asked, [...files.keys()], missing]).toEqual([['small'], ['small'], []]);
});

test('the newest go first until the limit is reached', async () => {
  const messages = [saying(file('old', 1)), saying(file('large', 6)), saying(file('new', 5))];
  const { files, missing } = await contentsOf(messages, read, 10);
  expect([...files.keys()]).toEqual(['new']);
  expect(missing).toEqual([]);
});

test('what is not here takes no room, and a picture of a reply is not missed: no model is shown it', async () => {
  const reply = { ...saying(file('gone', 1)), role: 'assistant' } as Message;
  const messages = [reply, saying(file('old', 5)), saying(file('gone', 10))];
  expect([...(await contentsOf(messages, read, 10)).files.keys()]).toEqual(['old']);
  expect(await contentsOf([reply], read)).toEqual({ files: new Map(), missing: [] });
});
