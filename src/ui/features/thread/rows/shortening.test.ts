import { describe, expect, test } from 'vitest';
import { Conversation } from '../../../testing/conversations.ts';
import { type Row, rowsOf } from './rows.ts';
import { type Shortening, sentenceFor, shorten, whole } from './shortening.ts';

/** One conversation, question and answers in three versions: the first with three messages after it. */
function showing(version: 'one' | 'two' | 'three') {
  const said = new Conversation().say('Which city?', { id: 'question' });
  for (const id of ['one', 'two', 'three'])
    said.say(id, { id, role: 'assistant', parent: 'question', aside: id !== version });
  for (const [id, parent, role] of [
    ['a', 'one', 'user'],
    ['b', 'a', 'assistant'],
    ['c', 'b', 'user'],
  ] as const)
    said.say(id, { id, parent, role, aside: version !== 'one' });
  if (version === 'three') said.say('d', { id: 'd', parent: 'three', role: 'user' });
  return said;
}

const rows = (said: Conversation): readonly Row[] => rowsOf(said.view, []);
const through = (...path: readonly Conversation[]): Shortening =>
  path.reduce((state, said) => shorten(state, rows(said)), whole);
const sentence = (state: Shortening) => state.left && sentenceFor(state.left, showing('one').view.tree);

test('a system prompt takes no message’s place: what stood there is counted too', () => {
  const before = new Conversation().say('Which city?', { id: 'question' }).say('Kyoto', { id: 'kyoto' });
  const after = new Conversation()
    .say('Kyoto', { id: 'kyoto', role: 'user', aside: true, parent: null })
    .say('Be brief', { id: 'prompt', role: 'system', parent: null });
  expect(through(before, after).left).toMatchObject({ version: 'question', later: 2 });
});

test('a path that only ever grew left nothing behind', () => {
  expect(through(showing('one')).left).toBeUndefined();
  expect(
    through(new Conversation().say('Which city?', { id: 'question' }), showing('one')).left,
  ).toBeUndefined();
});

test('the same rows give the same state', () => {
  const list = rows(showing('one'));
  const state = shorten(whole, list);
  expect(shorten(state, list)).toBe(state);
});

test('a shorter version says what is on the longer', () => {
  expect(sentence(through(showing('one'), showing('two')))).toBe('3 messages continue on version 1');
});

test('going back there says no more', () => {
  expect(through(showing('one'), showing('two'), showing('one')).left).toBeUndefined();
});

test('of several ways left at one fork it is the longest', () => {
  expect(sentence(through(showing('one'), showing('two'), showing('three')))).toBe(
    '3 messages continue on version 1',
  );
  expect(sentence(through(showing('three'), showing('two')))).toBe('1 message continues on version 3');
});

describe('after another reply was asked for', () => {
  const question = new Conversation().say('Which city?', { id: 'question' });
  const again = () => showing('two').reply('reply-4');

  test('a moment without it does not matter', () => {
    expect(sentence(through(showing('one'), question, showing('two')))).toBe(
      '3 messages continue on version 1',
    );
  });

  test('it stays while the reply is written', () => {
    expect(through(showing('one'), showing('two'), again()).left?.later).toBe(3);
  });

  test('it goes when the talk goes on here', () => {
    expect(
      through(showing('one'), showing('two'), showing('two').pending('On', 'sending')).left,
    ).toBeUndefined();
  });
});

test('another first message leaves the whole conversation behind', () => {
  const other = new Conversation().say('Other', { id: 'other', parent: null });
  expect(through(showing('one'), other).left).toMatchObject({
    fork: undefined,
    version: 'question',
    later: 4,
  });
});
