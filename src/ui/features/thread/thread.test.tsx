import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { useFolders } from '../../stores/browser/folders.ts';
import { ask } from '../../stores/errands.ts';
import { draftOf, setDraft } from '../../stores/writing/drafts.ts';
import { AsPage } from '../../testing/as-page.tsx';
import { Conversation, text } from '../../testing/conversations.ts';
import { actions, client, renders } from '../../testing/fake-client.ts';
import { fakeLayout } from '../../testing/layout.ts';
import { forgetPaths } from './list/use-shortening.ts';
import { Thread } from './thread.tsx';

vi.mock('../../../client/hooks/index.ts', async () => (await import('../../testing/fake-client.ts')).hooks);

const composer = { source: 'local', id: 'big' };
const onMade = vi.fn();
const onJump = vi.fn();
const user = userEvent.setup();

function show(conversation: Conversation, { loaded = true } = {}) {
  if (loaded) for (const message of conversation.messages.values()) client.load(message);
  const thread = (said: Conversation) => (
    <AsPage view={said.view} model={composer} client={actions} made={onMade}>
      <Thread view={said.view} onMade={onMade} onJump={onJump} />
    </AsPage>
  );
  const { rerender, ...rest } = render(thread(conversation));
  return { ...rest, update: (said: Conversation) => rerender(thread(said)) };
}

const article = (name: string) => screen.getByRole('article', { name });

beforeAll(async () => {
  await import('../markdown/later.ts');
});

