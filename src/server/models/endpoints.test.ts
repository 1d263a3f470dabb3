import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEndpoints } from './endpoints.ts';
import { makeSource } from './make-source.ts';
import { question, withProvider } from './testing.ts';

const bench = withProvider();
const KEY = 'sk-hush-hush';
let folder: string;
let path: string;
const troubles: unknown[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-endpoints-'));
  path = join(folder, 'endpoints.json');
  troubles.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => createEndpoints({ path, trouble: (error) => troubles.push(error) });
const id = 'endpoint-1';

test('what is added is a source, at once and after a restart', async () => {
  const endpoints = await open();
  const add = { id, baseUrl: 'https://models.example/v1/', name: 'Mine', key: KEY };
  const { source } = await endpoints.execute('add', add);
  expect(source).toEqual({
    ...{ id: 'models.example', name: 'Mine', kind: 'openai-compatible', found: 'person', state: 'asking' },
    ...{ baseUrl: 'https://models.example/v1', hasKey: true, endpoint: id },
  });
  expect(await endpoints.execute('add', add)).toEqual({ source });
  expect(endpoints.sources()).toHaveLength(1);
  const [again] = (await open()).sources();
  expect({ id: again?.id, ...again?.facts, state: 'asking' }).toEqual(source);
});

test('the file is for its owner alone, and no half-written one stays', async () => {
  const endpoints = await open();
  await endpoints.execute('add', { id, baseUrl: 'https://models.example', key: KEY });
  await endpoints.execute('change', { id, name: 'Mine' });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['endpoints.json']);
  expect(await readFile(path, 'utf8')).toContain(KEY);
});

test('a key goes in and never comes out', async () => {
  const endpoints = await open();
  const baseUrl = bench.provider.baseUrlAs('401');
  const answers = [
    await endpoints.execute('test', { baseUrl, key: KEY }),
    await endpoints.execute('add', { id, baseUrl, key: KEY }),
    await endpoints.execute('change', { id, name: 'Other' }),
    await endpoints.execute('test', { baseUrl, endpoint: id }),
    endpoints.sources().map(({ facts }) => facts),
    await endpoints.execute('change', { id, baseUrl: 'https://else.example' }).catch(String),
  ];
  expect(JSON.stringify([answers, troubles])).not.toContain('hush');
  expect(JSON.stringify(answers)).toContain('did not accept the API key');
});

test('a key goes to the host it was given for and no other', async () => {
  const endpoints = await open();
  const { baseUrl, port } = bench.provider;
  await endpoints.execute('add', { id, baseUrl: 'https://models.example/v1', key: KEY });
  await endpoints.execute('test', { baseUrl, endpoint: id });
  expect((await bench.provider.log()).at(-1)?.authorization).toBeNull();
  for (const other of [baseUrl, 'http://models.example/v1', 'https://models.example:8443/v1']) {
    const change = endpoints.execute('change', { id, baseUrl: other });
    await expect(change).rejects.toMatchObject({ code: 'bad-request' });
  }
  await endpoints.execute('change', { id, baseUrl, key: 'another' });
  await endpoints.execute('test', { baseUrl: `http://127.0.0.1:${port}/v1`, endpoint: id });
  expect((await bench.provider.log()).at(-1)?.authorization).toBe('Bearer another');
  const { source } = await endpoints.execute('change', { id, key: null });
  expect(source.hasKey).toBe(false);
  expect(await readFile(path, 'utf8')).not.toContain('another');
});

test('testing says what would be found there, and keeps nothing', async () => {
  const endpoints = await open();
  const { port } = bench.provider;
  const found = await endpoints.execute('test', { baseUrl: `127.0.0.1:${port}` });
  expect(found).toMatchObject({
    ...{ ok: true, kind: 'openai-compatible', baseUrl: `http://127.0.0.1:${port}/v1` },
    names: expect.arrayContaining(['echo']),
  });
  const ollama = await endpoints.execute('test', { baseUrl: `127.0.0.1:${port}`, kind: 'ollama' });
  expect(ollama).toMatchObject({ ok: true, kind: 'ollama', baseUrl: `http://127.0.0.1:${port}` });
  const web = await endpoints.execute('test', { baseUrl: bench.provider.baseUrlAs('html') });
  expect(web).toMatchObject({
    ok: false,
    code: 'malformed',
    sentence: expect.stringContaining('under Models'),
  });
  expect(endpoints.sources()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['api.openai.com', 'openai', 'https://api.openai.com/v1'],
  ['https://api.anthropic.com', 'anthropic', 'https://api.anthropic.com/v1'],
  ['localhost:11434', 'ollama', 'http://localhost:11434'],
  ['http://gpu.local:11434/v1', 'ollama', 'http://gpu.local:11434'],
  ['openrouter.ai/api/v1', 'openai-compatible', 'https://openrouter.ai/api/v1'],
  ['[::1]:8080', 'openai-compatible', 'http://[::1]:8080/v1'],
  ['192.168.1.5:8000', 'openai-compatible', 'http://192.168.1.5:8000/v1'],
])('%s is %s at %s', async (baseUrl, kind, kept) => {
  const { source } = await (await open()).execute('add', { id, baseUrl });
  expect(source).toMatchObject({ kind, baseUrl: kept });
});

test.each([
  'ftp://models.example',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://ada:hush@models.example',
  'https://models.example/v1?key=hush',
  'https://models.example/v1#hush',
  'http://169.254.169.254/latest/meta-data',
  'http://[::ffff:169.254.169.254]/',
  'http://2852039166/',
  'http://',
  'a b',
])('the address %s is refused, and not repeated', async (baseUrl) => {
  const endpoints = await open();
  for (const command of ['add', 'test'] as const) {
    const refused = await endpoints
      .execute(command, { id, baseUrl } as never)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 400, code: 'bad-request' });
    expect(String(refused)).not.toMatch(/hush|passwd/);
  }
  expect(endpoints.sources()).toEqual([]);
});

