/** Every route by every caller, as docs/security.md has it; then what the table cannot say. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { type Access, createAccess, openTokenFile } from '../../access/index.ts';
import { type Connection, connect } from '../streams/live-testing.ts';
import { type Harness, SOON, startHarness } from '../testing.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PUBLIC = 'https://bough.example.org';
const LISTED = 'https://app.example.org';
const files = {
  add: async () => ({ hash: '', type: 'text/plain', size: 0 }),
  look: async () => null,
  read: async () => null,
};

/** Wrong attempts are counted by the minute; here each is the first. */
let time = Date.now();
const later = () => {
  time += 120_000;
};
beforeEach(later);

let folder: string;
let tokens: Access;
/** On this computer alone; and where others reach it, behind a reverse proxy. */
let local: Harness;
let open: Harness;
let owner: string;
let reader: string;
let writer: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-gate-'));
  tokens = createAccess({
    store: await openTokenFile(join(folder, 'access.json')),
    now: () => time,
  });
  owner = (await tokens.make({ name: 'Owner', scope: 'owner' })).secret;
  reader = (await tokens.make({ name: 'Reader', scope: 'read-only' })).secret;
  writer = (await tokens.make({ name: 'Writer', scope: 'writer' })).secret;
  const access = { tokens, address: () => undefined, origins: [LISTED] };
  local = await startHarness({ files, access: { ...access, needed: false } });
  open = await startHarness({ files, access: { ...access, needed: true, publicUrl: PUBLIC } });
  await open.engine.create('conversations');
  await local.engine.create('conversations');
});
afterAll(async () => {
  await local.close();
  await open.close();
  await tokens.close();
  await rm(folder, { recursive: true });
});

type Headers = Record<string, string>;

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Record<string, unknown>;
}

function ask(
  server: Harness,
  method: string,
  path: string,
  headers: Headers = {},
  body = '{}',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = method === 'POST' ? { 'content-type': 'application/json' } : {};
    const asking = request(`${server.url}${path}`, { method, headers: { ...sent, ...headers } });
    asking.once('error', reject);
    asking.once('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      const json = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text || '{}') : {};
      const { code } = json as { code?: string };
      resolve({ status: response.statusCode ?? 0, code, headers: response.headers, body: json });
    });
    asking.end(method === 'POST' ? body : undefined);
  });
}

/** As nginx passes it on: under its own name for us. */
const cookieName = '__Host-bough-443';
const cookie = (secret: string) => ({ host: 'bough.example.org', cookie: `${cookieName}=${secret}` });

/** The callers of the table, a column each. */
const callers: Record<string, (method: string, path: string) => Promise<Answer>> = {
  'this computer': (method, path) => ask(local, method, path),
  'proxy unasked': (method, path) => ask(local, method, path, { 'x-forwarded-for': '203.0.113.9' }),
  'no token': (method, path) => ask(open, method, path),
  'wrong token': (method, path) => ask(open, method, path, cookie(`${owner.slice(0, 15)}${'x'.repeat(43)}`)),
  reader: (method, path) => ask(open, method, path, cookie(reader)),
  writer: (method, path) => ask(open, method, path, cookie(writer)),
  owner: (method, path) => ask(open, method, path, cookie(owner)),
  'other site': (method, path) =>
    ask(open, method, path, { ...cookie(owner), origin: 'https://evil.example' }),
  'listed site': (method, path) => ask(open, method, path, { ...cookie(owner), origin: LISTED }),
  'other name': (method, path) => ask(open, method, path, { ...cookie(owner), host: 'evil.example' }),
};

interface Row {
  readonly route: string;
  readonly cells: Record<string, string>;
}