beforeEach(() => {
  fakeLayout();
  client.forget();
  forgetPaths();
  onMade.mockClear();
  onJump.mockClear();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the thread', () => {
  test('is a log that announces nothing by itself', () => {
    show(new Conversation().say('Hello'));
    const log = screen.getByRole('log', { name: 'Messages' });
    expect(log.getAttribute('aria-live')).toBe('off');
  });

  test('shows messages as articles with names, positions and text', async () => {
    show(
      new Conversation()
        .say('Be brief', { role: 'system' })
        .say('Hel\nlo', { role: 'user' })
        .say('*Hi*', { role: 'assistant' }),
    );
    expect(article('You, message 1').textContent).toContain('Hel\nlo');
    await waitFor(() => expect(article('Assistant, message 2').querySelector('em')?.textContent).toBe('Hi'));
    expect(screen.getAllByRole('article')).toHaveLength(2);
    expect(screen.getByText(/^System prompt:/)).toBeTruthy();
  });

  test('mounts a window of thousands of messages', () => {
    const long = new Conversation();
    for (let i = 0; i < 5_000; i += 1) long.say(`Message ${i}`);
    const { container } = show(long);
    expect(screen.getAllByRole('article').length).toBeLessThan(40);
    expect(container.querySelectorAll('*').length).toBeLessThan(900);
  });

  test('a message that is not loaded shows its first words, and a failure to load says so', () => {
    const conversation = new Conversation().say('Hello').say('The first words of a reply');
    show(conversation, { loaded: false });
    const reply = article('Assistant, message 2');
    expect(reply.querySelector('[aria-busy]')?.textContent).toContain('The first words of a reply');
    act(() => client.fail('message-2', 'Bough could not be reached.'));
    expect(reply.textContent).toContain('Bough could not be reached.');
    for (const message of conversation.messages.values()) act(() => client.load(message));
    expect(reply.querySelector('[aria-busy]')).toBeNull();
  });

  test('messages that are not kept without a network keep their first words, and one sentence says so', () => {
    const conversation = new Conversation();
    for (let i = 1; i <= 6; i += 1) conversation.say(`Words ${i}`);
    show(conversation, { loaded: false });
    const [, , , , fifth, sixth] = [...conversation.messages.values()];
    act(() => {
      for (let i = 1; i <= 4; i += 1) client.miss(`message-${i}`);
      for (const message of [fifth, sixth]) if (message) client.load(message);
    });
    expect(screen.queryByText(/could not be reached/)).toBeNull();
    const said = screen.getByText(/^Older messages were not kept in this browser/);
    expect(article('Assistant, message 4').contains(said)).toBe(true);
    expect(article('You, message 1').textContent).toContain('Words 1');
    act(() => {
      for (const message of conversation.messages.values()) client.load(message);
      for (let i = 3; i <= 6; i += 1) client.miss(`message-${i}`);
    });
    const later = screen.getByText(/^These messages were not kept in this browser/);
    expect(article('You, message 3').contains(later)).toBe(true);
    expect(screen.queryByText(/^Older messages/)).toBeNull();
  });

  test('a reply of which only the beginning is kept shows that, and that it goes on', () => {
    const conversation = new Conversation().say('Hello').say('The first words of a reply');
    show(conversation, { loaded: false });
    act(() => {
      client.say('message-2', [{ kind: 'text', text: 'The first words of a reply, and some more' }]);
      client.miss('message-2');
    });
    const reply = article('Assistant, message 2');
    expect(reply.textContent).toContain('and some more');
    expect(within(reply).getByText(/^As far as it was kept in this browser/)).toBeTruthy();
    expect(within(reply).queryByRole('button', { name: 'Edit' })).toBeNull();
  });

  test.each(['user', 'assistant'] as const)(
    'the way to its versions is there before a message (%s) is loaded, and keeps the focus when it is',
    async (role) => {
      const versions = new Conversation()
        .say('a', { id: 'question' })
        .say('b', { id: 'answer' })
        .say('first', { id: 'first', role, parent: role === 'user' ? 'answer' : 'question', aside: true })
        .say('second', { id: 'second', role, parent: role === 'user' ? 'answer' : 'question' });
      show(versions, { loaded: false });
      const shown = screen.getAllByRole('article').at(-1) as HTMLElement;
      const previous = within(shown).getByRole('button', { name: 'Previous version' });
      shown.focus();
      await user.tab();
      expect(document.activeElement).toBe(previous);
      expect(within(shown).queryByRole('button', { name: 'Copy' })).toBeNull();
      for (const message of versions.messages.values()) act(() => client.load(message));
      expect(await within(shown).findByRole('button', { name: 'Copy' })).toBeTruthy();
      expect(document.activeElement).toBe(previous);
    },
  );

  test('long words of one’s own are folded until asked for', async () => {
    show(new Conversation().say(Array.from({ length: 30 }, (_, i) => `Line ${i}`).join('\n')).say('Short'));
    const more = screen.getByRole('button', { name: 'Show more' });
    await user.click(more);
    expect(screen.getByRole('button', { name: 'Show less' }).getAttribute('aria-expanded')).toBe('true');
  });
});

