import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync, createGunzip, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LIVE_PATH } from '../../../protocol/index.ts';
import type { Access } from '../../access/index.ts';
import { type Harness, SOON, startHarness } from '../testing.ts';
import { acceptedEncodings } from './compress-answers.ts';

const STREAM = 'c/conversation1/b/branch-001';
const FAR = { 'x-forwarded-for': '203.0.113.9', authorization: 'Bearer good' };

const token = { id: 'token-01', name: 'Owner', scope: 'owner' as const, created: 0 };
const tokens: Access = {
  known: () => [],
  list: async () => [],
  make: () => Promise.reject(new Error('not here')),
  revoke: () => Promise.reject(new Error('not here')),
  check: async () => ({ kind: 'good', token }),
  onRevoked: () => {},
  close: async () => {},
};

let server: Harness;
beforeEach(async () => {
  vi.setConfig({ testTimeout: 20_000 });
  server = await startHarness({ access: { tokens, needed: false, address: () => undefined } });
  await server.engine.create(STREAM);
});
afterEach(() => server.close());

const items = Array.from({ length: 300 }, (_, n) => ({ n, text: 'the same words again and again' }));

function ask(method: string, path: string, headers: Record<string, string>, body?: object) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const json = body && { 'content-type': 'application/json' };
    const asked = request(server.url + path, { method, headers: { ...headers, ...json } }, resolve);
    asked.on('error', reject).end(body && JSON.stringify(body));
  });
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const read = `/v1/stream/${STREAM}?offset=-1`;

test('a read from elsewhere is compressed as the reader takes it, one from this computer is not', async () => {
  await server.engine.append(STREAM, items);
  const near = await ask('GET', read, { 'accept-encoding': 'br, gzip' });
  expect(near.headers['content-encoding']).toBeUndefined();
  const whole = await bytesOf(near);
  const br = await ask('GET', read, { ...FAR, 'accept-encoding': 'gzip, deflate, br' });
  expect(br.headers).toMatchObject({
    'content-encoding': 'br',
    vary: 'accept-encoding',
    'stream-up-to-date': 'true',
  });
  const small = await bytesOf(br);
  expect(brotliDecompressSync(small)).toEqual(whole);
  expect(small.byteLength).toBeLessThan(whole.byteLength / 10);
  const gzip = await ask('GET', read, { ...FAR, 'accept-encoding': 'br;q=0, gzip' });
  expect(gunzipSync(await bytesOf(gzip))).toEqual(whole);
  const plain = await ask('GET', read, FAR);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(await bytesOf(plain)).toEqual(whole);
});

test('what was read compressed is not sent again while nothing is new', async () => {
  await server.engine.append(STREAM, items);
  const headers = { ...FAR, 'accept-encoding': 'br' };
  const first = await ask('GET', read, headers);
  await bytesOf(first);
  const again = await ask('GET', read, { ...headers, 'if-none-match': first.headers.etag ?? '' });
  expect(again.statusCode).toBe(304);
  again.resume();
});

test('what is small stays as it is, and so does a failure', async () => {
  await server.engine.append(STREAM, [{ n: 1 }]);
  const small = await ask('GET', read, { ...FAR, 'accept-encoding': 'br' });
  expect([small.headers['content-encoding'], await text(small)]).toEqual([undefined, '[{"n":1}]']);
  const missing = await ask('GET', '/v1/stream/c/nowhere-00001/outline', { ...FAR, 'accept-encoding': 'br' });
  expect([missing.statusCode, missing.headers['content-encoding']]).toEqual([404, undefined]);
  missing.resume();
});

test('each live line can be read as soon as it is written', async () => {
  const streams = [{ stream: STREAM, offset: '-1' }];
  const answer = await ask('POST', LIVE_PATH, { ...FAR, 'accept-encoding': 'gzip' }, { streams });
  expect(answer.headers).toMatchObject({
    'content-encoding': 'gzip',
    'cache-control': 'no-store, no-transform',
  });
  let said = '';
  answer.pipe(createGunzip()).on('data', (chunk: Buffer) => {
    said += chunk;
  });
  await vi.waitFor(() => expect(said).toContain('"ready"'), SOON);
  for (const n of [1, 2, 3]) {
    await server.engine.append(STREAM, [{ n, word: `word ${n}` }]);
    await vi.waitFor(() => expect(said).toContain(`word ${n}`), SOON);
  }
  server.closing.abort();
  await vi.waitFor(() => expect(said).toMatch(/"bye"}\n$/), SOON);
});

test('an encoding counts unless it is excluded', () => {
  expect([...acceptedEncodings('GZIP ; q=0.5, br;q=0, deflate')]).toEqual(['gzip', 'deflate']);
  expect([...acceptedEncodings(undefined)]).toEqual(['']);
});