/** Rows of the table in docs/security.md: method, path, a cell a caller. */
async function rowsOfTable(): Promise<readonly Row[]> {
  const text = await readFile(join(import.meta.dirname, '../../../../docs/security.md'), 'utf8');
  const table = text.split('\n').filter((line) => /^\| (method|GET|POST|PUT|DELETE) /.test(line));
  const [head, ...lines] = table.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const names = head?.slice(2) ?? [];
  return lines.map(([method, path, ...cells]) => ({
    route: `${method} ${path?.replaceAll('`', '')}`,
    cells: Object.fromEntries(names.map((name, n) => [name, cells[n] ?? ''])),
  }));
}

const CODES: Record<string, string> = { 401: 'signed-out', 421: 'foreign-host' };
const exampleOf = (path: string) =>
  path
    .replace(':hash', 'a'.repeat(64))
    .replace(':conversation', 'conversation1')
    .replace('/v1/stream/*', '/v1/stream/conversations');

test('the table has every route of the router, and no other', async () => {
  const rows = await rowsOfTable();
  expect(rows.map(({ route }) => route).sort()).toEqual([...new Set(open.routes)].sort());
  for (const { cells } of rows) expect(Object.keys(cells)).toEqual(Object.keys(callers));
});

test('every route answers every caller as the table says', async () => {
  const faults: string[] = [];
  for (const { route, cells } of await rowsOfTable()) {
    const [method, path] = route.split(' ') as [string, string];
    for (const [caller, cell] of Object.entries(cells)) {
      later();
      const { status, code } = await (callers[caller] as (typeof callers)[string])(method, exampleOf(path));
      const right =
        cell === 'yes'
          ? ![401, 403, 421, 429].includes(status)
          : String(status) === cell && (CODES[cell] ?? code) === code;
      if (!right) faults.push(`${caller}, ${route}: ${status} ${code}, not ${cell}`);
    }
  }
  expect(faults).toEqual([]);
});

