import { fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ChatFolder, Conversation } from '../../../protocol/index.ts';
import { turnBack } from '../../actions/undo/steps.ts';
import { useChatList } from '../../stores/browser/chat-list.ts';
import { endChoosing, useChosenChats } from '../../stores/chosen-chats.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { useToasts } from '../../stores/toasts.ts';
import { ConversationList } from './conversation-list.tsx';

const actions = {
  rename: vi.fn(async () => {}),
  archive: vi.fn(async () => {}),
  restore: vi.fn(async () => {}),
  remove: vi.fn(async () => {}),
  undoRemove: vi.fn(async () => {}),
  arrange: vi.fn(async (_input: unknown) => ({ refused: [] })),
  chatFolder: vi.fn(async (_input: unknown) => {}),
  known: () => ({ header: undefined, tree: undefined }),
};
vi.mock('../../../client/hooks/index.ts', () => ({
  useConnection: () => ({ kind: connection }),
  useIsUnbegun: () => false,
  useActions: () => actions,
  useAccess: () => ({ isHeard: true, signedOut: false, readOnly: false }),
}));

/** How Bough is reached. */
let connection = 'live';

const conversation = (name: string, rest: Partial<Conversation> = {}): Conversation => ({
  id: `conversation-${name}`,
  created: 1,
  active: Date.now(),
  title: { text: name, by: 'words' },
  archived: false,
  deleted: false,
  deletedAt: 0,
  open: [],
  asking: [],
  ...rest,
});
const list = [conversation('A'), conversation('B'), conversation('C')];
const folders: ChatFolder[] = [];
const WORK: ChatFolder = { id: 'folder-1', name: 'Work', removed: false };

beforeEach(() => {
  connection = 'live';
  vi.clearAllMocks();
  useToasts.setState({ toasts: [] });
  navigate({ kind: 'new' });
  localStorage.clear();
  useChatList.setState({ sort: 'used', open: new Set() });
  endChoosing();
});

const link = (name: string) => screen.getByRole('link', { name: new RegExp(`^${name}`) });
const setup = (current?: string) =>
  render(<ConversationList list={list} current={current} folders={folders} />);
const choose = async (name: string, item: string) => {
  await userEvent.click(screen.getByRole('button', { name: `More actions for ${name}` }));
  await userEvent.click(screen.getByRole('menuitem', { name: item }));
};

test('the open conversation is marked and is the one in the tab order', () => {
  setup('conversation-B');
  expect(link('B').getAttribute('aria-current')).toBe('page');
  expect(link('A').getAttribute('aria-current')).toBeNull();
  expect(['A', 'B', 'C'].map((name) => link(name).tabIndex)).toEqual([-1, 0, -1]);
});

test('arrows, Home and End move the focus, and the tab order with it', async () => {
  setup();
  link('A').focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(link('B'));
  await userEvent.keyboard('{End}');
  expect(document.activeElement).toBe(link('C'));
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(link('C'));
  await userEvent.keyboard('{Home}');
  expect(document.activeElement).toBe(link('A'));
  expect(link('A').tabIndex).toBe(0);
  expect(link('C').tabIndex).toBe(-1);
});

test('a conversation that is being answered says so', () => {
  render(
    <ConversationList
      list={[conversation('A', { open: ['reply-id'] })]}
      current={undefined}
      folders={folders}
    />,
  );
  expect(screen.getByRole('link', { name: 'A , replying' })).toBeTruthy();
});

test('F2 renames in place, Enter saves', async () => {
  setup();
  link('B').focus();
  await userEvent.keyboard('{F2}');
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' });
  expect(document.activeElement).toBe(field);
  expect(field.selectionEnd).toBe(1);
  await userEvent.keyboard('Better{Enter}');
  expect(actions.rename).toHaveBeenCalledExactlyOnceWith('conversation-B', 'Better');
  expect(document.activeElement).toBe(link('B'));
});

test('Esc keeps the old title; an empty or unchanged one is not sent', async () => {
  setup();
  for (const keys of ['Other{Escape}', '{Backspace}{Enter}', '{Enter}']) {
    link('A').focus();
    await userEvent.keyboard('{F2}');
    await userEvent.keyboard(keys);
  }
  expect(actions.rename).not.toHaveBeenCalled();
});

test('the menu archives, with a way back', async () => {
  setup();
  await choose('B', 'Archive');
  expect(actions.archive).toHaveBeenCalledWith('conversation-B');
  expect(useToasts.getState().toasts[0]).toMatchObject({ text: 'Archived “B”.', action: { name: 'Undo' } });
  await turnBack({ client: actions as never, page: undefined }, 'done');
  expect(actions.restore).toHaveBeenCalledWith('conversation-B');
});

