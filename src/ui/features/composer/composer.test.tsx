import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ConversationView, SendInput } from '../../../client/types.ts';
import type { StoredFile } from '../../../protocol/index.ts';
import type { Generation } from '../../../tree/index.ts';
import { forgetAttachments } from '../../stores/attachments.ts';
import { draftOf, forgetDrafts, NEW_CHAT, setDraft } from '../../stores/drafts.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { dropTarget, setTarget, targetOf } from '../../stores/target.ts';
import type { CurrentModel } from '../models/index.ts';
import { Composer } from './composer.tsx';

const actions = {
  send: vi.fn((_: SendInput) => ({ message: 'message1', reply: 'reply111' })),
  stop: vi.fn(async () => {}),
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
let access = { signedOut: false, readOnly: false };
vi.mock('../../../client/hooks/index.ts', () => ({
  useActions: () => actions,
  useConnection: () => ({ kind: connection }),
  useAccess: () => access,
}));

vi.mock('../../../client/hooks/use-context-size.ts', () => ({
  useContextSize: () => ({ tokens: 0, estimated: true, unread: 0 }),
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

test('Shift+Enter breaks the line; with a coarse pointer Enter does, and the button sends', async () => {
  coarse = true;
  setup();
  await userEvent.type(box(), 'a{Shift>}{Enter}{/Shift}b{Enter}c');
  expect(box().value).toBe('a\nb\nc');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(actions.send).toHaveBeenCalledWith(expect.objectContaining({ text: 'a\nb\nc' }));
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

test('while a reply is written the text is kept, and "Stop and send" sends it after what was said', async () => {
  const { rerender } = setup(replying);
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  await userEvent.type(box(), 'Wait{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(box().value).toBe('Wait');
  await userEvent.click(screen.getByRole('button', { name: 'Stop and send' }));
  expect(actions.stop).toHaveBeenCalledExactlyOnceWith('conversation1', 'reply000');
  expect(actions.send).not.toHaveBeenCalled();
  rerender(<Composer view={ready({ tip: 'reply000' })} model={model} />);
  expect(actions.send).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ parent: 'reply000', text: 'Wait' }),
  );
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

test('a reply that ends by itself leaves the text in the box, and says that it was not sent', async () => {
  const { rerender } = setup(replying);
  await userEvent.type(box(), 'Wait{Enter}');
  rerender(<Composer view={ready({ tip: 'reply000' })} model={model} />);
  expect(actions.send).not.toHaveBeenCalled();
  expect(box().value).toBe('Wait');
  expect(screen.queryByRole('button', { name: 'Stop and send' })).toBeNull();
  expect(screen.getByText(/has not been sent. It can be now/)).toBeTruthy();
  await userEvent.type(box(), '{Enter}');
  expect(actions.send).toHaveBeenCalledOnce();
  expect(screen.queryByText(/has not been sent/)).toBeNull();
});

test('a reply that was being written when the connection was lost is said to be unknown, and not offered to be stopped', async () => {
  const { rerender } = setup(replying);
  await userEvent.type(box(), 'Wait{Enter}');
  const composer = (view: ConversationView, kind: string) => {
    connection = kind;
    rerender(<Composer view={view} model={model} />);
  };
  composer({ ...replying }, 'offline');
  expect(
    screen.getByText(/connection is lost, so it is not known whether the reply goes on\. Your text is kept/),
  ).toBeTruthy();
  expect(screen.queryByText(/still being written/)).toBeNull();
  for (const name of ['Stop', 'Stop and send']) expect(screen.queryByRole('button', { name })).toBeNull();
  await userEvent.type(box(), ' for me{Escape}{Enter}');
  expect(screen.getByText(/not known whether the reply goes on/)).toBeTruthy();
  composer({ ...replying }, 'live');
  expect(screen.getByRole('button', { name: 'Stop and send' })).toBeTruthy();
  composer({ ...replying }, 'offline');
  composer(ready({ tip: 'reply000' }), 'live');
  expect(screen.getByText(/has not been sent. It can be now/)).toBeTruthy();
  expect(box().value).toBe('Wait for me');
  expect([actions.send, actions.stop].map(({ mock }) => mock.calls)).toEqual([[], []]);
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
  expect(screen.getByText(/llama is not available now/)).toBeTruthy();
  expect(box().value).toBe('Hello');
});

test('too long a text says by how much and is not cut', async () => {
  setDraft('conversation1', 'x'.repeat(400_002));
  setup();
  fireEvent.keyDown(box(), { key: 'Enter' });
  expect(screen.getByText(/^2 characters too many/)).toBeTruthy();
  expect(box().value).toHaveLength(400_002);
  expect(actions.send).not.toHaveBeenCalled();
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
  expect(screen.getByText(/A file is still on its way/)).toBeTruthy();
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
  paste(new File(['x'], 'plan.pdf'));
  expect(await screen.findByText('This is neither an image nor text.')).toBeTruthy();
  await userEvent.type(box(), 'Read this{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/“plan.pdf” is not uploaded and would be missing/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Remove plan.pdf' }));
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

test('an image larger than the provider takes is refused before anything is sent', async () => {
  const claude = { ...demo, name: 'Claude', imageLimit: 2 };
  setup(ready(), { ...model, picked: { kind: 'model', model: claude } });
  uploaded.resolve(cat);
  paste(new File(['cat'], 'cat.png'));
  await screen.findByRole('button', { name: 'Remove cat.png' });
  await userEvent.type(box(), 'Look{Enter}');
  expect(actions.send).not.toHaveBeenCalled();
  expect(screen.getByText(/“cat.png” has 3 bytes; Claude takes at most 2 bytes an image/)).toBeTruthy();
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

test('who may only read finds an explanation in the place of the box', () => {
  access = { signedOut: false, readOnly: true };
  setup();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.getByText(/You are signed in to read\. To write here, ask the owner/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Sign in with another token' })).toBeTruthy();
  access = { signedOut: false, readOnly: false };
});
