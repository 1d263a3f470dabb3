import { request } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LIVE_STREAM_LIMIT, type LiveLine, Refusal, replyStream } from '../../../protocol/index.ts';
import { type Engine, EngineUnavailable, type FollowFrame } from '../../engine/index.ts';
import type { MemoryEngine } from '../../engine/testing/memory.ts';
import { type Harness, SOON, startHarness } from '../testing.ts';
import { type Connection, connect } from './live-testing.ts';

const A = 'c/conversation1/b/branch-001';
const B = 'c/conversation1/g/reply-001';

vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let server: Harness;
let connections: Connection[];
beforeEach(async () => {
  server = await startHarness();
  connections = [];
  await server.engine.create(A);
  await server.engine.create(B);
});
afterEach(async () => {
  for (const connection of connections) connection.leave();
  await server.close();
});

async function live(...streams: { stream: string; offset: string }[]): Promise<Connection> {
  const connection = await connect(server.url, streams);
  connections.push(connection);
  return connection;
}

const at = (stream: string, offset = '-1') => ({ stream, offset });
const frame = (line: LiveLine | undefined) => (line?.kind === 'frame' ? line : undefined);

test('what is there, ready, then what comes', async () => {
  await server.engine.append(A, [{ n: 1 }, { n: 2 }]);
  const connection = await live(at(A), at(B));
  const first = await connection.next();
  expect(first).toMatchObject({ kind: 'frame', stream: A, from: '-1', items: [{ n: 1 }, { n: 2 }] });
  expect(await connection.next()).toEqual({ kind: 'ready' });
  await server.engine.append(B, [{ n: 3 }]);
  // Nothing was in B: the reader still stands where it said.
  expect(await connection.next()).toMatchObject({ kind: 'frame', stream: B, from: '-1', items: [{ n: 3 }] });
  await server.engine.append(A, [{ n: 4 }]);
  expect(await connection.next()).toMatchObject({ stream: A, from: frame(first)?.next, items: [{ n: 4 }] });
});

test('nothing to follow is ready at once', async () => {
  const connection = await live();
  expect(await connection.next()).toEqual({ kind: 'ready' });
});

test('a closed stream says so once and is done', async () => {
  await server.engine.append(A, [{ n: 1 }], { close: true });
  const connection = await live(at(A), at(B));
  expect(await connection.next()).toMatchObject({ stream: A, items: [{ n: 1 }], closed: true });
  expect(await connection.next()).toEqual({ kind: 'ready' });
  await server.engine.append(B, [{ n: 2 }], { close: true });
  expect(await connection.next()).toMatchObject({ stream: B, items: [{ n: 2 }], closed: true });
});

test('a closed stream without anything new says that it is closed', async () => {
  const { next } = (await server.engine.append(A, [{ n: 1 }], { close: true })) as { next: string };
  const connection = await live(at(A, next));
  expect(await connection.next()).toEqual({
    kind: 'frame',
    stream: A,
    from: next,
    next,
    items: [],
    closed: true,
  });
});

test('what is missing, deleted, or has no such offset is gone; the others go on', async () => {
  const missing = replyStream('conversation1', 'nobody-001');
  const connection = await live(at(missing), at(A, 'm000000000099'), at(B));
  expect(await connection.next()).toEqual({ kind: 'gone', stream: missing });
  expect(await connection.next()).toEqual({ kind: 'gone', stream: A });
  expect(await connection.next()).toEqual({ kind: 'ready' });
  await server.engine.delete(B);
  expect(await connection.next()).toEqual({ kind: 'gone', stream: B });
});

test('an engine that is away is said by the status, or by the end; no stream is called gone', async () => {
  await server.close();
  let away = false;
  const broken = (): never => {
    throw new EngineUnavailable('no answer');
  };
  server = await startHarness({
    engine: (engine) => ({
      read: (...call) => (away ? broken() : engine.read(...call)),
      head: async (stream) => (away ? broken() : engine.head(stream)),
      async *follow(...call) {
        for await (const frame of engine.follow(...call)) {
          if (away) broken();
          yield frame;
        }
      },
    }),
  });
  await server.engine.create(A);
  const connection = await live(at(A));
  expect(await connection.next()).toEqual({ kind: 'ready' });
  away = true;
  await server.engine.append(A, [{ n: 1 }]);
  expect(await connection.next()).toBeUndefined();
  const refused = await fetch(`${server.url}/api/live`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [at(A)] }),
  });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'engine-unavailable' });
});

