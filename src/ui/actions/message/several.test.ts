import { expect, test } from 'vitest';
import { pageOf } from '../../testing/as-page.tsx';
import { Conversation } from '../../testing/conversations.ts';
import { possibleFor } from '../action.ts';
import { onMessages } from './on-message.ts';
import { askAll, bringTogether, broughtOf, sharedBy, tipsOf } from './several.ts';

const conversation = () =>
  new Conversation()
    .say('One')
    .say('Two')
    .say('Three')
    .say('Four')
    .say('Other', { id: 'other', parent: 'message-2', aside: true })
    .say('First of all', { id: 'beginning', parent: null, aside: true });
const page = () => pageOf({ view: conversation().view, client: {} } as never);
const on = (...messages: string[]) => onMessages(page(), messages);

test('all are asked at the ends of their branches, each once', () => {
  expect(tipsOf(page(), ['message-1', 'message-3', 'other'])).toEqual(['message-4', 'other']);
  expect(possibleFor(askAll, on('message-4', 'other'))).toBe(true);
  expect(possibleFor(askAll, on('message-3', 'message-4'))).toMatch(/^These messages are on one branch/);
  expect(possibleFor(askAll, on('message-3'))).toBe(false);
});

test('what stands in the way at the end of one of them is said', () => {
  const end = { reason: 'stopped', at: 9 } as const;
  const why = (said: Conversation) => {
    const all = pageOf({ view: said.reply('reply-1', undefined).view, client: {} } as never);
    return possibleFor(askAll, onMessages(all, ['other', 'reply-1']));
  };
  const two = () => new Conversation().say('One').say('Other', { id: 'other', parent: null, aside: true });
  expect(why(two())).toMatch(/^It is still being written/);
  const view = two().reply('reply-1', end).view;
  const on = onMessages(pageOf({ view, client: {} } as never), ['other', 'reply-1']);
  expect(possibleFor(askAll, on)).toMatch(/^It ended before its first word/);
  expect(possibleFor(bringTogether, on)).toBe('It has no words to quote.');
});

test('what is brought together follows the last that all of them share', () => {
  const { tree } = conversation().view;
  expect(sharedBy(tree, ['message-4', 'other'])).toBe('message-2');
  expect(sharedBy(tree, ['message-2', 'message-4'])).toBe('message-2');
  expect(sharedBy(tree, ['message-4', 'beginning'])).toBeNull();
  expect(possibleFor(bringTogether, on('message-2'))).toBe(false);
  expect(possibleFor(bringTogether, on('message-4', 'other'))).toBe(true);
  expect(possibleFor(bringTogether, on(...Array.from({ length: 9 }, (_, n) => `message-${n}`)))).toMatch(
    /up to 8/,
  );
});

test('of a question that was answered its reply is brought, as its card shows it', () => {
  const brought = broughtOf(page(), ['message-1', 'message-3', 'message-4', 'other']);
  expect(brought).toEqual(['message-2', 'message-4', 'other']);
});
