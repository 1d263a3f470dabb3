import { expect, test } from 'vitest';
import { Conversation } from '../../testing/conversations.ts';
import { topmost } from './prune.ts';
import { endOf, followingOf, isLive, isWordless, turnOf } from './turn.ts';

const aside = { aside: true } as const;

/** message-1 ─┬ message-2 ─ message-3 ─ message-4, ─ other-002 ─ other-003 */
const view = new Conversation()
  .say('Which city?')
  .say('Kyoto.')
  .say('And then?')
  .say('Nara.')
  .say('Osaka.', { ...aside, id: 'other-002', role: 'assistant', parent: 'message-1' })
  .say('Why?', { ...aside, id: 'other-003', role: 'user', parent: 'other-002' }).view;
const { tree } = view;
const off = { ...view, path: [] };

test('a prompt has the reply shown under it, a reply the prompt it answers', () => {
  expect(turnOf(view, 'message-1')).toMatchObject({ prompt: 'message-1', reply: 'message-2' });
  expect(turnOf(off, 'message-1')).toMatchObject({ reply: 'other-002' });
  expect(turnOf(view, 'other-002')).toMatchObject({ prompt: 'message-1', reply: 'other-002' });
  expect(turnOf(view, 'other-003')).toMatchObject({ prompt: 'other-003', reply: null });
});

test('what is being written is live, what ended without a word is not', () => {
  const writing = new Conversation().say('Hello').reply('reply-001').view;
  expect(turnOf(writing, 'reply-001')).toEqual({
    ...{ message: 'reply-001', prompt: 'message-1', reply: 'reply-001' },
  });
  expect([isLive, isWordless].map((is) => is(writing.tree, 'reply-001'))).toEqual([true, false]);
  const failed = new Conversation().say('Hello').reply('reply-001', { reason: 'failed', at: 1 }).view;
  expect([isLive, isWordless].map((is) => is(failed.tree, 'reply-001'))).toEqual([false, true]);
  expect([isLive, isWordless].map((is) => is(tree, 'message-2'))).toEqual([false, false]);
});

test('what follows is counted on the path, elsewhere towards the end of the branch', () => {
  expect(followingOf(view, 'message-2')).toBe(2);
  expect(followingOf(view, 'other-002')).toBe(1);
  expect(followingOf(view, 'other-003')).toBe(0);
});

test('the end of a branch is that of the path where the path goes on, else the newest', () => {
  expect(endOf(view, 'message-1')).toBe('message-4');
  expect(endOf(off, 'message-1')).toBe('other-003');
  expect(endOf(view, 'other-002')).toBe('other-003');
});

test('of messages that stand under each other the topmost speaks for all', () => {
  expect(topmost(tree, ['message-4', 'other-002', 'message-2'])).toEqual(['other-002', 'message-2']);
  expect(topmost(tree, ['message-4', 'message-4'])).toEqual(['message-4']);
});
