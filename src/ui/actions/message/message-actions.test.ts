import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ServerError } from '../../../client/kit/errors.ts';
import type { RegenerateInput } from '../../../client/types.ts';
import { useDialogs } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import { useToasts } from '../../stores/toasts.ts';
import { pageOf } from '../../testing/as-page.tsx';
import { Conversation, model } from '../../testing/conversations.ts';
import { nameFor, perform, possibleFor } from '../action.ts';
import { continueFromHere, continueReply } from './continue.ts';
import { edit, fork } from './fork.ts';
import { compare } from './going.ts';
import { star } from './marking.ts';
import { actionOfKey, MESSAGE_ACTIONS, shownActions } from './message-actions.ts';
import { onMessages } from './on-message.ts';
import { regenerate, stop } from './regenerate.ts';

const big = { source: 'local', id: 'big' };
const huge = { source: 'local', id: 'huge' };
const client = {
  regenerate: vi.fn(async (_input: unknown) => ({ reply: 'reply-1' })),
  mark: vi.fn(async () => {}),
};

const four = () => new Conversation().say('One').say('Two').say('Three').say('Four');
const page = (said: Conversation, given: Partial<OpenPage> = {}) =>
  pageOf({ view: said.view, client, model: big, ...given } as never);
const on = (said: Conversation, message: string, given: Partial<OpenPage> = {}) =>
  onMessages(page(said, given), [message]);

afterEach(() => {
  vi.clearAllMocks();
  useToasts.setState({ toasts: [] });
  useDialogs.setState({ dialog: undefined });
});

describe('every action', () => {
  test('has an id of its own and no key of another', () => {
    const ids = MESSAGE_ACTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = MESSAGE_ACTIONS.flatMap(({ keys = [] }) => keys.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('has a picture of its own: two of them stand beside each other without words', () => {
    const pictures = MESSAGE_ACTIONS.map(({ icon, id }) => ({ name: icon.displayName, id }));
    const twice = pictures.filter(({ name, id }) =>
      pictures.some((one) => one.name === name && one.id !== id),
    );
    expect(twice).toEqual([]);
    expect(pictures.every(({ name }) => name !== undefined)).toBe(true);
  });

  test('that changes something is nowhere for those who may only read', () => {
    const reading = on(four(), 'message-2', { readOnly: true });
    const shown = shownActions('menu', reading).map(({ id }) => id);
    expect(shown).toEqual(['go', 'details', 'link', 'fold', 'pick']);
  });

  test('says its name and its effect before anything is done', () => {
    const said = on(four(), 'message-2');
    expect(regenerate.says?.(said)).toBe('Writes version 2 with small. Version 1 keeps its 2 messages');
    expect(edit.says?.(said)).toBe('Edit: saves as version 2. Version 1 keeps its 2 messages');
    expect(fork.says?.(on(four(), 'message-4'))).toBe(
      'Fork from here: nothing follows yet, so just write on',
    );
    expect(nameFor(star, said)).toBe('Star');
  });
});

describe('"Regenerate"', () => {
  const asked = async (message: string, given: Partial<OpenPage> = {}) => {
    await perform(regenerate, on(four(), message, given), message);
    return client.regenerate.mock.lastCall?.[0];
  };

  test('asks who wrote the reply, from its prompt and from itself (decision 0074)', async () => {
    const replies = [{ id: expect.any(String), model }];
    const input = { conversation: 'conversation-1', parent: 'message-1', replies };
    expect(await asked('message-2')).toEqual(input);
    expect(await asked('message-1')).toEqual(input);
  });

  test('or whom one chose since the last reply (decision 0067)', async () => {
    expect(await asked('message-2', { chosen: huge })).toMatchObject({ replies: [{ model: huge }] });
  });

  test('is not asked twice at a time', async () => {
    const here = on(four(), 'message-2');
    const done = await Promise.all([1, 2].map(() => perform(regenerate, here, 'message-2')));
    expect(done).toEqual([true, false]);
    expect(client.regenerate).toHaveBeenCalledOnce();
  });

  test('several at a time: the view goes to the first', async () => {
    const made = vi.fn();
    await perform(regenerate, on(four(), 'message-2', { made }), 'message-2', 3);
    expect(client.regenerate).toHaveBeenCalledOnce();
    expect(client.regenerate.mock.lastCall?.[0]).toMatchObject({
      replies: [{ model }, { model }, { model }],
    });
    expect(made).toHaveBeenCalledExactlyOnceWith('reply-1', 'message-1');
  });

  test('waits while earlier messages are summarised, and asks for the same again; that can be cancelled', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const cause = new ServerError(503, 'summarising', 'Earlier messages are being summarised.');
    const later = () => Promise.reject(new Error(cause.message, { cause }));
    client.regenerate.mockImplementationOnce(later).mockImplementationOnce(later);
    const made = vi.fn();
    const done = perform(regenerate, on(four(), 'message-2', { made }), 'message-2');
    await vi.advanceTimersByTimeAsync(500);
    expect(useToasts.getState().toasts[0]?.text).toMatch(/^Earlier messages are being summarised first/);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await done).toBe(true);
    expect(made).toHaveBeenCalledExactlyOnceWith('reply-1', 'message-1');
    expect(useToasts.getState().toasts).toEqual([]);
    const ids = client.regenerate.mock.calls.map(([input]) => (input as RegenerateInput).replies[0]?.id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);

    client.regenerate.mockImplementationOnce(later);
    const given = perform(regenerate, on(four(), 'message-2', { made }), 'message-2');
    await vi.advanceTimersByTimeAsync(500);
    useToasts.getState().toasts[0]?.action?.run();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await given).toBe(true);
    expect(client.regenerate).toHaveBeenCalledTimes(4);
    expect(useToasts.getState().toasts).toEqual([]);
  });

  test('is there and says why it cannot be done, where nobody can be asked', async () => {
    const unanswered = on(new Conversation().say('One'), 'message-1', { model: undefined });
    expect(possibleFor(regenerate, unanswered)).toMatch(/^No model to answer/);
    expect(await perform(regenerate, unanswered, 'message-1')).toBe(false);
    expect(useToasts.getState().toasts[0]?.text).toMatch(/^No model to answer/);
    expect(client.regenerate).not.toHaveBeenCalled();
  });
});

