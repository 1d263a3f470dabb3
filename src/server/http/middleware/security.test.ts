import { request } from 'node:http';
import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Harness, startHarness } from '../testing.ts';
import { hostsOf } from './security.ts';

let server: Harness;
beforeEach(async () => {
  server = await startHarness();
});
afterEach(() => server.close());

interface Answer {
  readonly status: number | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** As `fetch`, with the headers that browsers and `fetch` keep to themselves. */
function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = method === 'POST' ? '{"conversation":"conversation1"}' : '';
    const asking = request(`${server.url}${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    });
    asking.once('error', reject);
    asking.once('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, headers: response.headers, body: text });
    });
    asking.end(body);
  });
}

const port = (): string => new URL(server.url).port;

test.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('%s is a name of this server', async (name) => {
  expect((await ask('/api/health', { host: `${name}:${port()}` })).status).toBe(200);
});

test.each([
  'evil.example',
  'evil.example:PORT',
  'localhost',
  'localhost:1',
  '127.0.0.1.evil.example:PORT',
  '0.0.0.0:PORT',
])('a request for the host %s is refused, reads and commands alike', async (name) => {
  const host = name.replace('PORT', port());
  for (const [path, method] of [
    ['/api/commands/create', 'POST'],
    ['/v1/stream/conversations', 'GET'],
    ['/', 'GET'],
  ] as const) {
    const { status, body } = await ask(path, { host }, method);
    expect([status, JSON.parse(body).code]).toEqual([421, 'foreign-host']);
    // What to do where the name is that of a front of one's own.
    expect(JSON.parse(body).detail).toContain('Behind a proxy set BOUGH_PUBLIC_URL to its address.');
  }
  expect(server.executed).toEqual([]);
});

test.each([
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
])('what another site asks is refused: %j', async (headers) => {
  for (const [path, method] of [
    ['/api/commands/create', 'POST'],
    ['/api/models', 'GET'],
    ['/v1/stream/conversations', 'GET'],
  ] as const) {
    const { status, body } = await ask(path, headers, method);
    expect([status, JSON.parse(body).code]).toEqual([403, 'foreign-origin']);
  }
  expect(server.executed).toEqual([]);
});

test('the origin of a page is that of the name it was asked by', async () => {
  expect((await ask('/api/commands/create', { origin: server.url }, 'POST')).status).toBe(200);
  const host = `localhost:${port()}`;
  expect((await ask('/api/commands/create', { host, origin: `http://${host}` }, 'POST')).status).toBe(200);
  expect((await ask('/api/commands/create', { host, origin: server.url }, 'POST')).status).toBe(403);
});

test('a link from elsewhere may lead to the page, nothing else from elsewhere may', async () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  expect((await ask('/c/conversation1', link)).status).not.toBe(403);
  expect((await ask('/c/conversation1', { ...link, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  expect(
    (await ask('/assets/a.js', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status,
  ).toBe(403);
});

test.each([
  ['/api/health', {}],
  ['/api/nothing', {}],
  ['/nothing', {}],
  ['/api/commands/create', {}],
  ['/v1/stream/conversations', {}],
  ['/api/health', { host: 'evil.example' }],
  ['/api/health', { origin: 'https://evil.example' }],
  ['/a\\b', { host: 'evil.example/@' }],
])('%s %j carries the security headers', async (path, headers) => {
  const answer = await ask(path, headers);
  expect(answer.headers).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
    ),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a preflight gets no permission', async () => {
  const answer = await ask('/api/commands/create', { 'access-control-request-method': 'POST' }, 'OPTIONS');
  expect(answer.status).toBe(405);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test('the hosts of a server hold the one it listens on, and no port where that is 80', () => {
  expect([...hostsOf('127.0.0.5', 4400)]).toEqual([
    'localhost:4400',
    '127.0.0.1:4400',
    '[::1]:4400',
    '127.0.0.5:4400',
  ]);
  expect(hostsOf('127.0.0.1', 80).has('localhost')).toBe(true);
  expect([...hostsOf('0.0.0.0', 4400)]).toEqual([
    ...['localhost:4400', '127.0.0.1:4400', '[::1]:4400'],
    ...[`${hostname().toLowerCase()}:4400`, expect.stringMatching(/\.local:4400$/)],
  ]);
});

test.each(['mermaid', 'graphviz'])(
  'the document that draws with %s is of no origin and loads nothing',
  async (name) => {
    const { status, headers, body } = await ask(`/frame/${name}`, {});
    const policy = String(headers['content-security-policy']);
    expect(status).toBe(200);
    expect(policy).toMatch(/^sandbox allow-scripts; default-src 'none'; script-src 'sha256-/);
    expect(policy).not.toMatch(/allow-same-origin|unsafe-inline'? blob|connect-src|'unsafe-eval'/);
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(body.match(/<script>/g)).toHaveLength(1);
  },
);