describe('a reply', () => {
  test('says who wrote it and what it cost; the demo is badged', () => {
    const demo = { kind: 'model', model: composer, name: 'Demo (not an AI)', demo: true } as const;
    show(
      new Conversation()
        .say('a')
        .say('b', { usage: { input: 1204, output: 56 } })
        .say('c')
        .say('d', { author: demo }),
    );
    expect(article('Assistant, message 2').textContent).toContain('Small');
    expect(article('Assistant, message 2').textContent).toContain('1,204 tokens in, 56 out');
    expect(article('Assistant, message 4').textContent).toContain('Demo · not an AI');
  });

  test('folds its reasoning and its tools', async () => {
    const tool = {
      kind: 'tool',
      call: 'c',
      name: 'count',
      input: '{"of":"words"}',
      output: '{"words":3}',
    } as const;
    show(
      new Conversation()
        .say('a')
        .say([{ kind: 'reasoning', text: 'Hm, let me see.' }, tool, ...text('Three.')]),
    );
    const reply = article('Assistant, message 2');
    expect(reply.textContent).not.toContain('Hm, let me see.');
    await user.click(within(reply).getByRole('button', { name: 'Thought' }));
    expect(reply.textContent).toContain('Hm, let me see.');
    await user.click(within(reply).getByRole('button', { name: 'Used count' }));
    expect(reply.textContent).toContain('"of": "words"');
    expect(reply.textContent).toContain('"words": 3');
  });

  test('that only thought shows its thoughts, which can be kept as the answer', async () => {
    const failure = { code: 'only-thoughts', sentence: 'The model only thought and gave no answer.' };
    const thoughts = [{ kind: 'reasoning', text: 'It must be **three**.' }] as const;
    show(new Conversation().say('a').say(thoughts, { finish: { reason: 'failed', at: 9, failure } }));
    const reply = article('Assistant, message 2');
    await waitFor(() => expect(reply.textContent).toContain('It must be three.'));
    expect(within(reply).getByText(failure.sentence)).toBeTruthy();
    await user.click(within(reply).getByRole('button', { name: 'Thought' }));
    expect(reply.textContent).not.toContain('It must be three.');
    await user.click(within(reply).getByRole('button', { name: 'Keep as the answer' }));
    expect(actions.edit).toHaveBeenLastCalledWith(
      expect.objectContaining({
        conversation: 'conversation-1',
        of: 'message-2',
        text: 'It must be **three**.',
      }),
    );
  });

  test('is copied as it was written', async () => {
    show(new Conversation().say('a').say('Some **bold** words'));
    await user.click(within(article('Assistant, message 2')).getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toBe('Some **bold** words');
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
  });

  test('can be had again, by the model that wrote it', async () => {
    show(new Conversation().say('a').say('b').say('c').say('d'));
    const regenerate = within(article('Assistant, message 2')).getByRole('button', { name: 'Regenerate' });
    expect(regenerate.dataset.tip).toBe('Writes version 2 with small. Version 1 keeps its 2 messages');
    await user.click(regenerate);
    const asked = {
      conversation: 'conversation-1',
      parent: 'message-1',
      replies: [{ id: expect.any(String), model: { source: 'local', id: 'small' } }],
    };
    expect(actions.regenerate).toHaveBeenCalledExactlyOnceWith(asked);
    await waitFor(() => expect(onMade).toHaveBeenCalledWith('reply-new-1', 'message-1'));
    expect(within(article('You, message 1')).queryByRole('button', { name: 'Regenerate' })).toBeNull();
  });
});

describe('a reply being written', () => {
  test('waits, thinks, speaks and ends, in one article that stays the same', async () => {
    const asked = new Conversation().say('a').reply();
    const { update } = show(asked);
    const reply = article('Assistant, message 2');
    expect(within(reply).getByRole('img', { name: 'Replying' })).toBeTruthy();
    expect(within(reply).queryByRole('button')).toBeNull();

    act(() => client.say('reply-1', [{ kind: 'reasoning', text: 'Hm' }]));
    expect(within(reply).getByRole('button', { name: 'Thinking…' })).toBeTruthy();

    act(() => client.say('reply-1', [{ kind: 'reasoning', text: 'Hm' }, ...text('It is')]));
    const words = await within(reply).findByText('It is');
    act(() => client.say('reply-1', [{ kind: 'reasoning', text: 'Hm' }, ...text('It is **so**')]));
    expect(within(reply).getByRole('button', { name: /^Thought/ })).toBeTruthy();
    expect(within(reply).queryByRole('button', { name: 'Copy' })).toBeNull();

    const end = { reason: 'complete', at: 9 } as const;
    const done = new Conversation().say('a').say('It is **so**.', { id: 'reply-1' });
    update(done);
    // Formatted as the page has time for it.
    await waitFor(() => expect(reply.textContent).toContain('It is so'));
    act(() => client.say('reply-1', [{ kind: 'reasoning', text: 'Hm' }, ...text('It is **so**.')], end));
    expect(reply.isConnected).toBe(true);
    expect(words.isConnected).toBe(true);
    expect(reply.textContent).toContain('It is so.');
    expect(within(reply).getByRole('button', { name: 'Copy' })).toBeTruthy();
  });

  test('offers nothing once its log has ended, until the outline has it too', async () => {
    const failure = { code: 'only-thoughts', sentence: 'The model only thought and gave no answer.' };
    const finish = { reason: 'failed', at: 9, failure } as const;
    const thoughts = [{ kind: 'reasoning', text: 'Three, I think.' }] as const;
    const { update } = show(new Conversation().say('a').reply());
    const reply = article('Assistant, message 2');
    act(() => client.say('reply-1', thoughts, finish));
    await waitFor(() => expect(reply.textContent).toContain('Three, I think.'));
    const offered = () => within(reply).queryByRole('button', { name: /Keep as|Try again|Copy|More/ });
    expect(offered()).toBeNull();
    update(new Conversation().say('a').say(thoughts, { id: 'reply-1', finish }));
    await user.click(within(reply).getByRole('button', { name: 'Keep as the answer' }));
    expect(actions.edit).toHaveBeenLastCalledWith(expect.objectContaining({ of: 'reply-1' }));
  });

  test('renders no other row while it grows', async () => {
    show(new Conversation().say('a').say('b').say('c').reply());
    const before = new Map(renders);
    for (let i = 0; i < 20; i += 1) act(() => client.say('reply-1', text('word '.repeat(i + 1))));
    const whole = 'word '.repeat(20).trim();
    await waitFor(() => expect(article('Assistant, message 4').textContent).toContain(whole));
    expect(renders).toEqual(before);
  });

  test('whose log broke off is shown from its branch', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { update } = show(new Conversation().say('a').reply());
    act(() => client.say('reply-1', text('Half a')));
    const done = new Conversation().say('a').say('Half a sentence', { id: 'reply-1' });
    client.load(done.messages.get('reply-1') as NonNullable<ReturnType<typeof done.messages.get>>);
    update(done);
    act(() => vi.advanceTimersByTime(1_100));
    expect(article('Assistant, message 2').textContent).toContain('Half a sentence');
  });
});

