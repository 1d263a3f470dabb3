import { expect, test, vi } from 'vitest';
import type { Actions } from '../../../client/types.ts';
import type { OpenPage } from '../../stores/page.ts';
import { Conversation, model } from '../thread/testing/conversations.ts';
import { messageActions } from './message-actions.tsx';

const big = { source: 'local', id: 'big' };
const huge = { source: 'local', id: 'huge' };
const regenerate = vi.fn(async (_input: unknown) => ({ reply: 'reply-1' }));

function asks(page: Partial<OpenPage>, message = 'message-2') {
  const { view } = new Conversation().say('One').say('Two').say('Three').say('Four');
  const scene = { show: vi.fn(), readOnly: false, model: big, chosen: undefined, view, ...page } as never;
  const actions = { regenerate } as never as Actions;
  messageActions({ page: scene, actions, messages: [message] })
    .find(({ id }) => id === 'regenerate')
    ?.run();
  return regenerate.mock.lastCall?.[0];
}

test('"Regenerate" in the menu asks who wrote the reply, as the button does (decision 0074)', () => {
  expect(asks({})).toEqual({ conversation: 'conversation-1', parent: 'message-1', model });
  expect(asks({}, 'message-1')).toMatchObject({ parent: 'message-1', model });
});

test('or whom one chose since the last reply (decision 0067)', () => {
  expect(asks({ chosen: huge })).toMatchObject({ parent: 'message-1', model: huge });
});