test('where nothing is found, not even the list can be made, no stream is called gone', async () => {
  const connection = await live(at(A));
  expect(await connection.next()).toEqual({ kind: 'ready' });
  server.newest = () => {
    throw new Refusal(503, 'storage-elsewhere', 'There is no storage.');
  };
  await server.engine.delete(A);
  expect(await connection.next()).toBeUndefined();
  const refused = await fetch(`${server.url}/api/live`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [at(A)] }),
  });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'storage-elsewhere' });
});

test('a silent connection beats', async () => {
  await server.close();
  server = await startHarness({ timing: { beat: 5 } });
  const connection = await live();
  expect(await connection.next()).toEqual({ kind: 'ready' });
  expect(await connection.next()).toEqual({ kind: 'beat' });
  expect(await connection.next()).toEqual({ kind: 'beat' });
});

test('a beat says what nothing can be written for', async () => {
  await server.close();
  server = await startHarness({ timing: { beat: 5 } });
  const engine: { unwritten?: string | undefined } = Object.assign(server.engine, { unwritten: 'full' });
  const connection = await live();
  expect(await connection.next()).toEqual({ kind: 'ready' });
  expect(await connection.next()).toEqual({ kind: 'beat', unwritten: 'storage-full' });
  engine.unwritten = undefined;
  const beats = [await connection.next(), await connection.next(), await connection.next()];
  expect(beats.at(-1)).toEqual({ kind: 'beat' });
});

test.each(['after its time', 'when the server closes'])('it says bye %s and ends', async (when) => {
  if (when === 'after its time') {
    await server.close();
    server = await startHarness({ timing: { duration: 20 } });
  }
  const connection = await live();
  expect(await connection.next()).toEqual({ kind: 'ready' });
  if (when !== 'after its time') server.closing.abort();
  expect(await connection.next()).toEqual({ kind: 'bye' });
  expect(await connection.next()).toBeUndefined();
});

const errors = () => server.logged.filter(({ level }) => level === 'error');

test('who asks a server that closes is sent away, which is no error', async () => {
  server.closing.abort();
  await expect(live(at(A))).rejects.toThrow('Bough is closing');
  expect(errors()).toEqual([]);
});

test.each(['head', 'read'] as const)(
  'a %s in hand that the closing of the engine ends is no error',
  async (call) => {
    await server.close();
    let fail = (_: Error): void => {};
    const never = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const asked = vi.fn(() => never);
    const follow: Engine['follow'] = () => {
      throw new Error('nothing is followed yet');
    };
    server = await startHarness({
      engine: (engine) => ({
        head: engine.head.bind(engine),
        read: engine.read.bind(engine),
        follow,
        [call]: asked,
      }),
    });
    await server.engine.create(A);
    const reader = live(at(A)).then((connection) => connection.next());
    await vi.waitFor(() => expect(asked).toHaveBeenCalled(), SOON);
    server.closing.abort();
    fail(new EngineUnavailable('The engine is shut down.'));
    await reader.catch(() => {});
    expect(errors()).toEqual([]);
  },
);

test('under concurrent appends and reconnects each item comes exactly once, in order', async () => {
  const count = 400;
  const appending = (async () => {
    for (let n = 0; n < count; n += 1) {
      await server.engine.append(A, [{ n }]);
      if (n % 7 === 0) await new Promise(setImmediate);
    }
  })();
  const seen: unknown[] = [];
  let offset = '-1';
  while (seen.length < count) {
    const connection = await live(at(A, offset));
    for (let lines = 0; lines < 5 && seen.length < count; lines += 1) {
      const line = await connection.next();
      const got = frame(line);
      if (!got) continue;
      expect(got.from).toBe(offset);
      seen.push(...got.items);
      offset = got.next;
    }
    connection.leave();
  }
  await appending;
  expect(seen).toEqual(Array.from({ length: count }, (_, n) => ({ n })));
});