test('a reply that is being written can be stopped, and says why nothing else can be made of it', () => {
  const writing = on(new Conversation().say('One').reply('reply-1'), 'reply-1');
  const ids = shownActions('menu', writing).map(({ id }) => id);
  expect(ids).toContain(stop.id);
  for (const action of [edit, regenerate, fork]) {
    expect(ids).toContain(action.id);
    expect(possibleFor(action, writing)).toMatch(/^It is still being written/);
  }
});

describe('what makes something of a message is disabled with the reason, not hidden', () => {
  const shownBy = (here: ReturnType<typeof on>) =>
    Object.fromEntries(shownActions('menu', here).map((action) => [action.id, possibleFor(action, here)]));
  const agent = { source: 'agents', id: 'Ada' };
  const author = { kind: 'model', model: agent, name: 'Ada' } as const;

  test('of an agent, which goes on from no words: asked for here, or chosen for the next', () => {
    const finish = { reason: 'stopped', at: 9 } as const;
    const said = new Conversation().say('One').say('Half of tw', { author, finish });
    for (const here of [on(said, 'message-2'), on(four(), 'message-2', { chosen: agent })])
      expect(possibleFor(continueFromHere, here)).toMatch(/^Ada is an agent and cannot go on from words/);
    expect(possibleFor(continueReply, on(said, 'message-2'))).toMatch(/^Ada is an agent/);
    expect(possibleFor(continueReply, on(said, 'message-2', { chosen: big }))).toBe(true);
    expect(possibleFor(continueReply, on(four(), 'message-2'))).toBe(false);
  });

  test('of a reply that ended before its first word, or was refused by its agent', () => {
    const end = { reason: 'failed', at: 9, failure: { code: 'cannot-go-back', sentence: 'No.' } } as const;
    const wordless = on(new Conversation().say('One').reply('reply-1', end), 'reply-1');
    const ended = 'It ended before its first word. Ask for the reply again.';
    expect(shownBy(wordless)).toMatchObject({
      ...{ edit: ended, fork: ended, aside: ended, 'new-chat-from-here': ended, regenerate: true },
      ...{ quote: 'It has no words to quote.', rewind: 'Nothing follows it.' },
    });
    const { tree } = wordless.page.view;
    const [generation] = [...tree.generations.values()];
    const generations = new Map([['reply-1', { ...generation, model: agent } as never]]);
    const refused = onMessages(
      { ...wordless.page, view: { ...wordless.page.view, tree: { ...tree, generations } } },
      ['reply-1'],
    );
    expect(shownBy(refused)).toMatchObject({ fork: expect.stringMatching(/^The agent refused/) });
  });

  test('of a message nobody answered yet', () => {
    const unanswered = on(new Conversation().say('One'), 'message-1');
    expect(possibleFor(fork, unanswered)).toBe('There is no reply to fork after yet. Ask for one first.');
  });
});

test('every action that makes or hides something names what comes of it', () => {
  const said = on(four(), 'message-2');
  const effects = Object.fromEntries(
    shownActions('menu', said).flatMap(({ id, effect }) => (effect ? [[id, effect(said)]] : [])),
  );
  expect(effects).toEqual({
    ...{ edit: 'new version', regenerate: 'new version', 'regenerate-with': 'new version' },
    'continue-from-here': 'new version',
    'ask-several': 'one to eight new versions, side by side',
    aside: 'aside: the conversation does not see it',
    ...{ quote: 'into the message box', 'quote-into': 'into another chat' },
    'quote-summary': 'a summary up to here, to be quoted',
    ...{ fork: 'new branch', 'system-prompt': 'new branch', 'new-chat-from-here': 'new chat' },
    rewind: 'hides 2 messages, can be undone',
    prune: 'hides 3 messages, can be undone',
  });
});

test('several on one branch cannot be compared, and that is said', () => {
  const two = onMessages(page(four()), ['message-2', 'message-4']);
  expect(possibleFor(compare, two)).toMatch(/^These messages are on one branch/);
});

test('a key finds its action on any layout', () => {
  const press = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target: null };
  expect(actionOfKey({ ...press, key: 's', code: 'KeyS' })).toBe(star);
  expect(actionOfKey({ ...press, key: 'ы', code: 'KeyS' })).toBe(star);
  expect(actionOfKey({ ...press, key: 'r', code: 'KeyR' })).toBe(regenerate);
  expect(actionOfKey({ ...press, key: 'x', code: 'KeyX' })).toBeUndefined();
});
