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

test('routes', () => {
  expect(routeOf('/')).toBe('/');
  expect(routeOf('/c/conversation1')).toBe('/c/:conversation');
  expect(routeOf('/api/commands/send')).toBe('/api/commands/send');
  expect(routeOf('/api/commands/hush')).toBe('/api/*');
  expect(routeOf('/v1/stream/conversations')).toBe('/v1/stream/conversations');
  expect(routeOf('/v1/stream/c/conversation1/b/branch-001')).toBe('/v1/stream/c/:conversation/b/:branch');
  expect(routeOf('/v1/stream/hush')).toBe('/v1/stream/*');
  expect(routeOf('/wp-login.php')).toBe('*');
});
