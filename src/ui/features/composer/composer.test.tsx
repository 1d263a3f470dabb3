import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConversationView, PathEntry, PendingSend, SendInput } from '../../../client/types.ts';
import type { StoredFile } from '../../../protocol/index.ts';
import type { Prompts } from '../../../protocol/requests/prompts.ts';
import { emptyTree, type Generation, type Tree } from '../../../tree/index.ts';
import { useDialogs } from '../../stores/dialogs.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { useToasts } from '../../stores/toasts.ts';
import { forgetAttachments } from '../../stores/writing/attachments.ts';
import { draftOf, forgetDrafts, NEW_CHAT, setDraft } from '../../stores/writing/drafts.ts';
import { dropTarget, setTarget, targetOf } from '../../stores/writing/target.ts';
import type { CurrentModel } from '../models/index.ts';
import { Composer } from './composer.tsx';

const actions = {
  send: vi.fn((_: SendInput) => ({ message: 'message1', reply: 'reply111' })),
  stop: vi.fn(async () => {}),
  sendNow: vi.fn(),
  sendAtEnd: vi.fn(),
  discardSend: vi.fn((message: string) => queue.find((send) => send.message === message)),
  upload: vi.fn((_: Blob) => uploaded.promise),
};
/** The upload, in the test's hands. */
function promised() {
  let resolve: (file: StoredFile) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<StoredFile>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
}
let uploaded = promised();
let connection = 'live';
let queue: readonly PendingSend[] = [];
let access = { isHeard: true, signedOut: false, readOnly: false };
vi.mock('../../../client/hooks/index.ts', () => ({
  useActions: () => actions,
  useConnection: () => ({ kind: connection }),
  useQueue: () => queue,
  useAccess: () => access,
}));

vi.mock('../../../client/hooks/conversation/use-context-size.ts', () => ({
  useContextSize: () => ({ tokens: 0, estimated: true, unread: 0 }),
}));

let prompts: Prompts = { prompts: [], system: '' };
vi.mock('../../../client/hooks/use-prompts.ts', () => ({
  usePrompts: () => ({ kept: prompts, problem: undefined, change: vi.fn() }),
}));

const demo = {
  ref: { source: 'demo', id: 'demo' },
  name: 'Demo (not an AI)',
  sourceName: 'Built in',
  kind: 'chat' as const,
  demo: true,
};
const model: CurrentModel = {
  picked: { kind: 'model', model: demo },
  list: {
    status: 'ready',
    models: [demo],
    default: demo.ref,
    sources: [],
    problems: [],
    refresh: () => {},
    refreshing: false,
  },
};
const ready = (rest: Partial<ConversationView> = {}) =>
  ({
    id: 'conversation1',
    status: 'ready',
    path: [],
    tip: 'tip-message',
    tree: emptyTree,
    ...rest,
  }) as unknown as ConversationView;
const replying = ready({ live: { id: 'reply000' } as Generation });

let coarse = false;
beforeEach(() => {
  vi.clearAllMocks();
  coarse = false;
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) =>
      ({
        matches: coarse && query.includes('coarse'),
        addEventListener: () => {},
        removeEventListener: () => {},
      }) as unknown as MediaQueryList,
  );
  connection = 'live';
  queue = [];
  forgetAttachments();
  uploaded = promised();
  forgetDrafts();
  localStorage.clear();
  navigate({ kind: 'new' });
  dropTarget('conversation1');
});

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
const setup = (view: ConversationView | undefined = ready(), current = model) =>
  render(<Composer view={view} model={current} />);

test('Enter sends after the tip, empties the box and leaves the focus in it', async () => {
  setup();
  await userEvent.type(box(), 'Hello{Enter}');
  expect(actions.send).toHaveBeenCalledExactlyOnceWith({
    conversation: 'conversation1',
    parent: 'tip-message',
    text: 'Hello',
    model: demo.ref,
  });
  expect(box().value).toBe('');
  expect(document.activeElement).toBe(box());
});

test('the Enter that ends a composition sends nothing', async () => {
  setup();
  await userEvent.type(box(), 'にほん');
  fireEvent.keyDown(box(), { key: 'Enter', isComposing: true });
  fireEvent.keyDown(box(), { key: 'Enter', keyCode: 229 });
  expect(actions.send).not.toHaveBeenCalled();
  fireEvent.keyDown(box(), { key: 'Enter', keyCode: 13 });
  expect(actions.send).toHaveBeenCalledOnce();
});