test('one address, one endpoint', async () => {
  const endpoints = await open();
  await endpoints.execute('add', { id, baseUrl: 'https://models.example', name: 'Mine' });
  const twice = endpoints.execute('add', { id: 'endpoint-2', baseUrl: 'https://models.example/v1' });
  await expect(twice).rejects.toMatchObject({ status: 409, message: expect.stringContaining('“Mine”') });
});

test('changes at the same time are all kept', async () => {
  const endpoints = await open();
  const names = Array.from({ length: 8 }, (_, at) => `endpoint-${at}`);
  await Promise.all(
    names.map((name) => endpoints.execute('add', { id: name, baseUrl: `https://${name}.example` })),
  );
  await Promise.all([
    endpoints.execute('remove', { id: 'endpoint-3' }),
    endpoints.execute('remove', { id: 'endpoint-3' }),
    endpoints.execute('change', { id: 'endpoint-4', name: 'Four' }),
  ]);
  const kept = (await open()).sources().map(({ facts }) => facts.name);
  expect(kept).toHaveLength(7);
  expect(kept).toContain('Four');
});

test('what was removed or moved is remembered, over a restart too, until it is added again', async () => {
  const endpoints = await open();
  await endpoints.execute('add', { id, baseUrl: 'http://127.0.0.1:8080/v1' });
  await endpoints.execute('add', { id: 'endpoint-2', baseUrl: 'https://two.example' });
  expect(endpoints.removed()).toEqual([]);
  await endpoints.execute('remove', { id });
  await endpoints.execute('change', { id: 'endpoint-2', baseUrl: 'https://three.example' });
  expect((await open()).removed()).toEqual(['127.0.0.1:8080', 'two.example']);
  const again = await open();
  await again.execute('add', { id, baseUrl: 'http://127.0.0.1:8080/v1' });
  expect(again.removed()).toEqual(['two.example']);
});

test('only the source that changed is another one', async () => {
  const endpoints = await open();
  await endpoints.execute('add', { id, baseUrl: 'https://one.example' });
  await endpoints.execute('add', { id: 'endpoint-2', baseUrl: 'https://two.example' });
  const [one, two] = endpoints.sources();
  await endpoints.execute('change', { id, name: 'One' });
  expect(endpoints.sources()[0]).not.toBe(one);
  expect(endpoints.sources()[1]).toBe(two);
});

