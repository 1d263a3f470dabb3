import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ConversationsView } from '../../../client/types.ts';
import type { ChatFolder, Conversation } from '../../../protocol/index.ts';
import { ListArea } from './list-area.tsx';

vi.mock('../../../client/hooks/index.ts', () => ({
  useConnection: () => ({ kind: 'live' }),
  useIsUnbegun: () => false,
  useActions: () => ({}),
  useChatFolders: () => folders,
  useAccess: () => ({ isHeard: true, signedOut: false, readOnly: false }),
}));

const folders: ChatFolder[] = [];
beforeEach(() => void folders.splice(0));

const titles = (...names: string[]): Conversation[] =>
  names.map((name, n) => ({
    id: `conversation-${n}`,
    created: 1,
    active: Date.now() - n,
    title: { text: name, by: 'words' },
    archived: false,
    deleted: false,
    deletedAt: 0,
    open: [],
    asking: [],
  }));
const onShowOthers = vi.fn();
const setup = (list: Conversation[], rest: Partial<ConversationsView> = {}, more: object = {}) => {
  const conversations: ConversationsView = { status: 'ready', list, retry: () => {}, ...rest };
  render(
    <ListArea {...{ conversations, list, archived: false, current: undefined, onShowOthers }} {...more} />,
  );
};

test('while loading: bars, and a word for who cannot see them', () => {
  setup([], { status: 'loading' });
  expect(screen.getByRole('status', { name: 'Loading conversations' })).toBeTruthy();
});

test('a failure in its own words, and another try', async () => {
  const retry = vi.fn();
  setup([], { status: 'error', error: 'The server did not answer.', retry });
  expect(screen.getByRole('alert').textContent).toBe('The server did not answer.');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
});

test('empty lists say what belongs here', () => {
  setup([]);
  expect(screen.getByText(/Write a message to start the first/)).toBeTruthy();
});

test('more than a dozen can be filtered by title, whatever the case', async () => {
  setup(titles('Tokyo in April', ...Array.from({ length: 12 }, (_, n) => `Other ${n}`)));
  const filter = screen.getByRole('searchbox', { name: 'Filter by title or folder' });
  await userEvent.type(filter, 'TOKYO');
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Tokyo in April']);
  await userEvent.type(filter, ' zzz');
  expect(screen.getByText('No title and no folder in this list contains “TOKYO zzz”.')).toBeTruthy();
  await userEvent.type(filter, '{Escape}');
  expect(screen.getAllByRole('link').length).toBeGreaterThan(5);
});

test('a folder is found by its name, with all that is in it, open', async () => {
  folders.push({ id: 'folder-1', name: 'Journeys', removed: false });
  const others = titles(...Array.from({ length: 13 }, (_, n) => `Other ${n}`));
  setup(others.map((header, n) => (n < 2 ? { ...header, filed: 'folder-1' } : header)));
  await userEvent.type(screen.getByRole('searchbox'), 'journ');
  expect(screen.getByRole('button', { name: /^Journeys/ }).getAttribute('aria-expanded')).toBe('true');
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Other 0', 'Other 1']);
});

test('what matches and is archived is said and led to, with the same words', async () => {
  const list = titles(...Array.from({ length: 13 }, (_, n) => `Other ${n}`));
  const [tokyo, others] = [titles('Tokyo in April'), titles('Other cities', 'Other towns')];
  const archived = [...tokyo, ...others].map((header, n) => ({ ...header, id: `old-${n}`, archived: true }));
  setup(list, { list: [...list, ...archived] });
  const filter = screen.getByRole('searchbox', { name: 'Filter by title or folder' });
  await userEvent.type(filter, 'tokyo');
  expect(screen.getByText('No title and no folder in this list contains “tokyo”.')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('1 archived chat matches');
  await userEvent.click(screen.getByRole('button', { name: 'Show it' }));
  expect(onShowOthers).toHaveBeenCalledWith('tokyo');
  await userEvent.clear(filter);
  expect(screen.queryByRole('status')).toBeNull();
  await userEvent.type(filter, 'other');
  expect(screen.getByRole('status').textContent).toBe('2 archived chats match');
});

test('the few that are archived are shown with the words that were looked for', async () => {
  const list = titles(...Array.from({ length: 13 }, (_, n) => `Other ${n}`));
  const archived = titles('Tokyo', 'Other').map((header, n) => ({
    ...header,
    id: `old-${n}`,
    archived: true,
  }));
  setup(archived, { list: [...list, ...archived] }, { archived: true, filter: 'tokyo' });
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Tokyo']);
  await userEvent.clear(screen.getByRole('searchbox'));
  expect(screen.getAllByRole('link')).toHaveLength(2);
  await userEvent.type(screen.getByRole('searchbox'), 'other 1');
  expect(screen.getByText('No title and no folder of the archived chats contains “other 1”.')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('4 chats in the list match');
});

test('a dozen needs no filter', () => {
  setup(titles(...Array.from({ length: 12 }, (_, n) => `Other ${n}`)));
  expect(screen.queryByRole('searchbox')).toBeNull();
});
