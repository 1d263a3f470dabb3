import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Part } from '../../../protocol/index.ts';
import { useAnnouncements } from '../../stores/announce.ts';
import { Conversation, text } from '../../testing/conversations.ts';
import { client } from '../../testing/fake-client.ts';
import { ReplyAnnouncer } from './reply-announcer.tsx';

vi.mock('../../../client/hooks/index.ts', async () => (await import('../../testing/fake-client.ts')).hooks);

const failed = {
  reason: 'failed',
  at: 9,
  failure: { code: 'key', sentence: 'The key was refused.' },
} as const;
const complete = { reason: 'complete', at: 9 } as const;
const said = (how: 'polite' | 'alert') => useAnnouncements.getState()[how];

function open(conversation: Conversation) {
  const { rerender, unmount } = render(<ReplyAnnouncer view={conversation.view} />);
  return {
    unmount,
    update: (next: Conversation) => rerender(<ReplyAnnouncer view={next.view} />),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  client.forget();
  const silence = { text: '', n: 0 };
  useAnnouncements.setState({ polite: silence, alert: silence });
});
afterEach(() => vi.useRealTimers());

test('a reply is announced at its beginning and its end, never its words', () => {
  open(new Conversation().say('a').reply());
  expect(said('polite').text).toBe('Replying');
  act(() => client.say('reply-1', text('Two words')));
  expect(said('polite').text).toBe('Replying');
  act(() => client.say('reply-1', text('Two words'), complete));
  expect(said('polite').text).toBe('Reply finished, 2 words');
});

test('a failure is an alert, once, and nothing goes on any more', () => {
  const { update } = open(new Conversation().say('a').reply());
  act(() => client.say('reply-1', [], failed));
  expect(said('alert').text).toBe('The key was refused.');
  expect(said('polite').text).toBe('');
  const { n } = said('alert');
  update(new Conversation().say('a').reply('reply-1', failed));
  act(() => void vi.runAllTimers());
  expect(said('alert').n).toBe(n);
});

test('a failure before the page could follow the reply is said', () => {
  const { update } = open(new Conversation().pending('a', 'sending'));
  update(new Conversation().say('a', { id: 'pending-0' }).reply('reply-of-it', failed));
  expect(said('alert').text).toBe('The key was refused.');
});

const wholeAfter = (parts: readonly Part[]) => {
  const end = new Conversation().say('a').say('b').say('c').reply('reply-of-it', complete);
  end.say(parts, { id: 'reply-of-it', role: 'assistant', aside: true });
  const message = end.messages.get('reply-of-it');
  return { end, keep: () => message && client.load(message) };
};

test.each([
  ['its words', text(`Words ${'and more '.repeat(60)}`), 'Reply finished, 121 words'],
  [
    'no names of tools',
    [{ kind: 'tool', id: 't', name: 'get weather', state: 'done' }] as never,
    'Reply finished, without words',
  ],
])('a reply that was never followed is said, with %s', async (_, parts, says) => {
  const { update } = open(new Conversation().say('a').say('b').pending('c', 'sending'));
  const { end, keep } = wholeAfter(parts);
  keep();
  act(() => update(end));
  await vi.advanceTimersByTimeAsync(0);
  expect(said('polite').text).toBe(says);
});

test('one that cannot be read now is said without a number', async () => {
  const { update } = open(new Conversation().say('a').say('b').pending('c', 'sending'));
  act(() => update(wholeAfter(text('Three short words')).end));
  await vi.advanceTimersByTimeAsync(0);
  expect(said('polite').text).toBe('Reply finished');
});

test('what ended before it was opened is not news, also where an own message waits', () => {
  open(new Conversation().say('a').reply('reply-1', failed));
  const { update } = open(new Conversation().pending('c', 'waiting'));
  update(new Conversation().say('a').reply('reply-1', failed));
  act(() => void vi.runAllTimers());
  expect(said('alert').text).toBe('');
  expect(said('polite').text).toBe('');
});

test('the same failure again is said again, the first taken back when something is sent', () => {
  const before = () => new Conversation().say('a').say('b');
  const { update } = open(before());
  update(before().say('c').reply('reply-1', failed));
  expect(said('alert').text).toBe('The key was refused.');
  update(before().say('c').pending('d', 'sending'));
  expect(said('alert').text).toBe('');
  const { n } = said('alert');
  update(before().say('c').say('d', { role: 'user' }).reply('reply-of-it', failed));
  expect(said('alert')).toEqual({ text: 'The key was refused.', n: n + 1 });
});

test('asking for another reply takes back what failed', () => {
  const { update } = open(new Conversation().say('a').reply());
  act(() => client.say('reply-1', [], failed));
  update(new Conversation().say('a').reply('reply-2'));
  expect(said('alert').text).toBe('');
  expect(said('polite').text).toBe('Replying');
});

test('nothing is left of it in another conversation', () => {
  const first = open(new Conversation().say('a').reply());
  act(() => client.say('reply-1', [], failed));
  first.unmount();
  expect(said('alert').text).toBe('');
  const second = open(new Conversation().say('a').reply('reply-2'));
  second.update(new Conversation().say('a').reply('reply-2', complete));
  second.unmount();
  act(() => void vi.runAllTimers());
  expect(said('polite').text).toBe('');
});
