import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { createNodeServer } from '../node-server.ts';
import { chunksOf, readText } from './body.ts';
import type { AppEnv } from './services.ts';

/** One whose body goes on as `pull` says. */
function sent(pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) {
  const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  return new Request('http://127.0.0.1/', { method: 'POST', body, duplex: 'half' } as RequestInit);
}

const LATE = { status: 408, code: 'bad-request' };

async function all(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.byteLength;
  return size;
}

it('gives up a body of which nothing comes any more', async () => {
  let left = 3;
  const request = sent(async (controller) => {
    left -= 1;
    if (left < 0) await new Promise(() => {});
    controller.enqueue(new Uint8Array(10));
  });
  await expect(all(chunksOf(request, { silence: 20, most: 60_000 }))).rejects.toMatchObject(LATE);
});

it('gives up a body that comes drop by drop, but for a file', async () => {
  const drops = (count: number) => {
    let left = count;
    return sent(async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      left -= 1;
      if (left < 0) controller.close();
      else controller.enqueue(new Uint8Array(1));
    });
  };
  await expect(
    all(chunksOf(drops(Number.POSITIVE_INFINITY), { silence: 60_000, most: 30 })),
  ).rejects.toMatchObject(LATE);
  expect(await all(chunksOf(drops(10)))).toBe(10);
});

it('reads what comes in time', async () => {
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: '{"a":1}' });
  expect(await readText(request)).toBe('{"a":1}');
});

it('is the only one that counts the time of a body: uploads may take longer than Node lets them', () => {
  const { requestTimeout, headersTimeout } = createNodeServer(new Hono<AppEnv>());
  expect([requestTimeout, headersTimeout]).toEqual([0, 60_000]);
});