test('Shift+Enter breaks the line', async () => {
  setup();
  await userEvent.type(box(), 'a{Shift>}{Enter}{/Shift}b');
  expect(box().value).toBe('a\nb');
});

test('with a coarse pointer Enter breaks the line, and the button sends', async () => {
  coarse = true;
  setup();
  await userEvent.type(box(), 'a{Enter}b{Enter}c');
  expect(box().value).toBe('a\nb\nc');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(actions.send).toHaveBeenCalledWith(expect.objectContaining({ text: 'a\nb\nc' }));
});

test('on a tablet with a keyboard Enter sends', async () => {
  coarse = true;
  setup();
  fireEvent.keyDown(box(), { key: 'Shift', code: 'ShiftLeft' });
  await userEvent.type(box(), 'Typed{Enter}');
  expect(actions.send).toHaveBeenCalledWith(expect.objectContaining({ text: 'Typed' }));
});

test('nothing is sent without words', async () => {
  setup();
  await userEvent.type(box(), '  {Enter}');
  expect(actions.send).not.toHaveBeenCalled();
});

test('the first message makes the conversation and leads to it', async () => {
  render(<Composer view={undefined} model={model} />);
  await userEvent.type(box(), 'Hello{Enter}');
  const sent = actions.send.mock.calls[0]?.[0];
  expect(sent?.parent).toBeNull();
  expect(currentRoute()).toEqual({ kind: 'conversation', id: sent?.conversation });
  expect(draftOf(NEW_CHAT)).toBe('');
});

test('a draft is there again after a reload', async () => {
  const { unmount } = setup();
  await userEvent.type(box(), 'half a thought');
  unmount();
  forgetDrafts();
  setup();
  expect(box().value).toBe('half a thought');
});

const QUEUE = 'Send when this reply is done';

test('while a reply is written, what is sent goes into the queue after it, by Enter and by a button', async () => {
  setup(replying);
  expect(screen.queryByRole('button', { name: QUEUE })).toBeNull();
  await userEvent.type(box(), 'Wait{Enter}');
  const sent = { conversation: 'conversation1', text: 'Wait', after: 'reply000', model: demo.ref };
  expect(actions.send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(sent));
  expect(box().value).toBe('');
  await userEvent.type(box(), 'More');
  await userEvent.click(screen.getByRole('button', { name: QUEUE }));
  expect(actions.send).toHaveBeenCalledTimes(2);
  expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
});

const queued = (n: number, rest: Partial<PendingSend> = {}): PendingSend => ({
  ...{ conversation: 'conversation1', message: `message${n}`, reply: `reply00${n}`, parent: 'tip-message' },
  ...{ text: `Waits ${n}`, model: demo.ref, state: 'held', after: `reply00${n - 1}`, ...rest },
});
/** Waits until the list, whose code comes later, is there. */
const items = async () => {
  const list = await screen.findByRole('list', { name: 'Queued messages' });
  return within(list).getAllByRole('listitem');
};
const inTree = (reason?: string) =>
  new Map([['reply000', { id: 'reply000', parent: 'tip-message', ...(reason && { end: { reason } }) }]]);
const withReply = (rest: Partial<ConversationView>, reason?: string) =>
  ready({
    ...{ path: [{ kind: 'reply', key: 'reply000' } as PathEntry], tip: 'reply000' },
    ...{ tree: { ...emptyTree, generations: inTree(reason) } as unknown as Tree, ...rest },
  });
const live = { live: { id: 'reply000' } as Generation };

test('the queue says of each when it is sent', async () => {
  queue = [queued(1), queued(2), queued(3, { after: 'elsewhere' })];
  const { rerender } = setup(withReply(live));
  const [first, second, third] = await items();
  expect(first?.textContent).toContain('Sends when this reply is done');
  expect(second?.textContent).toContain('Sends after the one above');
  expect(third?.textContent).toContain('Sends when the reply on another branch is done');
  expect(within(second as HTMLElement).queryByRole('button', { name: 'Stop and send' })).toBeNull();
  connection = 'offline';
  rerender(<Composer view={withReply(live)} model={model} />);
  expect((await items())[0]?.textContent).toContain(
    'Connection lost. The reply may still be running. Sends when it is done',
  );
  expect(screen.queryByRole('button', { name: 'Stop and send' })).toBeNull();
});