test('one that is gone cannot be changed, but removed again', async () => {
  const endpoints = await open();
  await expect(endpoints.execute('change', { id, name: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  expect(await endpoints.execute('remove', { id })).toEqual({});
});

test('a file that cannot be read is left as it is, and said to be so', async () => {
  await writeFile(path, '{"v":1,"endpoints":[{"key":"sk-hush-hush"}]}');
  const endpoints = await open();
  expect(String(troubles[0])).toContain(path);
  expect(String(troubles[0])).not.toContain('hush');
  const add = endpoints.execute('add', { id, baseUrl: 'https://models.example' });
  await expect(add).rejects.toMatchObject({ status: 500 });
  expect(await readFile(path, 'utf8')).toContain('hush');
});

test('what cannot be kept is not pretended', async () => {
  const endpoints = await open();
  await mkdir(path);
  const add = endpoints.execute('add', { id, baseUrl: 'https://models.example', key: KEY });
  await expect(add).rejects.toMatchObject({ status: 500 });
  expect(endpoints.sources()).toEqual([]);
  expect(troubles).toHaveLength(1);
  expect(JSON.stringify(troubles) + String(troubles[0])).not.toContain('hush');
  expect(await readdir(folder)).toEqual(['endpoints.json']);
});

test('an address may have a query, and a key another header: both go with every request', async () => {
  const endpoints = await open();
  const baseUrl = `${bench.provider.baseUrl}?api-version=2025-01-01`;
  const { source } = await endpoints.execute('add', { id, baseUrl, key: KEY, keyHeader: 'api-key' });
  expect(source).toMatchObject({ baseUrl, keyHeader: 'api-key', id: new URL(baseUrl).host });
  const [server] = endpoints.sources();
  expect(await server?.list()).not.toHaveLength(0);
  const model = { source: source.id, id: 'words' };
  const asked = { model, messages: [question], signal: new AbortController().signal };
  for await (const event of server?.stream(asked) ?? []) expect(event).toBeDefined();
  const seen = (await bench.provider.log()).slice(-2);
  expect(seen.map(({ path, query }) => [path, query])).toEqual([
    ['/models', '?api-version=2025-01-01'],
    ['/chat/completions', '?api-version=2025-01-01'],
  ]);
  for (const { authorization, headers } of seen) {
    expect(authorization).toBeNull();
    expect(headers['api-key']).toBe(KEY);
  }
  await endpoints.execute('change', { id, keyHeader: null });
  await endpoints.sources()[0]?.list();
  expect((await bench.provider.log()).at(-1)?.authorization).toBe(`Bearer ${KEY}`);
});

test.each(['?api_key=x', '?key=x', '?token=x', '?access_token=x', '?sig=x'])(
  '%s in an address is refused',
  async (query) => {
    const add = (await open()).execute('add', { id, baseUrl: `https://models.example/v1${query}` });
    await expect(add).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('its own field'),
    });
  },
);

test('at Azure a key goes as api-key without being told', async () => {
  const headers: string[] = [];
  const source = makeSource('openai-compatible', {
    ...{ baseUrl: 'https://mine.openai.azure.com/openai/deployments/d?api-version=1', key: KEY },
    fetch: () => async (input, init) => {
      headers.push(
        `${input}`,
        `${new Headers(init?.headers).get('api-key')}`,
        `${new Headers(init?.headers).get('authorization')}`,
      );
      return new Response('{"data":["d"]}');
    },
  });
  expect(await source.list()).toMatchObject([{ ref: { id: 'd' } }]);
  expect(headers).toEqual([
    'https://mine.openai.azure.com/openai/deployments/d/models?api-version=1',
    KEY,
    'null',
  ]);
});

test('where a server has no list its models are those a person names', async () => {
  const endpoints = await open();
  for (const behaviour of ['404', '405', '501', 'html', 'list:{"version":1}']) {
    const baseUrl = bench.provider.baseUrlAs(behaviour);
    const named = await endpoints.execute('test', { baseUrl, models: ['my-model', 'other'] });
    if (behaviour === '501') expect(named).toMatchObject({ ok: false });
    else expect(named).toMatchObject({ ok: true, models: 2, names: ['my-model', 'other'] });
    expect(await endpoints.execute('test', { baseUrl })).toMatchObject({ ok: false });
  }
  const { baseUrl } = bench.provider;
  const { source } = await endpoints.execute('add', { id, baseUrl, models: ['my-model', 'echo'] });
  expect(source.models).toEqual(['my-model', 'echo']);
  const ids = (await endpoints.sources()[0]?.list())?.map(({ ref }) => ref.id) ?? [];
  expect(ids[0]).toBe('my-model');
  expect(ids.filter((one) => one === 'echo')).toHaveLength(1);
  const away = await endpoints.execute('test', {
    baseUrl: bench.provider.baseUrlAs('401'),
    models: ['my-model'],
  });
  expect(away).toMatchObject({ ok: false, code: 'key' });
});

test.each([
  '["a","b"]',
  '{"data":["a","b"]}',
  '{"models":[{"name":"a"},{"name":"b"}]}',
  '{"data":[{"model":"a"},{"model":"b"}]}',
  '{"result":[{"id":"a"},{"id":"b"}]}',
  '{"result":{"data":[{"id":"a"},{"id":"b"}]}}',
  '{"object":"list","data":null,"models":[]}',
  '{"models":["a","b"]}',
  '{"data":{"models":[{"id":"a"},{"model_name":"b"}]}}',
  '{"items":[{"id":"a"},null,7,{"id":""},{"name":"b"}]}',
])('a list as %s is read', async (list) => {
  const expected = list.includes('null,"models"') ? [] : ['a', 'b'];
  for (const kind of ['openai-compatible', 'anthropic', 'openai'] as const) {
    const source = makeSource(kind, { baseUrl: bench.provider.baseUrlAs(`list:${list}`) });
    expect((await source.list()).map(({ ref }) => ref.id)).toEqual(expected);
  }
});