test('what leaves the list passes the focus on', async () => {
  const { rerender } = setup();
  link('B').focus();
  await userEvent.keyboard('{Delete}');
  rerender(
    <ConversationList
      list={list.filter(({ title }) => title.text !== 'B')}
      current={undefined}
      folders={folders}
    />,
  );
  expect(document.activeElement).toBe(link('C'));
});

test('deleting the open conversation leads to a new chat, undoing leads back', async () => {
  navigate({ kind: 'conversation', id: 'conversation-B' });
  setup('conversation-B');
  await choose('B', 'Delete');
  expect(actions.remove).toHaveBeenCalledWith('conversation-B');
  expect(currentRoute()).toEqual({ kind: 'new' });
  await turnBack({ client: actions as never, page: undefined }, 'done');
  expect(actions.undoRemove).toHaveBeenCalledWith('conversation-B');
  expect(currentRoute()).toEqual({ kind: 'conversation', id: 'conversation-B' });
});

test('a failure is said in its own words', async () => {
  actions.archive.mockRejectedValueOnce(new Error('The server is away.'));
  setup();
  await choose('A', 'Archive');
  expect(useToasts.getState().toasts.map(({ text }) => text)).toContain('The server is away.');
});

test('ten thousand conversations mount a few dozen rows', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => conversation(`N${n}`, { active: Date.now() - n }));
  render(<ConversationList list={many} current="conversation-N9000" folders={folders} />);
  const rows = within(screen.getByRole('list')).getAllByRole('listitem');
  expect(rows.length).toBeLessThan(60);
  expect(link('N9000')).toBeTruthy();
});

const filed = [
  conversation('A', { pinned: true, filed: 'folder-1' }),
  conversation('B', { filed: 'folder-1' }),
  conversation('C', { filed: 'folder-gone' }),
];
const listWithFolder = () => <ConversationList list={filed} current={undefined} folders={[WORK]} />;
const withFolder = () => render(listWithFolder());
const folder = () => screen.getByRole('button', { name: 'Work , 2 chats' });
const rows = () => screen.getAllByRole('listitem').map((item) => item.textContent);

test('what is pinned stands on top with its folder, then folders, then all else', () => {
  withFolder();
  expect(rows()).toEqual(['Pinned', 'AWork, in Work', 'Folders', 'Work2, 2 chats', 'Today', 'C']);
});

test('a folder opens and closes by press and by keys, and stays so over a reload', async () => {
  withFolder();
  await userEvent.click(folder());
  expect(link('B')).toBeTruthy();
  expect(JSON.parse(localStorage.getItem('bough:list') ?? '')).toMatchObject({ open: ['folder-1'] });
  await userEvent.keyboard('{ArrowRight}');
  expect(document.activeElement).toBe(link('B'));
  await userEvent.keyboard('{ArrowLeft}');
  expect(document.activeElement).toBe(folder());
  await userEvent.keyboard('{ArrowLeft}');
  expect(screen.queryByRole('link', { name: /^B/ })).toBeNull();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(link('C'));
});

test('P pins and unpins; one notice, and a way back', async () => {
  withFolder();
  link('C').focus();
  await userEvent.keyboard('p');
  await vi.waitFor(() => expect(useToasts.getState().toasts[0]?.text).toBe('Pinned “C”.'));
  expect(actions.arrange).toHaveBeenCalledWith({ conversations: ['conversation-C'], pinned: true });
  await turnBack({ client: actions as never, page: undefined }, 'done');
  expect(actions.arrange).toHaveBeenLastCalledWith({ conversations: ['conversation-C'], pinned: false });
});

test('a folder is renamed in place, and removed with its chats kept', async () => {
  withFolder();
  folder().focus();
  await userEvent.keyboard('{F2}');
  await userEvent.keyboard('Play{Enter}');
  expect(actions.chatFolder).toHaveBeenLastCalledWith({ folder: 'folder-1', name: 'Play' });
  folder().focus();
  await userEvent.keyboard('{Delete}');
  expect(actions.chatFolder).toHaveBeenLastCalledWith({ folder: 'folder-1', removed: true });
  const said = 'Removed the folder “Work”. Its chats are in the list.';
  await vi.waitFor(() => expect(useToasts.getState().toasts[0]?.text).toBe(said));
  await turnBack({ client: actions as never, page: undefined }, 'done');
  expect(actions.chatFolder).toHaveBeenLastCalledWith({ folder: 'folder-1', removed: false });
});

