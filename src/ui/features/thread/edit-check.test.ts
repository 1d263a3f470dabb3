import { expect, test } from 'vitest';
import { objectionTo, promiseOf } from './edit-check.ts';
import { type Row, rowsOf } from './rows.ts';
import { Conversation } from './testing/conversations.ts';

const promises = (said: Conversation) => rowsOf(said.view, []).map((row: Row) => promiseOf(row));

test('an edit says which version it makes and what stays behind', () => {
  expect(promises(new Conversation().say('a').say('b').say('c'))).toEqual([
    'Makes version 2; 2 later messages stay with this one',
    'Makes version 2; 1 later message stays with this one',
    'Makes version 2',
  ]);
});

test('no version is made of nothing, of the same words, or of too many', () => {
  expect(objectionTo(' \n', 'Hello')).toContain('nothing to save');
  expect(objectionTo('Hello', 'Hello\n')).toContain('Nothing is changed');
  expect(objectionTo('x'.repeat(400_001), 'Hello')).toBe('1 character too many. Nothing was cut off.');
  expect(objectionTo('Hello!', 'Hello')).toBeUndefined();
});
