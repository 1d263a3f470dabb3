import { QueryClient } from '@tanstack/query-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyTree, foldOutline, type MessageHeader } from '../../tree/index.ts';
import { LastViewed } from './last-viewed.ts';

const message = (id: string, parent: string | null, time: number): MessageHeader => ({
  ...{ id, parent, time, role: 'user', author: { kind: 'user' }, origin: { kind: 'send' } },
  ...{ preview: '', branch: 'branch-1', start: '0', end: '1' },
});
const tree = foldOutline(
  emptyTree,
  [message('first', null, 1), message('one', 'first', 2), message('two', 'first', 3)].map((one) => ({
    kind: 'message',
    message: one,
  })),
);

let views: LastViewed;
const command = vi.fn(async () => ({}));
/** Trees that are held for as long as the page lives. */
const held = () =>
  [...(views as unknown as { seen: Map<string, { shown?: unknown }> }).seen.values()].filter(
    ({ shown }) => shown,
  );

beforeEach(() => {
  vi.useFakeTimers();
  command.mockReset();
  views = new LastViewed({
    ...{ queryClient: new QueryClient(), reader: undefined as never },
    command: command as never,
  });
});
afterEach(() => {
  views.dispose();
  vi.useRealTimers();
});

test('what was viewed is said to the server, and its tree let go of', async () => {
  command.mockResolvedValue({});
  views.remember('c', tree, ['first', 'one']);
  expect(held()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(command).toHaveBeenCalledExactlyOnceWith('view', { conversation: 'c', at: 'first', leaf: 'one' });
  expect(held()).toEqual([]);
  views.remember('c', tree, ['first', 'two']);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(command).toHaveBeenLastCalledWith('view', { conversation: 'c', at: 'first', leaf: 'two' });
  expect([held(), views.choices('c').get('first')]).toEqual([[], 'two']);
});

test('no tree is held of a view of its own, of one without forks, or of one that could not be said', async () => {
  command.mockRejectedValue(new Error('No network.'));
  views.remember('c', tree, ['first', 'one'], 'beside');
  views.remember('d', foldOutline(emptyTree, [{ kind: 'message', message: message('first', null, 1) }]), [
    'first',
  ]);
  expect(held()).toEqual([]);
  views.remember('e', tree, ['first', 'one']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(held()).toEqual([]);
  command.mockResolvedValue({});
  views.remember('e', tree, ['first', 'two']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(command).toHaveBeenLastCalledWith('view', { conversation: 'e', at: 'first', leaf: 'two' });
});