test('"Stop and send" stops the reply, and the queue goes on at its end', async () => {
  queue = [queued(1)];
  setup(withReply(live));
  await items();
  await userEvent.click(screen.getByRole('button', { name: 'Stop and send' }));
  expect(actions.sendAtEnd).toHaveBeenCalledExactlyOnceWith('message1');
  expect(actions.stop).toHaveBeenCalledExactlyOnceWith('conversation1', 'reply000');
});

test('what is queued can be changed and removed, and removing it undone', async () => {
  queue = [queued(1, { temperature: 0.5 })];
  setup(withReply(live));
  await items();
  await userEvent.type(box(), 'typed');
  await userEvent.click(screen.getByRole('button', { name: 'Edit “Waits 1”' }));
  expect(box().value).toBe('Waits 1\n\ntyped');
  await userEvent.click(screen.getByRole('button', { name: 'Remove “Waits 1” from the queue' }));
  expect(actions.discardSend).toHaveBeenCalledTimes(2);
  act(() => useToasts.getState().toasts[0]?.action?.run());
  const again = { text: 'Waits 1', after: 'reply000', temperature: 0.5, conversation: 'conversation1' };
  expect(actions.send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(again));
});

test.each([
  ['failed', 'failed'],
  ['stopped', 'was stopped'],
  ['interrupted', 'was interrupted'],
])('after a reply that %s the queue waits for a person', async (reason, said) => {
  queue = [queued(1, { state: 'stalled' })];
  setup(withReply({}, reason));
  expect((await items())[0]?.textContent).toContain(`Not sent: the reply before it ${said}`);
  await userEvent.click(screen.getByRole('button', { name: 'Send now' }));
  expect(actions.sendNow).toHaveBeenCalledExactlyOnceWith('message1', 'reply000');
});

test('what is sent while the models load goes out by itself once they have', async () => {
  const loading: CurrentModel = { picked: { kind: 'none' }, list: { ...model.list, status: 'loading' } };
  const { rerender } = setup(ready(), loading);
  await userEvent.type(box(), 'Early{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/Still loading/)).toBeTruthy();
  rerender(<Composer view={ready()} model={model} />);
  expect(actions.send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ text: 'Early' }));
  expect(box().value).toBe('');
});

test('Esc stops, unless something nearer has taken it', async () => {
  setup(replying);
  const taken = (event: Event) => event.preventDefault();
  box().addEventListener('keydown', taken);
  await userEvent.type(box(), '{Escape}');
  expect(actions.stop).not.toHaveBeenCalled();
  box().removeEventListener('keydown', taken);
  fireEvent.keyDown(box(), { key: 'Escape', isComposing: true });
  expect(actions.stop).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(actions.stop).toHaveBeenCalledOnce();
});

test('Stop stands in the place of Send', async () => {
  setup(replying);
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(actions.stop).toHaveBeenCalledExactlyOnceWith('conversation1', 'reply000');
});

