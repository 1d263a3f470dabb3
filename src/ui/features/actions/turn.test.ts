import { expect, test } from 'vitest';
import { Conversation } from '../thread/testing/conversations.ts';
import { topmost } from './prune.ts';
import { endOf, placeIn } from './turn.ts';

const aside = { aside: true } as const;

/** message-1 ─┬ message-2 ─ message-3 ─ message-4, ─ other-002 ─ other-003 */
const { tree, path } = new Conversation()
  .say('Which city?')
  .say('Kyoto.')
  .say('And then?')
  .say('Nara.')
  .say('Osaka.', { ...aside, id: 'other-002', role: 'assistant', parent: 'message-1' })
  .say('Why?', { ...aside, id: 'other-003', role: 'user', parent: 'other-002' }).view;
const ids = path.map(({ key }) => key);

test('a prompt has the reply shown under it, a reply the prompt it answers', () => {
  expect(placeIn(tree, 'message-1', new Set(ids))).toMatchObject({ prompt: 'message-1', reply: 'message-2' });
  expect(placeIn(tree, 'message-1', new Set())).toMatchObject({ reply: 'other-002' });
  expect(placeIn(tree, 'other-002', new Set(ids))).toMatchObject({ prompt: 'message-1', reply: 'other-002' });
  expect(placeIn(tree, 'other-003', new Set(ids))).toMatchObject({ prompt: 'other-003', reply: null });
});

test('a reply that is written can be gone to, and marked, but not edited', () => {
  const { tree: writing } = new Conversation().say('Hello').reply('reply-001').view;
  expect(placeIn(writing, 'reply-001', new Set())).toEqual({
    ...{ message: 'reply-001', prompt: 'message-1', reply: 'reply-001', live: true },
  });
});

test('the end of a branch is that of the path where the path goes on, else the newest', () => {
  expect(endOf(tree, 'message-1', ids)).toBe('message-4');
  expect(endOf(tree, 'message-1', [])).toBe('other-003');
  expect(endOf(tree, 'other-002', ids)).toBe('other-003');
});

test('of messages that stand under each other the topmost speaks for all', () => {
  expect(topmost(tree, ['message-4', 'other-002', 'message-2'])).toEqual(['other-002', 'message-2']);
  expect(topmost(tree, ['message-4', 'message-4'])).toEqual(['message-4']);
});
