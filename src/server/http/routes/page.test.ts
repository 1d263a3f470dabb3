import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadPage } from '../kit/page-files.ts';
import { type Harness, startHarness } from '../testing.ts';

const SCRIPT = `export const text = '${'tree '.repeat(500)}';`;
const HTML = '<!doctype html><title>Bough</title>';

let folder: string;
let server: Harness;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-page-'));
  const client = join(folder, 'client');
  await mkdir(join(client, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(client, 'index.html'), HTML);
  await writeFile(join(client, 'icon.svg'), '<svg/>');
  await writeFile(join(client, 'assets', 'main-1a2b.js'), SCRIPT);
  await writeFile(join(client, 'assets', 'font-1a2b.woff2'), new Uint8Array(3000));
  await writeFile(join(client, 'assets', 'pre-1a2b.css'), 'a{}');
  await writeFile(join(client, 'assets', 'pre-1a2b.css.gz'), gzipSync('a{} /* beforehand */'));
  await writeFile(join(client, 'assets', 'alone-1a2b.js.br'), brotliCompressSync(SCRIPT));
  const page = await loadPage(client);
  server = await startHarness(page ? { page } : {});
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly bytes: Buffer;
}

/** Sends the path as it is, which `fetch` would put right first, and takes the bytes as they come. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, headers, method });
    asking.once('error', reject);
    asking.once('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) });
    });
    asking.end();
  });
}

test('a mistyped address is the page for a person and a problem for a program, 404 for both', async () => {
  for (const path of ['/nope', '/c/', '/c/a/b']) {
    const shown = await ask(path, { accept: 'text/html,*/*' });
    expect([shown.status, shown.bytes.toString()]).toEqual([404, HTML]);
    const told = await ask(path, { accept: '*/*' });
    expect(told.status).toBe(404);
    expect(told.headers['content-type']).toBe('application/problem+json');
  }
  const api = await ask('/api/nope', { accept: 'text/html' });
  expect(api.headers['content-type']).toBe('application/problem+json');
});

test.each(['/', '/c/conversation1', '/c/conversation1?m=message-1', '/c/anything', '/index.html'])(
  '%s is the page, asked for anew each time',
  async (path) => {
    const { status, headers, bytes } = await ask(path);
    expect([status, bytes.toString()]).toEqual([200, HTML]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
  },
);

test('assets are kept for ever, other files are asked for anew', async () => {
  const asset = await ask('/assets/main-1a2b.js');
  expect(asset.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(asset.bytes.toString()).toBe(SCRIPT);
  expect((await ask('/icon.svg')).headers).toMatchObject({
    'content-type': 'image/svg+xml',
    'cache-control': 'no-cache',
  });
});

test('text goes out as small as the browser takes it, the same each time', async () => {
  for (let time = 0; time < 2; time += 1) {
    const br = await ask('/assets/main-1a2b.js', { 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(brotliDecompressSync(br.bytes).toString()).toBe(SCRIPT);
    const gzip = await ask('/assets/main-1a2b.js', { 'accept-encoding': 'gzip, br;q=0' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.bytes).toString()).toBe(SCRIPT);
  }
});

test('what was compressed beforehand is taken as it is; what does not shrink is left', async () => {
  const css = await ask('/assets/pre-1a2b.css', { 'accept-encoding': 'gzip, br' });
  expect(gunzipSync(css.bytes).toString()).toBe('a{} /* beforehand */');
  const font = await ask('/assets/font-1a2b.woff2', { 'accept-encoding': 'gzip, br' });
  expect(font.headers['content-encoding']).toBeUndefined();
  expect((await ask('/assets/pre-1a2b.css.gz')).status).toBe(404);
});

test('an ETag that still holds is answered 304', async () => {
  const etag = String((await ask('/')).headers.etag);
  expect(await ask('/', { 'if-none-match': etag })).toMatchObject({ status: 304, bytes: Buffer.alloc(0) });
  expect((await ask('/', { 'if-none-match': '"other"' })).status).toBe(200);
});

test('HEAD answers the headers alone', async () => {
  const { status, headers, bytes } = await ask('/', {}, 'HEAD');
  expect([status, headers['content-length'], bytes.length]).toEqual([200, String(HTML.length), 0]);
});

test.each([
  '/assets/gone-9z.js',
  '/assets/',
  '/assets',
  '/c/a/b',
  '/secret.txt',
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '//secret.txt',
  '/..\\secret.txt',
  '/etc/passwd',
])('%s is not there', async (path) => {
  const { status, bytes } = await ask(path);
  expect([400, 404]).toContain(status);
  expect(bytes.toString()).not.toContain('secret\n');
  expect(JSON.parse(bytes.toString())).toMatchObject({ code: expect.any(String) });
});

test('a file that is there in its compressed form alone is sent so, or unpacked', async () => {
  const packed = await ask('/assets/alone-1a2b.js', { 'accept-encoding': 'br, gzip' });
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
  });
  expect(brotliDecompressSync(packed.bytes).toString()).toBe(SCRIPT);
  for (const accepted of ['gzip', '']) {
    const whole = await ask('/assets/alone-1a2b.js', { 'accept-encoding': accepted });
    expect(whole.headers['content-encoding']).toBeUndefined();
    expect(whole.bytes.toString()).toBe(SCRIPT);
  }
  expect((await ask('/assets/alone-1a2b.js.br')).status).toBe(404);
});

test('the page is only for reading', async () => {
  const answer = await ask('/', {}, 'POST');
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
});

test('a page that is not built is told', async () => {
  expect(await loadPage(join(folder, 'nowhere'))).toBeNull();
  await server.close();
  server = await startHarness();
  expect(JSON.parse((await ask('/')).bytes.toString()).detail).toBe(
    'The page is not built yet: npm start builds it.',
  );
});
