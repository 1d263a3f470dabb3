import { QueryClient } from '@tanstack/query-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyTree, foldOutline, type MessageHeader } from '../../tree/index.ts';
import { type OutlineData, outlineKey } from '../folds/outlines.ts';
import type { KeptDatabase, ToKeep } from './database.ts';
import { Keeper } from './keeper.ts';

let written: string[];
let hide: (hidden: boolean) => void;
let keeper: Keeper;
let queryClient: QueryClient;

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  queryClient = new QueryClient();
  const write = async ({ folds = [] }: ToKeep) => {
    written.push(...folds.map(({ data }) => (data as OutlineData).position));
  };
  const database: Partial<KeptDatabase> = { fold: async () => undefined, write };
  const onVisibility = (listener: typeof hide) => {
    hide = listener;
    return () => {};
  };
  keeper = new Keeper(database as KeptDatabase, queryClient, { onVisibility });
});
afterEach(() => {
  keeper.stop();
  queryClient.clear();
  vi.useRealTimers();
});

const messages = Array.from(
  { length: 2_001 },
  (_, n): MessageHeader => ({
    ...{ id: `message-${n}`, parent: null, role: 'user', author: { kind: 'user' }, origin: { kind: 'send' } },
    ...{ time: n, preview: '', branch: 'branch-1', start: '0', end: '1' },
  }),
);
const large = foldOutline(
  emptyTree,
  messages.map((message) => ({ kind: 'message', message })),
);

function read(position: string, tree = large): void {
  queryClient.setQueryData<OutlineData>(outlineKey('conversation-1'), { tree, segment: 'one', position });
}

test('a small tree is written with what comes with it, a large one once it was drawn', async () => {
  read('1', emptyTree);
  await vi.advanceTimersByTimeAsync(300);
  expect(written).toEqual(['1']);
  read('2');
  await vi.advanceTimersByTimeAsync(1_900);
  expect(written).toEqual(['1']);
  await vi.advanceTimersByTimeAsync(400);
  expect(written).toEqual(['1', '2']);
});

test('a large one that goes on changing is written all the same, as it is by then', async () => {
  for (let n = 0; n < 23; n += 1) {
    read(String(n));
    await vi.advanceTimersByTimeAsync(100);
  }
  const [first = ''] = written;
  expect(written).toEqual([first]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(written).toEqual([first]);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(written).toEqual([first, '22']);
});

test('where the page is left before, it is written at once', async () => {
  read('1');
  await vi.advanceTimersByTimeAsync(500);
  hide(true);
  expect(written).toEqual(['1']);
});
