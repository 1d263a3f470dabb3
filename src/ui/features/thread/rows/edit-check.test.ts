import { expect, test } from 'vitest';
import { Conversation } from '../../../testing/conversations.ts';
import { objectionTo, promiseOf } from './edit-check.ts';
import { type Row, rowsOf } from './rows.ts';

const said = (text: string, ...hashes: string[]) => ({
  text,
  files: hashes.map((hash) => ({ kind: 'file' as const, hash, name: hash, type: 'text/plain', size: 1 })),
});
const promises = (said: Conversation) => rowsOf(said.view, []).map((row: Row) => promiseOf(row));

test('an edit says which version it makes and what stays behind', () => {
  expect(promises(new Conversation().say('a').say('b').say('c'))).toEqual([
    'Saves as version 2. Version 1 keeps its 2 messages',
    'Saves as version 2. Version 1 keeps its 1 message',
    'Saves as version 2',
  ]);
});

test('no version is made of nothing, of the same words, or of too many', () => {
  const before = said('Hello\n');
  expect(objectionTo(said(' \n'), before)).toContain('Nothing to save');
  expect(objectionTo(said('Hello'), before)).toContain('Nothing changed');
  expect(objectionTo(said('x'.repeat(400_001)), before)).toBe('1 character too many. Nothing was cut off.');
  expect(objectionTo(said('Hello!'), before)).toBeUndefined();
});

test('other files make a version, and files alone are something', () => {
  expect(objectionTo(said('Hello', 'a'), said('Hello', 'a'))).toContain('Nothing changed');
  expect(objectionTo(said('Hello', 'b'), said('Hello', 'a'))).toBeUndefined();
  expect(objectionTo(said('Hello'), said('Hello', 'a'))).toBeUndefined();
  expect(objectionTo(said('', 'a'), said('Hello', 'a'))).toBeUndefined();
});
