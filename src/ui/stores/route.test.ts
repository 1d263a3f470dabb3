import { expect, test } from 'vitest';
import { hrefOf, routeOf, SETTINGS } from './route.ts';

test.each([
  ['/', { kind: 'new' }],
  ['/c/abcdefgh', { kind: 'conversation', id: 'abcdefgh' }],
  ['/c/abcdefgh/', { kind: 'conversation', id: 'abcdefgh' }],
  ['/c/short', { kind: 'unknown', path: '/c/short' }],
  ['/c/', { kind: 'unknown', path: '/c/' }],
  ['/c/abcdefgh/more', { kind: 'unknown', path: '/c/abcdefgh/more' }],
  ['/c/%3Cscript%3E', { kind: 'unknown', path: '/c/%3Cscript%3E' }],
  ['/find', { kind: 'find', search: '' }],
  ['/settings', { kind: 'settings' }],
  ['/settings/', { kind: 'settings' }],
  ['/settings/data', { kind: 'settings', section: 'data' }],
  ['/settings/nothing', { kind: 'unknown', path: '/settings/nothing' }],
  ['/settings/data/more', { kind: 'unknown', path: '/settings/data/more' }],
  ['/elsewhere', { kind: 'unknown', path: '/elsewhere' }],
])('%s is %o', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test.each([
  ['?m=message-1', 'message-1'],
  ['?other=1&m=message-1', 'message-1'],
  ['?m=', undefined],
  ['?n=message-1', undefined],
])('a link to a message: %s', (search, message) => {
  const conversation = { kind: 'conversation', id: 'abcdefgh' };
  expect(routeOf('/c/abcdefgh', search)).toEqual(message ? { ...conversation, message } : conversation);
});

test('what is no id of a message stays inside its parameter', () => {
  const href = hrefOf({ kind: 'conversation', id: 'abcdefgh', message: '/&x=#' });
  const { pathname, search } = new URL(href, 'http://localhost');
  expect(routeOf(pathname, search)).toEqual({ kind: 'conversation', id: 'abcdefgh', message: '/&x=#' });
});

test.each([undefined, ...SETTINGS])('an address of settings leads to its section %s', (section) => {
  const route = { kind: 'settings' as const, ...(section && { section }) };
  expect(routeOf(hrefOf(route))).toEqual(route);
});

test('an address made from a route leads to it', () => {
  expect(routeOf(hrefOf({ kind: 'conversation', id: 'abc-DEF_123' }))).toEqual({
    kind: 'conversation',
    id: 'abc-DEF_123',
  });
});