test('the conversation is mended before its streams are read', async () => {
  const outline = 'c/conversation2/outline';
  server.onOpen = async () => void (await server.engine.create(outline));
  const connection = await live(at(outline));
  expect(await connection.next()).toEqual({ kind: 'ready' });
  expect(server.opened).toEqual(['conversation2']);
});

test.each([
  ['no stream of Bough', { streams: [at('etc/passwd')] }],
  ['a stream twice', { streams: [at(A), at(A)] }],
  [
    'too many streams',
    {
      streams: Array.from({ length: LIVE_STREAM_LIMIT + 1 }, (_, n) =>
        at(`c/conversation1/b/branch${n + 100}`),
      ),
    },
  ],
  ['an unknown field', { streams: [], since: 1 }],
])('%s is refused', async (_name, body) => {
  const response = await fetch(`${server.url}/api/live`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'bad-request', detail: expect.stringMatching(/\.$/) });
});

/** Counts the frames asked of the engine and the follows that have not let go. */
function counting(counts: { frames: number; open: number }) {
  return (engine: MemoryEngine): Pick<Engine, 'read' | 'head' | 'follow'> => ({
    read: engine.read.bind(engine),
    head: engine.head.bind(engine),
    follow: async function* (stream, from, signal): AsyncGenerator<FollowFrame> {
      counts.open += 1;
      try {
        for await (const seen of engine.follow(stream, from, signal)) {
          counts.frames += 1;
          yield seen;
        }
      } finally {
        counts.open -= 1;
      }
    },
  });
}

test('a reader that takes nothing stops the asking: it costs one frame a stream, and loses nothing', async () => {
  const counts = { frames: 0, open: 0 };
  await server.close();
  server = await startHarness({ engine: counting(counts) });
  await server.engine.create(A);
  const body = JSON.stringify({ streams: [at(A)] });
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const sending = request(`${server.url}/api/live`, { method: 'POST', headers });
  const response = await new Promise<import('node:http').IncomingMessage>((resolve) => {
    sending.once('response', resolve);
    sending.end(body);
  });
  response.pause();
  const text = 'x'.repeat(100_000);
  let count = 0;
  const append = async (): Promise<void> => {
    await server.engine.append(A, [{ n: count, text }]);
    count += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  // Until both sockets are full; they hold some 10 MB.
  for (let idle = 0; idle < 30 && count < 1000; ) {
    const asked = counts.frames;
    await append();
    idle = counts.frames === asked ? idle + 1 : 0;
  }
  const asked = counts.frames;
  for (let more = 0; more < 30; more += 1) await append();
  expect(counts.frames).toBe(asked);

  const numbers: number[] = [];
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((each) => each !== '')) {
      const got = frame(JSON.parse(line));
      for (const item of got?.items ?? []) numbers.push((item as { n: number }).n);
    }
    if (numbers.length === count) break;
  }
  expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n));
}, 30_000);

test('a reader that leaves takes its follows with it', async () => {
  const counts = { frames: 0, open: 0 };
  await server.close();
  server = await startHarness({ engine: counting(counts) });
  await server.engine.create(A);
  await server.engine.create(B);
  const connection = await live(at(A), at(B));
  await connection.next();
  await vi.waitFor(() => expect(counts.open).toBe(2), SOON);
  connection.leave();
  await vi.waitFor(() => expect(counts.open).toBe(0), SOON);
});

test('what goes on asks proxies to pass it on at once, and begins at once', async () => {
  const leaving = new AbortController();
  const answer = await fetch(`${server.url}/api/live`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [] }),
    signal: leaving.signal,
  });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-accel-buffering': 'no',
    'cache-control': 'no-store, no-transform',
  });
  const first = await answer.body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toMatch(/^\n/);
  leaving.abort();
});