test('a model that is gone is not replaced in silence', async () => {
  setup(ready(), { ...model, picked: { kind: 'gone', ref: { source: 'local', id: 'llama' } } });
  expect(screen.getByRole('button', { name: 'Model: llama (not available)' })).toBeTruthy();
  await userEvent.type(box(), 'Hello{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/llama is not available/)).toBeTruthy();
  expect(box().value).toBe('Hello');
});

test('a model from elsewhere is replaced, which is said until the first message', async () => {
  const llama = { ...demo, ref: { source: 'local', id: 'llama' }, name: 'llama3', demo: false };
  const wanted = { source: 'chatgpt', id: 'gpt-4o' };
  const author = { kind: 'model', model: wanted, name: 'GPT-4o' };
  const path = [{ kind: 'message', key: 'm', header: { author } }] as unknown as PathEntry[];
  const picked = { kind: 'model', model: llama, insteadOf: wanted } as const;
  const { rerender } = setup(ready({ path }), { ...model, picked });
  const note = /^GPT-4o is not available here. llama3 answers from here on/;
  expect(await screen.findByText(note)).toBeTruthy();
  await userEvent.type(box(), 'Hello{Enter}');
  expect(actions.send).toHaveBeenCalledWith(expect.objectContaining({ model: llama.ref }));
  rerender(<Composer view={ready({ path })} model={{ ...model, picked: { kind: 'model', model: llama } }} />);
  expect(screen.queryByText(note)).toBeNull();
});

test('too long a text says by how much and is not cut', async () => {
  setDraft('conversation1', 'x'.repeat(400_002));
  setup();
  fireEvent.keyDown(box(), { key: 'Enter' });
  expect(screen.getByText(/^2 characters too many/)).toBeTruthy();
  expect(box().value).toHaveLength(400_002);
  expect(actions.send).not.toHaveBeenCalled();
});

test('a text that is too long for a file, too, says so and what to do', () => {
  setDraft('conversation1', 'x'.repeat(900_000));
  const { rerender } = setup();
  expect(screen.getByText(/^500,000 characters too many: .* attach it as a file\./)).toBeTruthy();
  // Two bytes each.
  act(() => setDraft('conversation1', 'é'.repeat(500_001)));
  rerender(<Composer view={ready()} model={model} />);
  const both = /^Too long for a message \(400,000 characters\) and for a text file \(1 MB\)\. Shorten it/;
  expect(screen.getByText(both)).toBeTruthy();
  fireEvent.keyDown(box(), { key: 'Enter' });
  expect(screen.getByText(both)).toBeTruthy();
  expect(box().value).toHaveLength(500_001);
});

const budget = { message: 'budget-1', words: 'Budget for two, please' };

test('a branch starts where "Fork from here" said, nothing before Send', async () => {
  const onMade = vi.fn();
  setTarget('conversation1', budget);
  render(<Composer view={replying} model={model} onMade={onMade} />);
  expect(screen.getByText('New branch after “Budget for two, please”')).toBeTruthy();
  expect(document.activeElement).toBe(box());
  await userEvent.type(box(), 'Osaka instead');
  expect(actions.send).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(actions.send).toHaveBeenCalledExactlyOnceWith({
    conversation: 'conversation1',
    parent: 'budget-1',
    text: 'Osaka instead',
    model: demo.ref,
    fork: true,
  });
  expect(onMade).toHaveBeenCalledExactlyOnceWith('message1', 'budget-1');
  expect(targetOf('conversation1')).toBeUndefined();
});

test('Esc drops the target before it stops a reply, and keeps the text', async () => {
  setTarget('conversation1', budget);
  setup(replying);
  await userEvent.type(box(), 'Osaka{Escape}');
  expect(screen.queryByText(/New branch/)).toBeNull();
  expect(box().value).toBe('Osaka');
  expect(actions.stop).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(actions.stop).toHaveBeenCalledOnce();
});

test('a target that is the end of the path is the normal place', async () => {
  setTarget('conversation1', { ...budget, message: 'tip-message' });
  setup();
  expect(screen.queryByText(/New branch/)).toBeNull();
  await userEvent.type(box(), 'On{Enter}');
  expect(actions.send.mock.calls[0]?.[0]).not.toHaveProperty('fork');
});

const cat = { hash: 'aa', type: 'image/png', size: 3 };
const paste = (...files: File[]) =>
  fireEvent.paste(box(), { clipboardData: { files, types: files.length > 0 ? ['Files'] : ['text/plain'] } });

test('a pasted image is sent once it is uploaded, also without words', async () => {
  setup();
  paste(new File(['cat'], 'cat.png', { type: 'image/png' }));
  expect(await screen.findByRole('progressbar', { name: 'Uploading cat.png' })).toBeTruthy();
  await userEvent.type(box(), '{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/A file is still uploading/)).toBeTruthy();
  uploaded.resolve(cat);
  await vi.waitFor(() =>
    expect(actions.send).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ text: '', files: [{ kind: 'file', name: 'cat.png', ...cat }] }),
    ),
  );
  expect(screen.queryByRole('list', { name: 'Attached files' })).toBeNull();
});

test('a file that could not be uploaded holds the message back until it is removed', async () => {
  setup();
  uploaded.reject(new Error('This is neither an image nor text.'));
  paste(new File(['x'], 'plan.bin'));
  expect(await screen.findByText('This is neither an image nor text.')).toBeTruthy();
  await userEvent.type(box(), 'Read this{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/“plan.bin” could not be attached. Remove it/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Remove plan.bin' }));
  await userEvent.type(box(), '{Enter}');
  expect(actions.send).toHaveBeenCalledExactlyOnceWith(expect.not.objectContaining({ files: [] }));
});

