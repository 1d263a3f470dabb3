import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { listen } from './listen.ts';

const servers: Server[] = [];
function server(): Server {
  const made = createServer();
  servers.push(made);
  return made;
}
afterEach(async () => {
  for (const made of servers.splice(0)) await new Promise((resolve) => made.close(resolve));
});

test('a port that is taken gives the next free one', async () => {
  const first = await listen(server(), '127.0.0.1', 0);
  const second = server();
  const port = await listen(second, '127.0.0.1', first);
  expect(port).toBeGreaterThan(first);
  expect(port).toBeLessThanOrEqual(first + 20);
  expect((second.address() as AddressInfo).port).toBe(port);
  expect(second.listenerCount('error')).toBe(0);
});

test('where only one port will do, no other is taken', async () => {
  const first = await listen(server(), '127.0.0.1', 0);
  await expect(listen(server(), '127.0.0.1', first, 0)).rejects.toThrow(
    `The port ${first} is not free on 127.0.0.1. Set BOUGH_PORT to another one.`,
  );
});

test('a host this computer does not have is told in one line', async () => {
  await expect(listen(server(), '192.0.2.1', 0)).rejects.toThrow(/^Cannot listen on 192\.0\.2\.1: .*\.$/);
});