describe('another reply', () => {
  const asked = () => new Conversation().say('a', { id: 'question' }).say('b', { id: 'first' });
  const again = () =>
    new Conversation()
      .say('a', { id: 'question' })
      .say('b', { id: 'first', role: 'assistant', parent: 'question', aside: true })
      .reply('reply-new-1');

  test('takes the focus when it comes, and says which version it is while it is written', async () => {
    const { update } = show(asked());
    await user.click(screen.getByRole('button', { name: 'Regenerate' }));
    await waitFor(() => expect(onMade).toHaveBeenCalledWith('reply-new-1', 'question'));
    update(again());
    expect(document.activeElement).toBe(article('Assistant, message 2'));
    expect(screen.getByRole('group', { name: 'Versions' }).textContent).toBe('2 / 2');
  });

  test('does not take it from somebody who went on elsewhere', async () => {
    const { update } = show(asked());
    const box = document.body.appendChild(document.createElement('input'));
    await user.click(screen.getByRole('button', { name: 'Regenerate' }));
    await waitFor(() => expect(onMade).toHaveBeenCalledWith('reply-new-1', 'question'));
    box.focus();
    update(again());
    expect(document.activeElement).toBe(box);
    box.remove();
  });
});

describe('endings', () => {
  const failure = { code: 'busy', sentence: 'Too many requests.' };

  test.each([
    ['Stopped', { reason: 'stopped', at: 1 }],
    ['Interrupted: Bough stopped before this finished', { reason: 'interrupted', at: 1 }],
    ['Too many requests.', { reason: 'failed', at: 1, failure }],
    ["Cut off at the model's length limit", { reason: 'complete', at: 1, length: true }],
  ] as const)('%s, with its words and "Try again"', async (sentence, finish) => {
    show(new Conversation().say('a').say('Some words', { finish }));
    const reply = article('Assistant, message 2');
    expect(reply.textContent).toContain('Some words');
    expect(within(reply).getByText(sentence)).toBeTruthy();
    await user.click(within(reply).getByRole('button', { name: 'Try again' }));
    expect(actions.regenerate).toHaveBeenCalledOnce();
    expect(within(reply).queryByRole('button', { name: 'Regenerate' })).toBeNull();
  });

  test('before the first word: the same without text, tried again in its place', async () => {
    show(new Conversation().say('a').reply('reply-1', { reason: 'failed', at: 1, failure }));
    const reply = article('Assistant, message 2');
    const again = within(reply).getByRole('button', { name: 'Try again' });
    expect(reply.textContent).toContain('Too many requests.');
    expect(again.dataset.tip).toBe('Asks small for this reply again');
    await user.click(again);
    expect(actions.regenerate.mock.lastCall?.[0]).toMatchObject({ parent: 'message-1' });
  });

  test('before the first word, where the conversation went on: a note under what was asked', async () => {
    const failed = { reason: 'failed', at: 1, failure } as const;
    const went = new Conversation().say('a').reply('reply-1', failed, { aside: true });
    show(went.say('b', { role: 'user' }).say('c', { role: 'assistant' }));
    const asked = article('You, message 1');
    expect(asked.textContent).toContain('No reply: Too many requests.');
    const again = within(asked).getByRole('button', { name: 'Try again' });
    expect(again.dataset.tip).toBe('Starts a branch with a reply. This one keeps its 2 messages');
    await user.click(again);
    expect(actions.regenerate.mock.lastCall?.[0]).toMatchObject({
      parent: 'message-1',
      replies: [{ model: { source: 'local', id: 'small' } }],
    });
    expect(article('You, message 2').textContent).not.toContain('No reply');
  });

  test('the time to wait is counted down', () => {
    vi.useFakeTimers();
    const retryAfter = Date.now() + 3_000;
    const finish = { reason: 'failed', at: 1, failure: { ...failure, retryAfter } } as const;
    show(new Conversation().say('a').say('b', { finish }));
    const reply = article('Assistant, message 2');
    expect(reply.textContent).toContain('Wait 3 s');
    act(() => vi.advanceTimersByTime(1_001));
    expect(reply.textContent).toContain('Wait 2 s');
    act(() => vi.advanceTimersByTime(1_001));
    act(() => vi.advanceTimersByTime(1_001));
    expect(reply.textContent).not.toContain('Wait');
  });
});

