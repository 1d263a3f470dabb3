import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { wav } from '../../../protocol/files/testing-audio.ts';
import {
  AUDIO_LIMIT,
  FILES_PATH,
  IMAGE_LIMIT,
  ORIGINAL_QUERY,
  type StoredFile,
} from '../../../protocol/index.ts';
import { smallDisk } from '../../engine/embedded/testing.ts';
import { createFileStore, type FileStore } from '../../files/index.ts';
import { PNG, utf8 } from '../../files/testing.ts';
import { type Harness, SOON, startHarness } from '../testing.ts';

let folder: string;
let files: FileStore;
let server: Harness;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-files-http-'));
  files = createFileStore(folder);
  server = await startHarness({ files });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const post = (body: Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${FILES_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: body as BodyInit,
  });
const upload = async (body: Uint8Array) => (await (await post(body)).json()) as StoredFile;
const head = (hash: string) => fetch(`${server.url}${FILES_PATH}/${hash}`, { method: 'HEAD' });
const get = (hash: string, query = '') => fetch(`${server.url}${FILES_PATH}/${hash}${query}`);

test('an image comes back as it went in, under a policy that runs nothing', async () => {
  const { hash, type, size } = await upload(PNG);
  expect({ type, size }).toEqual({ type: 'image/png', size: PNG.byteLength });
  const answer = await get(hash, `?name=${encodeURIComponent('Ann\'s "plan".png')}`);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(PNG));
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': "inline; filename*=UTF-8''Ann%27s%20%22plan%22.png",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=31536000, immutable',
  });
});

test('audio is larger than an image may be, comes as what it is, and in the parts that players ask for', async () => {
  const audio = wav(IMAGE_LIMIT / 16_000 + 1);
  const { hash, ...told } = await upload(audio);
  expect(told).toEqual({ type: 'audio/wav', size: audio.byteLength, seconds: IMAGE_LIMIT / 16_000 + 1 });
  const part = async (range: string) => {
    const answer = await fetch(`${server.url}${FILES_PATH}/${hash}`, { headers: { range } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, size: bytes.length, first: bytes[0], headers: answer.headers };
  };
  const { status, size, first, headers } = await part('bytes=44-1043');
  expect([status, size, first]).toEqual([206, 1_000, audio[44]]);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'audio/wav',
    'content-range': `bytes 44-1043/${audio.byteLength}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': 'attachment',
  });
  expect((await part('bytes=0-')).size).toBe(audio.byteLength);
  expect(await part('bytes=-5')).toMatchObject({ status: 206, size: 5 });
  for (const odd of ['bytes=0-1,5-6', 'bytes=9-3', `bytes=${audio.byteLength}-`, 'lines=1-2', 'bytes=-'])
    expect(await part(odd)).toMatchObject({ status: 200, size: audio.byteLength });
});

test('an original of a kind that could run scripts is only ever saved', async () => {
  const pdf = utf8('%PDF-1.4 \0');
  expect((await post(pdf)).status).toBe(415);
  const stored = await fetch(`${server.url}${FILES_PATH}${ORIGINAL_QUERY}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: pdf as BodyInit },
  });
  const { hash, type } = (await stored.json()) as StoredFile;
  expect(type).toBe('application/pdf');
  expect(Object.fromEntries((await get(hash, '?name=a.pdf')).headers)).toMatchObject({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': "attachment; filename*=UTF-8''a.pdf",
  });
});

test('HEAD tells what a file is without reading it', async () => {
  const image = await upload(PNG);
  const text = await upload(utf8('a,b\n1,2\n'));
  const read = vi.spyOn(files, 'read');
  for (const { hash, type, size } of [image, text]) {
    const answer = await head(hash);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(type);
    expect(answer.headers.get('content-length')).toBe(String(size));
  }
  expect((await head('f'.repeat(64))).status).toBe(404);
  expect(read).not.toHaveBeenCalled();
  await (await get(image.hash)).arrayBuffer();
  expect(read).toHaveBeenCalledOnce();
});

test.each(['<svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>', '<script>alert(1)</script>'])(
  '%s is saved as text and never shown as a page',
  async (text) => {
    const { headers } = await get((await upload(utf8(text))).hash);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment');
  },
);

test.each([
  [415, 'file-type', utf8('a\0b'), {}],
  [415, 'file-type', utf8('text'), { 'content-type': 'text/plain' }],
  [400, 'empty-file', new Uint8Array(), {}],
  [413, 'too-large', new Uint8Array(IMAGE_LIMIT + 1), {}],
  [413, 'too-large', wav(AUDIO_LIMIT / 16_000), {}],
  [403, 'foreign-origin', PNG, { origin: 'https://evil.example' }],
])('refused with %i %s', async (status, code, body, headers) => {
  const answer = await post(body, headers);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code, detail: expect.stringMatching(/\.$/) });
});

test('an upload whose sender leaves is nothing, and the next one works', async () => {
  const asking = request(`${server.url}${FILES_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': '1000' },
  });
  asking.on('error', () => {});
  // Once it is on its way: what leaves before it has connected never was there.
  await new Promise((resolve) => asking.write('half', resolve));
  asking.destroy();
  await expect.poll(() => server.logged.some(({ route }) => route === FILES_PATH), SOON).toBe(true);
  expect((await post(PNG)).status).toBe(200);
});

test('what is not stored is not found', async () => {
  expect((await get('a'.repeat(64))).status).toBe(404);
  expect((await get('nonsense')).status).toBe(404);
});

const disk = smallDisk('300k');
afterAll(() => disk?.remove());

test.skipIf(disk === null)(
  'a full disk, and one that cannot be written, are said as what they are',
  async () => {
    const files = createFileStore(disk?.path ?? '');
    const here = await startHarness({ files });
    const content = (from: number) => new Uint8Array(200_000).fill(from);
    const put = (bytes: Uint8Array) =>
      fetch(`${here.url}${FILES_PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes as BodyInit,
      });
    try {
      expect((await put(content(65))).status).toBe(200);
      const full = await put(content(66));
      expect(full.status).toBe(503);
      expect(await full.json()).toMatchObject({
        code: 'storage-full',
        detail: expect.stringMatching(/full/),
      });
      disk?.readOnly();
      const readOnly = await put(content(67).subarray(0, 100));
      expect(await readOnly.json()).toMatchObject({ status: 503, code: 'storage-unwritable' });
    } finally {
      await here.close();
    }
  },
);
