import { expect, test } from 'vitest';
import { moveIn } from './outline-moves.ts';
import type { OutlineRow } from './outline-rows.ts';

const row = (id: string, level: number, more: Partial<OutlineRow> = {}): OutlineRow => ({
  id,
  kind: 'turn',
  level,
  message: id,
  title: id,
  turns: 1,
  here: false,
  onPath: true,
  fork: false,
  live: 0,
  time: 0,
  position: 1,
  of: 1,
  ...more,
});

const rows = [
  row('apples', 1),
  row('bread', 1, { fork: true }),
  row('butter', 2, { kind: 'branch', expanded: false }),
  row('cheese', 2, { kind: 'branch', expanded: true }),
  row('run', 1, { kind: 'run', expanded: false }),
];
const press = (at: number, key: string, typed = '') => {
  const move = moveIn(rows, at, key, typed);
  return move && `${move.kind} ${move.row.id}`;
};

test('arrows, Home and End walk the rows and stop at the ends', () => {
  expect(press(0, 'ArrowDown')).toBe('focus bread');
  expect(press(0, 'ArrowUp')).toBe('focus apples');
  expect(press(4, 'ArrowDown')).toBe('focus run');
  expect(press(3, 'Home')).toBe('focus apples');
  expect(press(0, 'End')).toBe('focus run');
});

test('Right opens or goes in, Left closes or goes out', () => {
  expect(press(1, 'ArrowRight')).toBe('focus butter');
  expect(press(2, 'ArrowRight')).toBe('toggle butter');
  expect(press(3, 'ArrowLeft')).toBe('toggle cheese');
  expect(press(2, 'ArrowLeft')).toBe('focus bread');
  expect(press(0, 'ArrowRight')).toBe('focus apples');
});

test('Enter goes there; a folded run unfolds', () => {
  expect(press(2, 'Enter')).toBe('go butter');
  expect(press(4, 'Enter')).toBe('toggle run');
});

test('typing goes to the next row that begins so', () => {
  expect(press(0, 'b', 'b')).toBe('focus bread');
  expect(press(1, 'b', 'b')).toBe('focus butter');
  expect(press(2, 'b', 'bb')).toBe('focus bread');
  expect(press(0, 'u', 'bu')).toBe('focus butter');
  expect(press(0, 'x', 'x')).toBe('focus apples');
  expect(press(0, 'Tab')).toBeNull();
});
