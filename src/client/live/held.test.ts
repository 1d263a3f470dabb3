/** The live connection through a proxy that gathers answers before it passes them on, and through one that does as it is told. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createHttp } from '../kit/http.ts';
import type { ConnectionView } from '../types.ts';
import { LiveConnection } from './connection.ts';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Says what the server says: an empty line at once, and `ready` when `opened` calls back. */
function bough(ready: Promise<void>): Promise<string> {
  return listening(
    createServer((asked, answer) => {
      if (asked.url !== '/api/live') return void answer.end('{"ok":true}');
      answer
        .writeHead(200, { 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' })
        .write('\n');
      void ready.then(() => answer.write('{"kind":"ready"}\n'));
    }),
  );
}

/** As nginx does it: what comes is gathered until it is whole, but where the answer asks not to, if that is heard. */
function proxy(to: string, obeys: boolean): Promise<string> {
  return listening(
    createServer((asked, answer) => {
      const { method, headers, url } = asked;
      const passed = request(`${to}${url}`, { method, headers }, (came) => {
        if (obeys && came.headers['x-accel-buffering'] === 'no') {
          answer.writeHead(came.statusCode ?? 502, came.headers);
          return void came.pipe(answer);
        }
        const parts: Buffer[] = [];
        came.on('data', (part: Buffer) => parts.push(part));
        came.on('end', () =>
          answer.writeHead(came.statusCode ?? 502, came.headers).end(Buffer.concat(parts)),
        );
      });
      passed.on('error', () => answer.destroy());
      asked.pipe(passed);
    }),
  );
}

/** Follows a stream there, and gathers how the connection says it is. Only waits are hurried. */
function follow(url: string): ConnectionView[] {
  const views: ConnectionView[] = [];
  const connection = new LiveConnection({
    http: createHttp(url, fetch),
    post: (message) => message.kind === 'state' && views.push(message.view),
  });
  open.push({ close: () => connection.dispose() });
  connection.send({ kind: 'follow', stream: 'conversations', offset: '-1' });
  return views;
}

async function hurried<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
    shouldAdvanceTime: true,
    advanceTimeDelta: 200,
  });
  try {
    return await work();
  } finally {
    vi.useRealTimers();
  }
}

test('where the proxy is told, it is live', async () => {
  const views = follow(await proxy(await bough(Promise.resolve()), true));
  await vi.waitFor(() => expect(views).toEqual([{ kind: 'live' }]), 5_000);
});

test('where it holds answers back all the same, that is said; not that Bough is away', async () => {
  const address = await proxy(await bough(Promise.resolve()), false);
  await hurried(async () => {
    const views = follow(address);
    await vi.waitFor(() => expect(views).toEqual([{ kind: 'connecting', held: true }]), 60_000);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(views).toEqual([{ kind: 'connecting', held: true }]);
  });
});

test('a storage that is slow is no proxy', async () => {
  let ready = (): void => {};
  const address = await bough(new Promise<void>((resolve) => (ready = resolve)));
  await hurried(async () => {
    const views = follow(address);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(views).toEqual([]);
    ready();
    await vi.waitFor(() => expect(views).toEqual([{ kind: 'live' }]), 5_000);
  });
});
