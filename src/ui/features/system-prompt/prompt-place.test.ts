import { expect, it } from 'vitest';
import { MESSAGE_LIMIT } from '../../../protocol/index.ts';
import { Conversation } from '../../testing/conversations.ts';
import { objectionTo, promptPlace, sentenceFor } from './prompt-place.ts';

const words = (message: string) => message;
const chat = () =>
  new Conversation()
    .say('Be brief', { id: 'prompt', role: 'system' })
    .say('Which city?', { id: 'ask', role: 'user' })
    .say('Kyoto', { id: 'reply', role: 'assistant' });

it('goes to the end of the path, where the last prompt before is in force', () => {
  const place = promptPlace(chat().view);
  expect(place).toMatchObject({ after: 'reply', inForce: { id: 'prompt' }, later: 0, branch: false });
  expect(sentenceFor(place, words)).toBe("Applies from your next message; earlier replies don't change");
});

it('takes the place of a prompt nothing was said under', () => {
  const twice = chat().say('Be long', { id: 'second', role: 'system' });
  expect(promptPlace(twice.view)).toMatchObject({ after: 'reply', inForce: { id: 'second' }, branch: false });
  const alone = new Conversation().say('Be brief', { id: 'prompt', role: 'system' });
  expect(promptPlace(alone.view)).toMatchObject({ after: null, inForce: { id: 'prompt' }, branch: false });
});

it('after a reply that was gone on from begins a branch, and says what stays on the other', () => {
  const more = chat().say('When?', { id: 'when', role: 'user' }).say('In May', { role: 'assistant' });
  const place = promptPlace(more.view, 'reply');
  expect(place).toMatchObject({ after: 'reply', later: 2, branch: true });
  expect(sentenceFor(place, words)).toBe(
    'Applies on a new branch after “reply”; the other branch keeps its 2 messages.',
  );
});

it('goes in the place of a message of a person, past the prompt before it', () => {
  const place = promptPlace(chat().view, 'ask');
  expect(place).toMatchObject({ after: null, instead: { id: 'ask' }, inForce: { id: 'prompt' }, later: 2 });
  expect(sentenceFor(place, words)).toMatch(
    /in place of “ask”; the other branch keeps its 2 messages\. .* sent again\.$/,
  );
});

it('in the place of a prompt says nothing again', () => {
  const place = promptPlace(chat().view, 'prompt');
  expect(place).toMatchObject({ after: null, inForce: { id: 'prompt' }, later: 2, branch: true });
  expect(place.instead).toBeUndefined();
});

it('sees none in force where it was taken away', () => {
  expect(promptPlace(chat().say('', { role: 'system' }).view).inForce).toBeUndefined();
  expect(promptPlace(new Conversation().view)).toEqual({ after: null, later: 0, branch: false });
});

it('off the path counts nothing, but knows whether it begins a branch', () => {
  const { view } = chat().say('Osaka', { id: 'other', role: 'assistant', parent: 'ask', aside: true });
  expect(promptPlace(view, 'other')).toMatchObject({ after: 'other', later: 0, branch: false });
});

it('refuses what changes nothing and what is too long', () => {
  expect(objectionTo('Be brief', 'Be brief\n')).toMatch(/^Nothing changed/);
  expect(objectionTo('', '')).toMatch(/^Nothing to save/);
  expect(objectionTo('', 'Be brief')).toBeUndefined();
  expect(objectionTo('x'.repeat(MESSAGE_LIMIT + 2), '')).toBe('2 characters too many. Nothing was cut off.');
});