describe('a message on its way', () => {
  test('says so only when it takes long', () => {
    vi.useFakeTimers();
    show(new Conversation().pending('Hello', 'sending'));
    expect(article('You, message 1').textContent).toBe('Hello');
    act(() => vi.advanceTimersByTime(500));
    expect(article('You, message 1').textContent).toContain('Sending…');
    expect(article('You, message 1').textContent).not.toContain('slowly');
    act(() => vi.advanceTimersByTime(5_000));
    expect(article('You, message 1').textContent).toContain('is slow to answer. Nothing is lost.');
  });

  test('says that it waits for the connection', () => {
    show(new Conversation().pending('Hello', 'waiting'));
    expect(article('You, message 1').textContent).toContain('Waiting for the connection');
  });

  test('says what it waits for where somebody can do something about it, and that it is kept', () => {
    show(new Conversation().pending('Hello', 'waiting', 'The disk is full.'));
    const { textContent } = article('You, message 1');
    expect(textContent).toContain('The disk is full. This message is kept, and sent as soon as possible.');
  });

  test('is what the next message follows, but where it was refused', () => {
    const said = new Conversation().say('Where to?').say('Lisbon.');
    const { update } = show(said);
    const mark = () => screen.queryByText('Your next message goes here');
    expect(mark()).toBeNull();
    update(said.pending('And when?', 'waiting'));
    expect(article('You, message 3').textContent).toContain('And when?');
    expect(mark()).toBeNull();
    update(new Conversation().say('Where to?').say('Lisbon.').pending('And when?', 'refused', 'No.'));
    expect(mark()).toBeTruthy();
  });

  test('follows the last message while another is edited: its editor says what becomes of that', async () => {
    const mark = () => screen.queryByText('Your next message goes here');
    show(new Conversation().say('Where to?').say('Lisbon.'));
    await user.click(within(article('You, message 1')).getByRole('button', { name: 'Edit' }));
    expect(screen.getByRole('textbox', { name: 'Edit message' })).toBeTruthy();
    expect(mark()).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
  });

  test('that waits goes back to the composer; it is no failure', async () => {
    const conversation = new Conversation().pending('Not yet', 'waiting');
    show(conversation);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    const [entry] = conversation.view.path;
    if (entry?.kind === 'pending') actions.discardSend.mockReturnValueOnce(entry.pending);
    await user.click(screen.getByRole('button', { name: 'Back to the message box' }));
    expect(actions.discardSend).toHaveBeenCalledWith('pending-0');
    expect(draftOf('conversation-1')).toBe('Not yet');
  });

  test('in a folder that is not there takes that folder from those that are offered', () => {
    localStorage.setItem('bough:folders', '["/gone", "/here"]');
    useFolders.setState({ recent: ['/gone', '/here'] });
    const why = { code: 'no-folder', folder: '/gone' };
    show(new Conversation().pending('Hello', 'refused', 'There is no folder /gone.', undefined, why));
    expect(useFolders.getState().recent).toEqual(['/here']);
    expect(localStorage.getItem('bough:folders')).toBe('["/here"]');
  });

  test('that was refused says why, is tried again or goes back to the composer', async () => {
    act(() => setDraft('conversation-1', ''));
    const conversation = new Conversation().pending('Hello', 'refused', 'Unknown model.');
    show(conversation);
    expect(screen.getByRole('alert').textContent).toContain('Unknown model.');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(actions.retrySend).toHaveBeenCalledWith('pending-0', {});
    const [entry] = conversation.view.path;
    if (entry?.kind === 'pending') actions.discardSend.mockReturnValueOnce(entry.pending);
    await user.click(screen.getByRole('button', { name: 'Back to the message box' }));
    expect(actions.discardSend).toHaveBeenCalledWith('pending-0');
    expect(draftOf('conversation-1')).toBe('Hello');
  });
});

