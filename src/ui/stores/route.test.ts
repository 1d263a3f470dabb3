import { expect, test } from 'vitest';
import { hrefOf, routeOf } from './route.ts';

test.each([
  ['/', { kind: 'new' }],
  ['/c/abcdefgh', { kind: 'conversation', id: 'abcdefgh' }],
  ['/c/abcdefgh/', { kind: 'conversation', id: 'abcdefgh' }],
  ['/c/short', { kind: 'unknown', path: '/c/short' }],
  ['/c/', { kind: 'unknown', path: '/c/' }],
  ['/c/abcdefgh/more', { kind: 'unknown', path: '/c/abcdefgh/more' }],
  ['/c/%3Cscript%3E', { kind: 'unknown', path: '/c/%3Cscript%3E' }],
  ['/elsewhere', { kind: 'unknown', path: '/elsewhere' }],
])('%s is %o', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test('an address made from a route leads to it', () => {
  expect(routeOf(hrefOf({ kind: 'conversation', id: 'abc-DEF_123' }))).toEqual({
    kind: 'conversation',
    id: 'abc-DEF_123',
  });
});
