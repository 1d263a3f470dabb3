import { expect, test } from 'vitest';
import { type BoxKey, type BoxState, boxAction, isHardware } from './composer-keys.ts';

const mouse: BoxState = { coarse: false, empty: false };
const press = (key: string, how: Partial<BoxKey> = {}): BoxKey => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  composing: false,
  ...how,
});

test('Enter sends', () => {
  expect(boxAction(press('Enter'), mouse)).toBe('send');
});

test('Enter of an input method confirms its characters and sends nothing', () => {
  expect(boxAction(press('Enter', { composing: true }), mouse)).toBe('none');
});

test('with a coarse pointer Enter breaks the line, Ctrl or Cmd+Enter sends', () => {
  expect(boxAction(press('Enter'), { ...mouse, coarse: true })).toBe('none');
  expect(boxAction(press('Enter', { ctrlKey: true }), { ...mouse, coarse: true })).toBe('send');
  expect(boxAction(press('Enter', { metaKey: true }), { ...mouse, coarse: true })).toBe('send');
});

test('Shift+Enter always breaks the line', () => {
  expect(boxAction(press('Enter', { shiftKey: true }), mouse)).toBe('none');
  expect(boxAction(press('Enter', { shiftKey: true, ctrlKey: true }), mouse)).toBe('none');
});

test('Up in an empty box goes to the last message, in a text it moves the cursor', () => {
  expect(boxAction(press('ArrowUp'), { ...mouse, empty: true })).toBe('last-message');
  expect(boxAction(press('ArrowUp'), mouse)).toBe('none');
  expect(boxAction(press('ArrowUp', { shiftKey: true }), { ...mouse, empty: true })).toBe('none');
});

test('Alt belongs to the browser and the system', () => {
  expect(boxAction(press('ArrowUp', { altKey: true }), { ...mouse, empty: true })).toBe('none');
  expect(boxAction(press('Enter', { altKey: true }), mouse)).toBe('none');
});

test('a real keyboard is told by keys that one on the screen has not', () => {
  expect(isHardware({ key: 'Shift', code: 'ShiftLeft' })).toBe(true);
  expect(isHardware({ key: 'ArrowUp', code: 'ArrowUp' })).toBe(true);
  expect(isHardware({ key: 'Enter', code: 'Enter' })).toBe(false);
  expect(isHardware({ key: 'a', code: '' })).toBe(false);
  expect(isHardware({ key: 'Unidentified', code: '' })).toBe(false);
});
