import { afterEach, expect, test, vi } from 'vitest';
import type { Message } from '../../../protocol/index.ts';
import { useDialogs } from '../../stores/dialogs.ts';
import { useToasts } from '../../stores/toasts.ts';
import { forgetQuotes, quotesFor, setQuotes } from '../../stores/writing/quotes.ts';
import { pageOf } from '../../testing/as-page.tsx';
import { Conversation } from '../../testing/conversations.ts';
import { perform, possibleFor } from '../action.ts';
import { quote, quoteInto } from './bringing.ts';
import { type OnMessage, onMessages } from './on-message.ts';

const said = (...texts: string[]) =>
  ({ parts: texts.map((text) => ({ kind: 'text', text })) }) as unknown as Message;
const client = { read: vi.fn(async (_: string, id: string) => said(`words of ${id}`)) };
const conversation = () => new Conversation().say('One').say('Two').say('Three').say('Four');
const on = (messages: readonly string[], given: Partial<OnMessage> = {}): OnMessage => {
  const page = pageOf({ view: conversation().view, client } as never);
  return { ...onMessages(page, messages), ...given };
};
const CHAT = 'conversation-1';

afterEach(() => {
  localStorage.clear();
  forgetQuotes();
  useToasts.setState({ toasts: [] });
  useDialogs.setState({ dialog: undefined });
});

test('"Quote" puts the whole message into the message box, with who said it, over a reload', async () => {
  await perform(quote, on(['message-2']), 'message-2');
  forgetQuotes();
  expect(quotesFor(CHAT)).toMatchObject([
    {
      of: { conversation: CHAT, message: 'message-2' },
      author: { kind: 'model' },
      text: 'words of message-2',
    },
  ]);
});

test('or the words of it that are selected, also while the rest still comes', async () => {
  await perform(quote, on(['message-2'], { words: 'of mess' }), 'message-2');
  expect(quotesFor(CHAT).map(({ text }) => text)).toEqual(['of mess']);
  expect(client.read).not.toHaveBeenCalledWith(CHAT, 'message-9');
});

test('the same words are not there twice, and no more than ten', async () => {
  for (const _ of [1, 2]) await perform(quote, on(['message-2']), 'message-2');
  expect(quotesFor(CHAT)).toHaveLength(1);
  const one = quotesFor(CHAT)[0];
  setQuotes(CHAT, Array.from({ length: 10 }, (_, n) => ({ ...one, text: `${n}` })) as never);
  expect(await perform(quote, on(['message-3']), 'message-3')).toBe(false);
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual([
    'A message can quote at most 10 others.',
  ]);
  expect(quotesFor(CHAT)).toHaveLength(10);
});

test('what is written beside an aside goes into its own box', async () => {
  await perform(quote, on(['message-2'], { draft: 'aside:message-2' }), 'message-2');
  expect(quotesFor('aside:message-2')).toHaveLength(1);
  expect(quotesFor(CHAT)).toEqual([]);
});

test('"Quote into…" asks for the chat, with the words in hand', async () => {
  await perform(quoteInto, on(['message-1', 'message-2']), 'both');
  expect(useDialogs.getState().dialog).toMatchObject({
    kind: 'quote-into',
    quotes: [{ text: 'words of message-1' }, { text: 'words of message-2' }],
  });
});

test('what has no words cannot be quoted, and says so', async () => {
  client.read.mockResolvedValueOnce(said(' '));
  expect(await perform(quote, on(['message-1']), 'message-1')).toBe(false);
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(['It has no words to quote.']);
  expect(possibleFor(quote, on(['message-9']))).toBe(false);
});