describe('a context that is too large', () => {
  const why = (fits: number) => ({ code: 'context-too-large', facts: { fits } });

  test('is chosen for: the oldest are left out, or another model is asked', async () => {
    show(new Conversation().pending('Hello', 'refused', 'Too large.', undefined, why(2)));
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Leave out the oldest' }));
    expect(actions.retrySend).toHaveBeenCalledWith('pending-0', { overflow: 'drop-oldest' });
    expect(screen.getByRole('button', { name: 'Another model' })).toBeTruthy();
  });

  test('cannot be helped by leaving out when one message is too large alone', () => {
    show(new Conversation().pending('Hello', 'refused', 'Too large.', undefined, why(0)));
    expect(screen.queryByRole('button', { name: 'Leave out the oldest' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Another model' })).toBeTruthy();
  });

  test('is said on the reply: how much of it was read', () => {
    const context = { window: 8_192, read: 3, of: 41 };
    show(new Conversation().say('Hello').say('Yes', { context }));
    expect(screen.getByText('read the last 3 of 41 messages')).toBeTruthy();
  });
});

describe('versions', () => {
  const versions = (shown: string) => {
    const conversation = new Conversation().say('a', { id: 'question' });
    for (const id of ['version-1', 'version-2', 'version-3']) {
      conversation.say(id, { id, role: 'assistant', parent: 'question', aside: id !== shown });
    }
    return conversation;
  };

  test('are absent when there is one', () => {
    show(new Conversation().say('a').say('b'));
    expect(screen.queryByRole('group', { name: 'Versions' })).toBeNull();
  });

  test('say which one this is and lead to the others, the focus with them', async () => {
    const { update } = show(versions('version-2'));
    const picker = screen.getByRole('group', { name: 'Versions' });
    expect(picker.textContent).toBe('2 / 3');
    expect(within(picker).getByRole('button', { name: 'Version 2 of 3' }).textContent).toBe('2 / 3');
    await user.click(within(picker).getByRole('button', { name: 'Next version' }));
    expect(onJump).toHaveBeenCalledWith('version-3');
    update(versions('version-3'));
    expect(screen.getByRole('group', { name: 'Versions' }).textContent).toBe('3 / 3');
    const next = screen.getByRole('button', { name: 'Next version' });
    expect(document.activeElement).toBe(next);
    expect(next.getAttribute('aria-disabled')).toBe('true');
  });

  test('left and right walk them from the message', async () => {
    const { update } = show(versions('version-2'));
    act(() => article('Assistant, message 2').focus());
    await user.keyboard('{ArrowLeft}');
    expect(onJump).toHaveBeenCalledWith('version-1');
    update(versions('version-1'));
    expect(document.activeElement).toBe(article('Assistant, message 2'));
    onMade.mockClear();
    onJump.mockClear();
    await user.keyboard('{ArrowLeft}');
    expect(onJump).not.toHaveBeenCalled();
  });
});

describe('keys', () => {
  const four = () => new Conversation().say('a').say('b').say('c').say('d');

  test('one message is in the tab order: the last, or the one that had the focus', async () => {
    show(four());
    const tabbable = () => screen.getAllByRole('article').filter((element) => element.tabIndex === 0);
    expect(tabbable()).toEqual([article('Assistant, message 4')]);
    act(() => article('You, message 3').focus());
    expect(tabbable()).toEqual([article('You, message 3')]);
    expect(within(article('You, message 3')).getByRole('button', { name: 'Copy' }).tabIndex).toBe(0);
    expect(within(article('You, message 1')).getByRole('button', { name: 'Copy' }).tabIndex).toBe(-1);
  });

  test('up and down move to the neighbours', async () => {
    show(four());
    act(() => article('You, message 3').focus());
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(article('Assistant, message 2'));
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(article('You, message 1'));
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(article('Assistant, message 2'));
  });

  test('act on the message only, not on what is inside, and not with other keys held', async () => {
    show(four());
    act(() => article('You, message 3').focus());
    await user.keyboard('{Control>}{ArrowUp}{/Control}');
    expect(document.activeElement).toBe(article('You, message 3'));
    const copy = within(article('You, message 3')).getByRole('button', { name: 'Copy' });
    act(() => copy.focus());
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(copy);
  });

  test('the message box can ask for the last message', () => {
    show(four());
    act(() => ask('last-message'));
    expect(document.activeElement).toBe(article('Assistant, message 4'));
  });
});

describe('the way back', () => {
  const two = (shown: 'one' | 'two') => {
    const said = new Conversation().say('a', { id: 'question' });
    for (const id of ['one', 'two'])
      said.say(id, { id, role: 'assistant', parent: 'question', aside: id !== shown });
    return said.say('more', { id: 'more', role: 'user', parent: 'one', aside: shown === 'two' });
  };

  test('a path that became shorter says where the rest is, and leads there', async () => {
    const { update } = show(two('one'));
    update(two('two'));
    expect(screen.getByText('1 message continues on version 1')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'View' }));
    expect(onJump).toHaveBeenCalledWith('one');
    update(two('one'));
    expect(screen.queryByText(/message continues/)).toBeNull();
  });

  test('the forks on the path are listed, each leads to its message', async () => {
    show(two('one'));
    await user.click(screen.getByRole('button', { name: 'Forks on this path' }));
    const menu = screen.getByRole('menu', { name: 'Forks on this path' });
    await user.click(within(menu).getByRole('menuitem', { name: /one 1 \/ 2/ }));
    expect(document.activeElement).toBe(article('Assistant, message 2'));
  });

  test('without forks there is no list', () => {
    show(new Conversation().say('a').say('b'));
    expect(screen.queryByRole('button', { name: 'Forks on this path' })).toBeNull();
  });

  test('a message saved without a reply can have one', async () => {
    show(new Conversation().say('a').say('b').say('c'));
    await user.click(screen.getByRole('button', { name: 'Ask for a reply' }));
    expect(actions.regenerate).toHaveBeenCalledWith(expect.objectContaining({ parent: 'message-3' }));
  });
});