test('an image is refused for a model that takes none, before anything is sent', async () => {
  const blind = { ...demo, name: 'Blind', images: false };
  setup(ready(), { ...model, picked: { kind: 'model', model: blind } });
  uploaded.resolve(cat);
  paste(new File(['cat'], 'cat.png'));
  await screen.findByRole('button', { name: 'Remove cat.png' });
  await userEvent.type(box(), 'Look{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/Blind takes no images/)).toBeTruthy();
  expect(box().value).toBe('Look');
});

test('audio is refused for a model that takes none, and sent where that is not known', async () => {
  const deaf = { ...demo, name: 'Deaf', audio: false };
  const { rerender } = setup(ready(), { ...model, picked: { kind: 'model', model: deaf } });
  uploaded.resolve({ hash: 'bb', type: 'audio/mpeg', size: 3, seconds: 2 });
  paste(new File(['tone'], 'tone'));
  await screen.findByRole('button', { name: 'Remove tone' });
  expect(screen.getByText('0:02 · 3 bytes · about 64 tokens')).toBeTruthy();
  await userEvent.type(box(), 'Listen{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/Deaf takes no audio\. Choose another model below, or remove/)).toBeTruthy();
  rerender(<Composer view={ready()} model={{ ...model, picked: { kind: 'model', model: demo } }} />);
  await userEvent.type(box(), '{Enter}');
  expect(actions.send).toHaveBeenCalledOnce();
});

test('an image larger than the provider takes is refused before anything is sent', async () => {
  const claude = { ...demo, name: 'Claude', imageLimit: 2 };
  setup(ready(), { ...model, picked: { kind: 'model', model: claude } });
  uploaded.resolve(cat);
  paste(new File(['cat'], 'cat.png'));
  await screen.findByRole('button', { name: 'Remove cat.png' });
  await userEvent.type(box(), 'Look{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/“cat.png” has 3 bytes; Claude takes at most 2 bytes per image/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Remove cat.png' }));
  await userEvent.type(box(), '{Enter}');
  expect(actions.send).toHaveBeenCalledOnce();
});

test('a file copied in a file manager is attached, though its name came as text', async () => {
  setup();
  const pasted = { files: [new File(['x'], 'plan.txt')], types: ['text/plain', 'Files'] };
  fireEvent.paste(box(), { clipboardData: { ...pasted, getData: () => '/home/ann/plan.txt' } });
  expect(await screen.findByText('plan.txt')).toBeTruthy();
  expect(box().value).toBe('');
});

test('what comes as text and as a picture of it is pasted as text', () => {
  setup();
  const pasted = { files: [new File(['x'], 'table.png')], types: ['text/plain', 'Files'] };
  const event = fireEvent.paste(box(), { clipboardData: { ...pasted, getData: () => '1\t2' } });
  expect(event).toBe(true);
  expect(actions.upload).not.toHaveBeenCalled();
});

test('files dropped anywhere in the window are attached, and the place is shown before', async () => {
  setup();
  const dataTransfer = { types: ['Files'], files: [new File(['a'], 'a.txt')], dropEffect: 'none' };
  fireEvent.dragOver(document.body, { dataTransfer });
  expect(screen.getByText('Drop files to attach them')).toBeTruthy();
  fireEvent.drop(document.body, { dataTransfer });
  expect(screen.queryByText('Drop files to attach them')).toBeNull();
  expect(await screen.findByText('a.txt')).toBeTruthy();
});

