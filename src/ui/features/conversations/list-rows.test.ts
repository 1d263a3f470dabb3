import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Conversation } from '../../../protocol/index.ts';
import { rowsOf, sorted } from './list-rows.ts';

const now = new Date(2025, 2, 30, 15, 0).getTime();
const at = (...date: [number, number, number, number?]) => new Date(...date).getTime();

const conversation = (active: number): Conversation => ({
  id: `c-${active}`,
  created: 1,
  active,
  title: { text: 'A title', by: 'words' },
  archived: false,
  deleted: false,
  deletedAt: 0,
  open: [],
  asking: [],
});

const headingsOf = (...times: number[]) =>
  rowsOf(times.map(conversation), { folders: [], open: new Set(), sort: 'used', now }).map((row) =>
    row.kind === 'heading' ? row.text : '-',
  );

test('an empty list has no headings', () => {
  expect(headingsOf()).toEqual([]);
});

test('each heading stands once, before its conversations', () => {
  expect(headingsOf(now, now - 1, at(2025, 2, 29, 23), at(2025, 2, 29))).toEqual([
    'Today',
    '-',
    '-',
    'Yesterday',
    '-',
    '-',
  ]);
});

test('days begin at midnight here, not 24 hours ago', () => {
  expect(headingsOf(at(2025, 2, 30, 0))).toEqual(['Today', '-']);
  expect(headingsOf(at(2025, 2, 30, 0) - 1)).toEqual(['Yesterday', '-']);
  expect(headingsOf(at(2025, 2, 28, 12))).toEqual(['Previous 7 days', '-']);
  expect(headingsOf(at(2025, 2, 23))).toEqual(['Previous 7 days', '-']);
  expect(headingsOf(at(2025, 2, 23) - 1)).toEqual(['March', '-']);
});

test('older ones by month, with the year when it is another', () => {
  expect(headingsOf(at(2025, 1, 3), at(2024, 11, 31), at(2023, 11, 1))).toEqual([
    'February',
    '-',
    'December 2024',
    '-',
    'December 2023',
    '-',
  ]);
});

test('a clock that runs ahead is today', () => {
  expect(headingsOf(now + 86_400_000)).toEqual(['Today', '-']);
});

const FOLDERS = ['folder-1', 'folder-2'].map((id) => ({ id, name: id, removed: false }));
const anyList = fc
  .array(
    fc.record({
      active: fc.nat(9),
      created: fc.nat(9),
      text: fc.constantFrom('a', 'B', 'b', 'Part 2', 'Part 10'),
      pinned: fc.boolean(),
      filed: fc.constantFrom(undefined, 'folder-1', 'folder-2', 'folder-gone'),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(
      ({ text, filed, ...rest }, n): Conversation => ({
        ...conversation(rest.active),
        ...rest,
        ...{ id: `c-${n}`, title: { text, by: 'words' as const } },
        ...(filed && { filed }),
      }),
    ),
  );
const anySort = fc.constantFrom('used', 'made', 'title' as const);

test('every chat stands in the list once, in its order, but for those in closed folders, which are counted', () => {
  fc.assert(
    fc.property(
      anyList,
      anySort,
      fc.subarray(['folder-1', 'folder-2']),
      fc.boolean(),
      (list, sort, open, isPart) => {
        const rows = rowsOf(list, { folders: FOLDERS, open: new Set(open), sort, now, isPart });
        const shown = rows.flatMap((row) => (row.kind === 'conversation' ? [row.header] : []));
        const closed = FOLDERS.filter(({ id }) => !isPart && !open.includes(id)).map(({ id }) => id);
        const inside = (header: Conversation) => closed.includes(header.filed ?? '') && !header.pinned;
        expect(new Set(shown)).toEqual(new Set(list.filter((header) => !inside(header))));
        expect(shown.length).toBe(new Set(shown).size);
        for (const row of rows)
          if (row.kind === 'folder')
            expect(row.count).toBe(list.filter(({ filed }) => filed === row.folder.id).length);
        const rest = shown.filter(
          ({ pinned, filed }) => (isPart || !pinned) && !FOLDERS.some(({ id }) => id === filed),
        );
        expect(rest).toEqual(list.filter((header) => rest.includes(header)));
        expect(rows.at(-1)?.kind).not.toBe('heading');
      },
    ),
  );
});

test('an order is the same whatever it was made from', () => {
  fc.assert(
    fc.property(anyList, anySort, fc.nat(12), (list, sort, cut) => {
      const order = sorted(list, sort);
      expect(sorted(list, sort, order.slice(cut).toReversed())).toEqual(order);
      expect(new Set(order)).toEqual(new Set(list));
    }),
  );
  const named = (text: string, n: number): Conversation => ({
    ...conversation(1),
    ...{ id: `c-${n}`, created: n, title: { text, by: 'words' } },
  });
  const list = ['b', 'Part 10', 'A', 'part 2'].map(named);
  expect(sorted(list, 'title').map(({ title }) => title.text)).toEqual(['A', 'b', 'part 2', 'Part 10']);
  expect(sorted(list, 'made').map(({ title }) => title.text)).toEqual(['part 2', 'A', 'Part 10', 'b']);
  expect(sorted(list, 'used')).toBe(list);
});
