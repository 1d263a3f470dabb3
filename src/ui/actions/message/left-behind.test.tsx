import { beforeEach, expect, test, vi } from 'vitest';
import { currentRoute, navigate } from '../../stores/route.ts';
import { useToasts } from '../../stores/toasts.ts';
import { pageOf } from '../../testing/as-page.tsx';
import { Conversation } from '../../testing/conversations.ts';
import { perform } from '../action.ts';
import { newChatFromHere } from './fork.ts';
import { onMessages } from './on-message.ts';

const goTo = (id: string) => navigate({ kind: 'conversation', id });
const notice = () => useToasts.getState().toasts[0];
let answer: (made: { conversation: string }) => void;
const client = {
  copy: vi.fn(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  ),
};

beforeEach(() => {
  useToasts.setState({ toasts: [] });
  goTo('conversation-1');
});

function copy(): Promise<boolean> {
  const page = pageOf({ view: new Conversation().say('One').say('Two').view, client } as never);
  return perform(newChatFromHere, onMessages(page, ['message-2']), 'message-2');
}

test('a chat made from here opens, where one waited for it', async () => {
  const made = copy();
  navigate({ kind: 'conversation', id: 'conversation-1', message: 'message-1' });
  answer({ conversation: 'conversation-9' });
  expect(await made).toBe(true);
  expect(currentRoute()).toMatchObject({ id: 'conversation-9' });
  expect(notice()?.action).toBeUndefined();
});

test('who has gone elsewhere meanwhile stays there, and is offered it', async () => {
  const made = copy();
  goTo('conversation-2');
  answer({ conversation: 'conversation-9' });
  expect(await made).toBe(true);
  expect(currentRoute()).toMatchObject({ id: 'conversation-2' });
  expect(notice()).toMatchObject({ text: 'New chat created from this point', action: { name: 'Open' } });
  notice()?.action?.run();
  expect(currentRoute()).toMatchObject({ id: 'conversation-9' });
});
