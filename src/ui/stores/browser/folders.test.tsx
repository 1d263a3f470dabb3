import { beforeEach, expect, test } from 'vitest';
import { load } from './browser-storage.ts';
import { folderFor, refusedFolder, sentFolder, typeFolder, useFolders, workedIn } from './folders.ts';

beforeEach(() => {
  localStorage.clear();
  useFolders.setState({ typed: {}, sent: new Set(), recent: [] });
});
const recent = () => useFolders.getState().recent;

test('a folder is offered elsewhere once an agent works in it, not when it was only sent with', () => {
  typeFolder('new', '/work/typo');
  sentFolder('a', '/work/typo');
  expect([recent(), folderFor('b', undefined)]).toEqual([[], '']);
  typeFolder('a', '/work/right');
  workedIn('a', '/work/right');
  expect([recent(), folderFor('b', undefined), load('folders')]).toEqual([
    ['/work/right'],
    '/work/right',
    ['/work/right'],
  ]);
});

test('looking at a chat of another folder changes nothing of what is offered', () => {
  sentFolder('a', '/a');
  workedIn('a', '/a');
  workedIn('b', '/b');
  workedIn('a', '/elsewhere');
  expect(recent()).toEqual(['/a']);
});

test('the latest stand first, once each, and what was refused goes', () => {
  for (const folder of ['/1', '/2', '/1', '/3']) {
    sentFolder('a', folder);
    workedIn('a', folder);
  }
  expect(recent()).toEqual(['/3', '/1', '/2']);
  refusedFolder('/1');
  expect([recent(), load('folders')]).toEqual([
    ['/3', '/2'],
    ['/3', '/2'],
  ]);
  for (let n = 0; n < 20; n += 1) {
    sentFolder('a', `/more ${n}`);
    workedIn('a', `/more ${n}`);
  }
  expect(recent()).toHaveLength(8);
});