test('a sign-in sets a cookie that only the server reads, and the cookie opens what it should', async () => {
  const origin = { host: 'bough.example.org', origin: PUBLIC };
  const signedIn = await ask(open, 'POST', '/api/access/sign-in', origin, JSON.stringify({ token: reader }));
  expect([signedIn.status, signedIn.body]).toEqual([200, { name: 'Reader', scope: 'read-only' }]);
  const [set] = signedIn.headers['set-cookie'] ?? [];
  expect(set).toBe(`${cookieName}=${reader}; Max-Age=7776000; Path=/; HttpOnly; Secure; SameSite=Strict`);
  const read = await ask(open, 'GET', '/v1/stream/conversations', cookie(reader));
  expect([read.status, read.headers['bough-access']]).toEqual([200, 'read-only']);
  const out = await ask(open, 'POST', '/api/access/sign-out', { ...cookie(reader), origin: PUBLIC });
  expect(out.headers['set-cookie']?.[0]).toMatch(/=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
});

test('programs send the token as a bearer', async () => {
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  expect((await ask(open, 'POST', '/api/access/list', bearer(owner))).body).toMatchObject({
    needed: true,
    tokens: [{ name: 'Owner', here: true }, { name: 'Reader' }, { name: 'Writer' }],
  });
  expect((await ask(open, 'POST', '/api/access/list', bearer(reader))).code).toBe('read-only');
  const nobody = await ask(open, 'GET', '/v1/stream/conversations', bearer('bough_x'));
  expect([nobody.status, nobody.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  for (const server of [open, local]) {
    const unknown = await ask(server, 'GET', '/api/models', bearer('bough_x'));
    expect(unknown.body).toMatchObject({
      detail: expect.stringMatching(/^This access token is not known here/),
    });
  }
});

test('a wrong cookie is taken away, so that it is tried once', async () => {
  const { headers } = await ask(open, 'GET', '/api/models', cookie('bough_gone'));
  expect(headers['set-cookie']?.[0]).toMatch(/^__Host-bough-443=; Max-Age=0;/);
});

test('wrong sign-ins are limited', async () => {
  const token = JSON.stringify({
    token: (await tokens.make({ name: 'Guessed', scope: 'owner' })).secret.replace(/.{5}$/, '-----'),
  });
  const codes: (string | undefined)[] = [];
  let last: Answer | undefined;
  for (let n = 0; n < 12; n += 1) {
    last = await ask(open, 'POST', '/api/access/sign-in', {}, token);
    codes.push(last.code);
  }
  expect(codes[0]).toBe('wrong-token');
  expect(codes.at(-1)).toBe('too-many-attempts');
  expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
});

test('a token that is revoked ends what is read with it, and nothing else', async () => {
  const { token, secret } = await tokens.make({ name: 'Lent', scope: 'read-only' });
  const reading: Connection = await connect(open.url, [], { authorization: `Bearer ${secret}` });
  const staying: Connection = await connect(open.url, [], { authorization: `Bearer ${reader}` });
  expect(await reading.next()).toEqual({ kind: 'ready' });
  expect(await staying.next()).toEqual({ kind: 'ready' });
  const revoke = JSON.stringify({ id: token.id });
  expect((await ask(open, 'POST', '/api/access/revoke', cookie(owner), revoke)).status).toBe(200);
  await expect(reading.next()).rejects.toThrow();
  expect((await ask(open, 'GET', '/api/models', { authorization: `Bearer ${secret}` })).status).toBe(401);
  await vi.waitFor(
    () => expect(open.logged.some((line) => line.cut && line.route === '/api/live')).toBe(true),
    SOON,
  );
  staying.leave();
});

test('one can revoke the token one came with', async () => {
  const { token, secret } = await tokens.make({ name: 'Own', scope: 'owner' });
  const bearer = { authorization: `Bearer ${secret}` };
  expect(
    (await ask(open, 'POST', '/api/access/revoke', bearer, JSON.stringify({ id: token.id }))).status,
  ).toBe(200);
  expect((await ask(open, 'POST', '/api/access/list', bearer)).status).toBe(401);
});

test('neither log nor list tells a token', async () => {
  expect(JSON.stringify(open.logged)).not.toContain(owner.slice(15));
  expect(JSON.stringify((await ask(open, 'POST', '/api/access/list', cookie(owner))).body)).not.toMatch(
    /hash|bough_/,
  );
});

test('a proxy may keep the name or give ours; the origin is its own', async () => {
  const own = new URL(open.url).host;
  for (const host of ['bough.example.org', own]) {
    const headers = { ...cookie(owner), host, 'sec-fetch-site': 'same-origin' };
    expect((await ask(open, 'POST', '/api/access/list', { ...headers, origin: PUBLIC })).status).toBe(200);
  }
  // The site over plain http is another one.
  const plain = { ...cookie(owner), origin: 'http://bough.example.org' };
  expect((await ask(open, 'POST', '/api/access/list', plain)).code).toBe('foreign-origin');
});

test.each(['x-forwarded-host', 'forwarded', 'via', 'x-real-ip', 'cf-connecting-ip'])(
  'without BOUGH_PUBLIC_URL what comes with %s gets nothing, whatever it says',
  async (name) => {
    const { status, body } = await ask(local, 'GET', '/v1/stream/conversations', { [name]: '127.0.0.1' });
    expect([status, body.code]).toEqual([401, 'signed-out']);
    expect(body.detail).toMatch(/came through a proxy.*BOUGH_PUBLIC_URL/);
  },
);

test('a browser that signed in at one Bough behind an address is signed in at all of them', async () => {
  const access = { tokens, address: () => undefined, needed: true, publicUrl: PUBLIC };
  const other = await startHarness({ files, access });
  try {
    await other.engine.create('conversations');
    expect(new URL(other.url).port).not.toBe(new URL(open.url).port);
    const made = await ask(
      open,
      'POST',
      '/api/access/sign-in',
      { host: 'bough.example.org', origin: PUBLIC },
      JSON.stringify({ token: owner }),
    );
    const [pair = ''] = String(made.headers['set-cookie']?.[0]).split(';');
    const there = await ask(other, 'GET', '/v1/stream/conversations?offset=-1', {
      host: 'bough.example.org',
      cookie: pair,
    });
    expect([made.status, there.status]).toEqual([200, 200]);
  } finally {
    await other.close();
  }
});

describe('a token of a program', () => {
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

  it('signs no browser in', async () => {
    const { status, code } = await ask(
      open,
      'POST',
      '/api/access/sign-in',
      {},
      JSON.stringify({ token: writer }),
    );
    expect([status, code]).toEqual([403, 'not-for-writers']);
  });

  it('may be for one conversation, in every way it reads and writes', async () => {
    const wanted = { name: 'One', scope: 'writer', conversation: 'conversation1' } as const;
    const { secret } = await tokens.make(wanted);
    const asked = async (method: string, path: string, body?: string) =>
      (await ask(open, method, path, bearer(secret), body)).code;
    const other = '/v1/stream/c/conversation2/b/branch-001';
    for (const path of [other, '/v1/stream/c/conversation%32/outline', '/v1/stream/conversations'])
      expect([path, await asked('GET', path)]).toEqual([path, 'not-for-writers']);
    expect(await asked('POST', other)).toBe('not-for-writers');
    expect(await asked('PUT', other)).toBe('not-for-writers');
    expect(await asked('GET', '/api/find?conversation=conversation2&q=a')).toBe('not-for-writers');
    expect(await asked('GET', '/api/find?conversation=conversation1&conversation=conversation2')).toBe(
      'not-for-writers',
    );
    const all = await ask(open, 'GET', '/api/find?q=a&choices=1', bearer(secret));
    expect(all.status).toBe(200);
    expect(open.found.at(-1)).toEqual({ query: { words: 'a', conversation: 'conversation1' } });
    const live = JSON.stringify({ streams: [{ stream: 'conversations', offset: '-1' }] });
    expect(await asked('POST', '/api/live', live)).toBe('not-for-writers');
    expect(await asked('PUT', '/v1/stream/c/conversation1/b/branch-001')).toBeUndefined();
    expect(await asked('GET', '/v1/stream/c/conversation1/b/branch-001')).toBe('not-found');
  });

  it('is checked where none is needed, too', async () => {
    expect((await ask(local, 'POST', '/api/access/list', bearer(writer))).code).toBe('not-for-writers');
    expect((await ask(local, 'GET', '/api/models', bearer('bough_x'))).code).toBe('signed-out');
    expect((await ask(local, 'GET', '/api/models', cookie('bough_x'))).status).toBe(421);
  });
});

describe('a page of a listed origin', () => {
  it('reads with a bearer token, also on this computer', async () => {
    for (const server of [open, local]) {
      const own = { origin: LISTED, 'sec-fetch-site': 'cross-site' };
      const refused = await ask(server, 'GET', '/api/models', own);
      expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, LISTED]);
      const read = await ask(server, 'GET', '/api/models', { ...own, authorization: `Bearer ${owner}` });
      expect([read.status, read.headers['access-control-allow-origin'], read.headers.vary]).toEqual([
        200,
        LISTED,
        'Origin',
      ]);
      expect(read.headers['access-control-expose-headers']).toMatch(/Stream-Next-Offset/);
      expect(read.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('may ask before, and others may not', async () => {
    const asking = {
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization',
    };
    const path = '/v1/stream/c/conversation1/b/branch-001';
    const told = await ask(open, 'OPTIONS', path, { ...asking, origin: LISTED });
    expect(told.status).toBe(204);
    const allowed = String(told.headers['access-control-allow-methods']).split(', ');
    const methods = new Set(open.routes.map((route) => route.split(' ')[0]));
    expect(allowed.sort()).toEqual([...methods, 'HEAD'].sort());
    expect(told.headers['access-control-allow-headers']).toBe('authorization');
    const refused = await ask(open, 'OPTIONS', path, { ...asking, origin: 'https://evil.example' });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });
});
