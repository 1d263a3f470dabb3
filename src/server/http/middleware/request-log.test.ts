import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../streams/live-testing.ts';
import { type Harness, SOON, startHarness } from '../testing.ts';
import { routeOf } from './request-log.ts';

vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let server: Harness;
beforeEach(async () => {
  server = await startHarness();
});
afterEach(() => server.close());

async function logged(count: number): Promise<Record<string, unknown>[]> {
  await vi.waitFor(() => expect(server.logged).toHaveLength(count), SOON);
  return server.logged;
}

test('one line a request: what was asked, how it went, how long and how much', async () => {
  await server.engine.create('c/conversation1/g/reply-001');
  await (await fetch(`${server.url}/v1/stream/c/conversation1/g/reply-001?offset=-1&cursor=secret`)).text();
  expect(await logged(1)).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      method: 'GET',
      route: '/v1/stream/c/:conversation/g/:message',
      status: 200,
      ms: expect.any(Number),
      bytes: expect.any(Number),
    },
  ]);
  expect(server.logged[0]?.bytes).toBeGreaterThan(100);
});

test('neither text nor queries nor made-up paths reach the log, refused or not', async () => {
  const secret = 'hush-hush';
  const post = (path: string, body: string): Promise<Response> =>
    fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await post('/api/commands/rename', JSON.stringify({ conversation: 'conversation1', title: secret }));
  await post('/api/commands/rename', JSON.stringify({ conversation: 'conversation1', [secret]: 1 }));
  await post(`/api/commands/${secret}`, '{}');
  await fetch(`${server.url}/${secret}?${secret}=${secret}`);
  await fetch(`${server.url}/v1/stream/${secret}`);
  await logged(5);
  expect(JSON.stringify(server.logged)).not.toContain(secret);
});

test('the page and health are told at debug, unless they fail', async () => {
  await fetch(`${server.url}/api/health`);
  await fetch(`${server.url}/assets/gone.js`);
  expect((await logged(2)).map(({ route, level, status }) => [route, level, status])).toEqual([
    ['/api/health', 'debug', 200],
    ['/assets/*', 'info', 404],
  ]);
});

test('a live connection is told when it is over, cut if its reader left', async () => {
  const connection = await connect(server.url, []);
  await connection.next();
  expect(server.logged).toEqual([]);
  connection.leave();
  expect(await logged(1)).toMatchObject([{ route: '/api/live', status: 200, cut: true }]);
});

test('routes are told by their patterns, whichever there are', async () => {
  const asked = [
    ['GET', '/c/conversation1', '/c/:conversation'],
    ['POST', '/api/commands/send', '/api/commands/send'],
    ['POST', '/api/commands/hush', '/api/commands/:name'],
    ['GET', '/api/opening?conversation=conversation1', '/api/opening'],
    ['POST', '/api/folders/take', '/api/folders/take'],
    ['POST', '/api/imports/hush/run', '/api/imports/:id/run'],
    ['GET', `/api/files/${'a'.repeat(64)}`, '/api/files/:hash'],
    ['GET', '/s/hush', '/s/:secret'],
    ['GET', '/api/hush', '/api/*'],
  ] as const;
  for (const [method, path] of asked) {
    await fetch(server.url + path, { method });
  }
  await vi.waitFor(() => expect(routes()).toHaveLength(asked.length), SOON);
  expect(routes().sort()).toEqual(asked.map(([method, , route]) => `${method} ${route}`).sort());
});

/** Failures have lines of their own. */
const routes = () => server.logged.flatMap(({ method, route }) => (route ? [`${method} ${route}`] : []));

test('streams are told by their kinds', () => {
  const route = (path: string) => routeOf(path, ['*', '/v1/*', '/v1/stream/*', '/*']);
  expect(route('/v1/stream/conversations')).toBe('/v1/stream/conversations');
  expect(route('/v1/stream/c/conversation1/b/branch-001')).toBe('/v1/stream/c/:conversation/b/:branch');
  expect(route('/v1/stream/hush')).toBe('/v1/stream/*');
  expect(route('/wp-login.php')).toBe('*');
});
