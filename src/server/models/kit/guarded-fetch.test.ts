import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { guardedFetch } from './guarded-fetch.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function serve(answer: Parameters<typeof createServer>[1] & object): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Two pieces, and the connection cut right behind them. */
const cut = () =>
  serve((_request, response) => {
    response.write('one ');
    response.write('two', () => response.destroy());
  });

test('what arrived before a connection broke is read in full, then it is said', async () => {
  const url = await cut();
  const broken: unknown[] = [];
  let heard = 0;
  const fetch = guardedFetch({
    heard: ({ length }) => (heard += length),
    broke: (error) => broken.push(error),
  });
  for (let round = 0; round < 20; round += 1) expect(await (await fetch(url)).text()).toBe('one two');
  expect(heard).toBe(20 * 7);
  expect(broken).toHaveLength(20);
});

test('by itself a body that broke is an error', async () => {
  const response = await guardedFetch()(await cut());
  await expect(response.text()).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a reader who goes closes the connection; one who is slow holds it up', async () => {
  let sent = 0;
  let closed = false;
  const url = await serve((_request, response) => {
    response.on('close', () => {
      closed = true;
    });
    const more = () => {
      while (!response.destroyed && sent < 50_000_000) {
        sent += 100_000;
        if (!response.write(Buffer.alloc(100_000))) return void response.once('drain', more);
      }
    };
    more();
  });
  const { body } = await guardedFetch()(url);
  const reader = body?.getReader();
  await reader?.read();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(sent).toBeLessThan(50_000_000);
  await reader?.cancel();
  await expect.poll(() => closed).toBe(true);
});

test('of a failure that is told without end only the beginning is read', async () => {
  const line = Buffer.alloc(100_000, 'x');
  const url = await serve((_request, response) => {
    response.writeHead(500);
    const more = (): void => {
      while (!response.destroyed && response.write(line));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  const response = await guardedFetch()(url);
  expect(response.status).toBe(500);
  expect((await response.text()).length).toBe(1_000_000);
});

test('only http and https are spoken', async () => {
  server = createServer();
  for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,x'])
    await expect(guardedFetch()(url)).rejects.toThrow('not http');
});