test('who may only read finds an explanation in the place of the box', async () => {
  access = { isHeard: true, signedOut: false, readOnly: true };
  setup();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(await screen.findByText(/You are signed in to read\. To write here, ask the owner/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Sign in with another token' })).toBeTruthy();
  access = { isHeard: true, signedOut: false, readOnly: false };
});

describe('a slash', () => {
  const review = { id: 'prompt-1', name: 'Review', text: 'Review this, line by line: ' };
  const brief = { id: 'prompt-2', name: 'In brief', text: 'Say it in one sentence.' };
  beforeEach(() => {
    prompts = { prompts: [brief, review], system: '' };
  });
  afterEach(() => {
    prompts = { prompts: [], system: '' };
  });
  const options = async () =>
    (await screen.findAllByRole('option')).map(({ textContent }) => textContent ?? '');

  test('offers prompts by name; what is chosen takes its place, and nothing is sent', async () => {
    setup();
    await userEvent.type(box(), 'Please /');
    expect(await options()).toEqual([
      'In briefSay it in one sentence.',
      'ReviewReview this, line by line:',
      'Add or change prompts…',
    ]);
    await userEvent.type(box(), 'rev');
    expect(await options()).toHaveLength(1);
    expect(box().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option').id);
    await userEvent.type(box(), '{Enter}');
    expect(box().value).toBe('Please Review this, line by line: ');
    expect(actions.send).not.toHaveBeenCalled();
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  test('arrows move, Escape leaves the text as it is, and Enter sends then', async () => {
    setup();
    await userEvent.type(box(), '/');
    await options();
    await userEvent.type(box(), '{ArrowDown}');
    expect(screen.getByRole('option', { selected: true }).textContent).toMatch(/^Review/);
    await userEvent.type(box(), '{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(box().value).toBe('/');
    await userEvent.type(box(), '{Enter}');
    expect(actions.send).toHaveBeenCalledOnce();
  });

  test('without prompts says how to have one, and leads there', async () => {
    prompts = { prompts: [], system: '' };
    setup();
    await userEvent.type(box(), '/');
    expect(await options()).toEqual(['Add a prompt…']);
    expect(screen.getByText(/^None yet/)).toBeTruthy();
    await userEvent.click(screen.getByRole('option'));
    expect(useDialogs.getState().dialog).toEqual({ kind: 'prompts', adding: true });
    expect(box().value).toBe('');
  });

  test('in a path or a word is a slash', async () => {
    setup();
    await userEvent.type(box(), 'and/or /usr/bin');
    expect(screen.queryByRole('listbox')).toBeNull();
  });
});

test('a new chat begins with the default system prompt, unless that is put aside for it', async () => {
  prompts = { prompts: [], system: 'Be brief.' };
  render(<Composer view={undefined} model={model} />);
  await screen.findByRole('button', { name: 'System prompt: Be brief.' });
  await userEvent.type(box(), 'Hello{Enter}');
  expect(actions.send.mock.lastCall?.[0].system).toEqual(expect.any(String));
  await userEvent.click(screen.getByRole('button', { name: 'Not in this chat' }));
  expect(screen.getByText(/without your default system prompt/)).toBeTruthy();
  await userEvent.type(box(), 'Hello{Enter}');
  expect(actions.send.mock.lastCall?.[0].system).toBeUndefined();
  prompts = { prompts: [], system: '' };
});

test('long text that is pasted can become a file, and text again', async () => {
  setup();
  const long = 'a line\r\n'.repeat(600);
  const asTyped = long.replaceAll('\r\n', '\n');
  const pasteText = (text: string) =>
    fireEvent.paste(box(), { clipboardData: { files: [], types: ['text/plain'], getData: () => text } });
  pasteText('short');
  pasteText(long);
  fireEvent.change(box(), { target: { value: `Read this: ${asTyped}Is it right?` } });
  await screen.findByText('Pasted 4,200 characters.');
  await userEvent.click(screen.getByRole('button', { name: 'Attach as a file' }));
  expect(screen.queryByText('Pasted 4,200 characters.')).toBeNull();
  expect(box().value).toBe('Read this: Is it right?');
  expect(screen.getByRole('list', { name: 'Attached files' }).textContent).toContain('pasted-text.txt');
  await vi.waitFor(() => expect(actions.upload).toHaveBeenCalledOnce());
  const [file] = actions.upload.mock.calls.at(-1) ?? [];
  expect(await file?.text()).toBe(asTyped);
  act(() => useToasts.getState().toasts[0]?.action?.run());
  expect(box().value).toBe(`Read this: ${asTyped}Is it right?`);
  expect(screen.queryByText('pasted-text.txt')).toBeNull();
});

test('what was pasted is offered as a file for as long as it stands in the box', async () => {
  setup();
  const long = 'a line\n'.repeat(600);
  const offered = () => screen.queryByText('Pasted 4,200 characters.');
  const paste = async () => {
    fireEvent.paste(box(), { clipboardData: { files: [], types: ['text/plain'], getData: () => long } });
    fireEvent.change(box(), { target: { value: `Read: ${long}` } });
    await vi.waitFor(() => expect(offered()).toBeTruthy());
  };
  await paste();
  fireEvent.change(box(), { target: { value: `Read: ${long}Is it right?` } });
  expect(offered()).toBeTruthy();
  fireEvent.change(box(), { target: { value: `Read: ${long.replace('line', 'word')}` } });
  expect(offered()).toBeNull();
  await paste();
  await userEvent.click(screen.getByRole('button', { name: 'Keep as text' }));
  expect(offered()).toBeNull();
  expect(box().value).toBe(`Read: ${long}`);
  await paste();
  await userEvent.type(box(), '{Enter}');
  expect(box().value).toBe('');
  expect(offered()).toBeNull();
});
