import { expect, test } from 'vitest';
import type { Conversation } from '../../../protocol/index.ts';
import { endOfDay, groupByDay } from './group-by-day.ts';

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
  groupByDay(times.map(conversation), now).map((row) => (row.kind === 'heading' ? row.text : '-'));

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

test('the day ends at the next midnight', () => {
  expect(endOfDay(now)).toBe(at(2025, 2, 31));
});