/** What a drag carries, as browsers keep it. */
class Carried {
  readonly #data = new Map<string, string>();
  effectAllowed = '';
  dropEffect = '';
  get types() {
    return [...this.#data.keys()];
  }
  setData = (type: string, text: string) => void this.#data.set(type, text);
  getData = (type: string) => this.#data.get(type) ?? '';
}

test('a chat dragged onto a folder is moved there, elsewhere out of its folder', async () => {
  useChatList.setState({ open: new Set(['folder-1']) });
  withFolder();
  const drag = (from: HTMLElement, to: HTMLElement) => {
    const dataTransfer = new Carried();
    fireEvent.dragStart(from, { dataTransfer });
    fireEvent.dragOver(to, { dataTransfer });
    fireEvent.drop(to, { dataTransfer });
  };
  drag(link('C'), folder());
  await vi.waitFor(() => expect(useToasts.getState().toasts[0]?.text).toBe('Moved “C” to “Work”.'));
  expect(actions.arrange).toHaveBeenLastCalledWith({ conversations: ['conversation-C'], filed: 'folder-1' });
  drag(link('B'), link('C'));
  await vi.waitFor(() => expect(useToasts.getState().toasts[0]?.text).toBe('Took “B” out of its folder.'));
  expect(actions.arrange).toHaveBeenLastCalledWith({ conversations: ['conversation-B'], filed: null });
});

test('where Bough cannot be reached nothing is done with a folder or by a drag, and it is said', async () => {
  connection = 'offline';
  useChatList.setState({ open: new Set(['folder-1']) });
  const { rerender } = withFolder();
  const said = () => {
    const text = useToasts.getState().toasts[0]?.text;
    useToasts.setState({ toasts: [] });
    return text;
  };
  const why = 'Not now: Bough cannot be reached.';
  folder().focus();
  await userEvent.keyboard('{Delete}');
  expect(said()).toBe(why);
  await userEvent.keyboard('{F2}');
  expect(said()).toBe(why);
  expect(document.activeElement).toBe(folder());
  await userEvent.click(screen.getByRole('button', { name: 'More actions for Work' }));
  for (const item of [/^Rename/, /^Remove the folder/]) {
    expect(screen.getByRole('menuitem', { name: item }).getAttribute('aria-disabled')).toBe('true');
  }
  await userEvent.keyboard('{Escape}');
  const dataTransfer = new Carried();
  fireEvent.dragStart(link('C'), { dataTransfer });
  fireEvent.dragOver(folder(), { dataTransfer });
  expect(folder().parentElement?.className).not.toContain('outline-leaf');
  fireEvent.drop(folder(), { dataTransfer });
  expect(said()).toBe(why);
  expect(actions.arrange).not.toHaveBeenCalled();
  expect(actions.chatFolder).not.toHaveBeenCalled();

  // What was being typed when it went waits in its field.
  connection = 'live';
  rerender(listWithFolder());
  folder().focus();
  await userEvent.keyboard('{F2}');
  connection = 'offline';
  rerender(listWithFolder());
  await userEvent.keyboard('Trips{Enter}');
  expect(said()).toBe(why);
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of the folder' });
  expect(field.value).toBe('Trips');
  connection = 'live';
  rerender(listWithFolder());
  await userEvent.keyboard('{Enter}');
  expect(actions.chatFolder).toHaveBeenCalledExactlyOnceWith({ folder: 'folder-1', name: 'Trips' });
});

const chosen = () =>
  [...useChosenChats.getState().ids]
    .map((id) => id.slice(-1))
    .sort()
    .join('');

test('Ctrl with a press chooses one, Shift all up to it; then a press chooses in place of opening', async () => {
  const user = userEvent.setup();
  setup();
  await user.keyboard('{Control>}');
  await user.click(link('A'));
  await user.keyboard('{/Control}{Shift>}');
  await user.click(link('C'));
  await user.keyboard('{/Shift}');
  expect(chosen()).toBe('ABC');
  await user.click(link('B'));
  expect(chosen()).toBe('AC');
  expect(currentRoute()).toEqual({ kind: 'new' });
  await user.click(screen.getByRole('checkbox', { name: 'Select B' }));
  expect(chosen()).toBe('ABC');
  expect(screen.getByRole('link', { name: 'B , selected' })).toBeTruthy();
});

test('Shift+Space, Shift+arrows and Ctrl+A choose by keys, Esc ends it', async () => {
  setup();
  link('A').focus();
  await userEvent.keyboard('{Shift>} {/Shift}');
  expect(chosen()).toBe('A');
  await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
  expect(chosen()).toBe('AB');
  expect(document.activeElement).toBe(link('B'));
  await userEvent.keyboard(' ');
  expect(chosen()).toBe('A');
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(chosen()).toBe('ABC');
  await userEvent.keyboard('{Escape}');
  expect([chosen(), useChosenChats.getState().choosing]).toEqual(['', false]);
});
