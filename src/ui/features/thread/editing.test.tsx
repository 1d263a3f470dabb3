import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { undoOfTab } from '../../stores/undo.ts';
import { editKey, giveBackFiles } from '../../stores/writing/attachments.ts';
import { forgetEdits } from '../../stores/writing/edits.ts';
import { AsPage } from '../../testing/as-page.tsx';
import { Conversation } from '../../testing/conversations.ts';
import { actions, client } from '../../testing/fake-client.ts';
import { fakeLayout } from '../../testing/layout.ts';
import { Thread } from './thread.tsx';

vi.mock('../../../client/hooks/index.ts', async () => (await import('../../testing/fake-client.ts')).hooks);

const model = { source: 'local', id: 'big' };
const onMade = vi.fn();
const onJump = vi.fn();
const user = userEvent.setup();

function show(conversation: Conversation, asked = model) {
  for (const message of conversation.messages.values()) client.load(message);
  const { view } = conversation;
  return render(
    <AsPage view={view} model={asked} client={actions} made={onMade}>
      <Thread view={view} onMade={onMade} onJump={onJump} />
    </AsPage>,
  );
}

const four = () => new Conversation().say('One').say('Two').say('Three').say('Four');
const article = (name: string) => screen.getByRole('article', { name });
const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Edit message' });
const open = (name: string) => user.click(within(article(name)).getByRole('button', { name: 'Edit' }));

beforeAll(async () => {
  await import('../markdown/later.ts');
});
beforeEach(() => {
  fakeLayout();
  client.forget();
  onMade.mockClear();
  onJump.mockClear();
  forgetEdits();
});
afterEach(() => vi.restoreAllMocks());

test('the box has the words and the focus, and says what saving will do', async () => {
  show(four());
  await open('You, message 1');
  expect(box().value).toBe('One');
  expect(document.activeElement).toBe(box());
  expect(article('You, message 1').textContent).toContain(
    'Saves as version 2. Version 1 keeps its 3 messages',
  );
});

test('"Save only" makes a version without a reply and goes there', async () => {
  show(four());
  await open('You, message 1');
  await user.type(box(), ' more');
  await user.click(screen.getByRole('button', { name: 'Save only' }));
  expect(actions.edit).toHaveBeenCalledExactlyOnceWith({
    conversation: 'conversation-1',
    of: 'message-1',
    text: 'One more',
    model,
  });
  expect(onMade).toHaveBeenCalledWith('version-new-1', null);
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('Ctrl+Enter saves and asks for a reply; for a reply it only saves', async () => {
  show(four());
  await open('You, message 3');
  await user.type(box(), '!{Control>}{Enter}{/Control}');
  expect(actions.edit).toHaveBeenLastCalledWith(expect.objectContaining({ of: 'message-3', reply: true }));
  await open('Assistant, message 2');
  expect(screen.queryByRole('button', { name: 'Save & send' })).toBeNull();
  await user.type(box(), '!{Control>}{Enter}{/Control}');
  expect(actions.edit.mock.lastCall?.[0]).not.toHaveProperty('reply');
});

test('what is not changed says so and makes no version', async () => {
  show(four());
  await open('You, message 1');
  await user.click(screen.getByRole('button', { name: 'Save & send' }));
  expect(actions.edit).not.toHaveBeenCalled();
  expect(article('You, message 1').textContent).toContain('Nothing changed');
  expect(box().value).toBe('One');
});

test('an image too large for the model is said before a reply is asked for; saved alone it is no matter', async () => {
  const large = { kind: 'file', hash: 'h', name: 'scan.png', type: 'image/png', size: 4_500_000 } as const;
  show(four(), { source: 'local', id: 'narrow' });
  await open('You, message 1');
  act(() => giveBackFiles(editKey('message-1'), [large]));
  await user.click(screen.getByRole('button', { name: 'Save & send' }));
  expect(actions.edit).not.toHaveBeenCalled();
  expect(article('You, message 1').textContent).toContain('Narrow takes at most 4 MB per image');
  await user.click(screen.getByRole('button', { name: 'Save only' }));
  expect(actions.edit).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ files: [large] }));
});

test('what is refused stays in the box with the sentence', async () => {
  show(four());
  actions.edit.mockImplementationOnce(() => {
    throw new Error('The message to edit is not here any more.');
  });
  await open('You, message 1');
  await user.type(box(), '!');
  await user.click(screen.getByRole('button', { name: 'Save only' }));
  expect(article('You, message 1').textContent).toContain('not here any more');
  expect(box().value).toBe('One!');
});

test('Esc closes, the focus goes back, and the changes can be had back', async () => {
  show(four());
  act(() => article('You, message 3').focus());
  await user.keyboard('e');
  await user.keyboard('!{Escape}');
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(document.activeElement).toBe(article('You, message 3'));
  act(() => void undoOfTab(0, 'conversation-1'));
  expect(box().value).toBe('Three!');
});

test('an edit is there again when one comes back', async () => {
  const { unmount } = show(four());
  await open('You, message 1');
  await user.type(box(), ' more');
  unmount();
  show(four());
  expect(box().value).toBe('One more');
});

test('a version the server refuses goes back to the editor', async () => {
  const conversation = new Conversation()
    .say('One')
    .say('Two')
    .pending('Three', 'refused', 'No.', 'message-1');
  const [, , entry] = conversation.view.path;
  if (entry?.kind === 'pending') actions.discardSend.mockReturnValueOnce(entry.pending);
  show(conversation);
  await user.click(screen.getByRole('button', { name: 'Back to the editor' }));
  expect(box().value).toBe('Three');
  expect(onJump).toHaveBeenCalledWith('message-1');
});

test('a reply in a person’s words is badged, not one that is being written editable', () => {
  show(
    new Conversation()
      .say('One')
      .say('Two', { author: { kind: 'user' }, origin: { kind: 'edit', of: 'gone' } })
      .say('Three')
      .reply(),
  );
  expect(article('Assistant, message 2').textContent).toContain('edited by you');
  expect(within(article('Assistant, message 4')).queryByRole('button', { name: 'Edit' })).toBeNull();
});

test('[ and ] go to the fork above and below, R asks again', async () => {
  show(
    new Conversation()
      .say('One')
      .say('Two')
      .say('Two again', { role: 'assistant', parent: 'message-1', aside: true })
      .say('Three', { parent: 'message-2' })
      .say('Four'),
  );
  act(() => article('Assistant, message 4').focus());
  await user.keyboard('[[');
  expect(document.activeElement).toBe(article('Assistant, message 2'));
  act(() => article('You, message 1').focus());
  await user.keyboard(']');
  expect(document.activeElement).toBe(article('Assistant, message 2'));
  await user.keyboard('r');
  expect(actions.regenerate).toHaveBeenCalledWith(expect.objectContaining({ parent: 'message-1' }));
});
