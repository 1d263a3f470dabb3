import { stream as readStream } from '@durable-streams/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refusal } from '../../../protocol/index.ts';
import { EngineUnavailable } from '../../engine/index.ts';
import { type Harness, SOON, startHarness } from '../testing.ts';

const OUTLINE = 'c/conversation1/outline';
const BRANCH = 'c/conversation1/b/branch-001';

vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let server: Harness;
beforeEach(async () => {
  server = await startHarness({ timing: { longPoll: 30, beat: 20, log: 30 } });
  await server.engine.create(BRANCH);
});
afterEach(() => server.close());

const address = (query: string, name = BRANCH): string => `${server.url}/v1/stream/${name}${query}`;
const read = (query = '', name = BRANCH, init: RequestInit = {}): Promise<Response> =>
  fetch(address(query, name), init);

async function fill(...items: object[]): Promise<string> {
  let next = '';
  for (const item of items) {
    const result = await server.engine.append(BRANCH, [item]);
    if (result.kind === 'appended') next = result.next;
  }
  return next;
}

function told(response: Response): Record<string, string | null> {
  const names = ['next-offset', 'up-to-date', 'closed', 'cursor'];
  return Object.fromEntries(names.map((name) => [name, response.headers.get(`stream-${name}`)]));
}

test('catch-up answers whole items with the position after them', async () => {
  const next = await fill({ n: 1 }, { n: 2 });
  const response = await read('?offset=-1');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('cache-control')).toBe('private, no-cache');
  expect(told(response)).toEqual({ 'next-offset': next, 'up-to-date': 'true', closed: null, cursor: null });
  expect(await response.json()).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await (await read()).json()).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await (await read(`?offset=${next}`)).json()).toEqual([]);
});

test('max cuts at whole appends and leaves up-to-date away', async () => {
  await fill({ n: 1 }, { n: 2 }, { n: 3 });
  const first = await read('?offset=-1&max=2');
  expect(told(first)['up-to-date']).toBeNull();
  expect(await first.json()).toEqual([{ n: 1 }, { n: 2 }]);
  const rest = await read(`?offset=${told(first)['next-offset']}&max=2`);
  expect(told(rest)['up-to-date']).toBe('true');
  expect(await rest.json()).toEqual([{ n: 3 }]);
});

test('one answer holds at most 2 MB, and always something', async () => {
  const text = 'x'.repeat(900_000);
  await fill({ text }, { text }, { text }, { text: text.repeat(3) });
  const sizes: number[] = [];
  for (let offset = '-1', done = false; !done; ) {
    const response = await read(`?offset=${offset}`);
    sizes.push(((await response.json()) as unknown[]).length);
    offset = told(response)['next-offset'] ?? '';
    done = told(response)['up-to-date'] === 'true';
  }
  expect(sizes).toEqual([2, 1, 1]);
});

test('a closed stream is closed at its end only', async () => {
  await fill({ n: 1 });
  await server.engine.append(BRANCH, [{ n: 2 }], { close: true });
  expect(told(await read('?offset=-1&max=1')).closed).toBeNull();
  expect(told(await read('?offset=-1')).closed).toBe('true');
  expect(told(await read('', BRANCH, { method: 'HEAD' })).closed).toBe('true');
  expect((await read('?offset=now&live=long-poll')).status).toBe(204);
});

test('an ETag that still holds is answered 304, one that does not with the items', async () => {
  await fill({ n: 1 });
  const etag = (await read('?offset=-1')).headers.get('etag') ?? '';
  const conditional = { headers: { 'if-none-match': `"other", ${etag}` } };
  const same = await read('?offset=-1', BRANCH, conditional);
  expect([same.status, await same.text()]).toEqual([304, '']);
  expect(same.headers.get('etag')).toBe(etag);
  await server.engine.close(BRANCH);
  expect((await read('?offset=-1', BRANCH, conditional)).status).toBe(200);
});

test('offset=now answers nothing but the tail', async () => {
  const next = await fill({ n: 1 });
  const response = await read('?offset=now');
  expect(await response.json()).toEqual([]);
  expect(told(response)).toMatchObject({ 'next-offset': next, 'up-to-date': 'true' });
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('etag')).toBeNull();
});

test('HEAD tells the tail without a body, also with live parameters', async () => {
  const next = await fill({ n: 1 });
  for (const query of ['', '?offset=now&live=sse']) {
    const response = await read(query, BRANCH, { method: 'HEAD' });
    expect([response.status, told(response)['next-offset'], await response.text()]).toEqual([200, next, '']);
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test.each([
  ['?offset=', 400],
  ['?offset=m000000000009', 400],
  ['?offset=../../etc', 400],
  ['?offset=-1&offset=-1', 400],
  [`?offset=${'m'.repeat(201)}`, 400],
  ['?live=sse', 400],
  ['?live=long-poll', 400],
  ['?offset=-1&live=forever', 400],
  ['?offset=-1&max=0', 400],
  ['?offset=-1&max=many', 400],
  ['?offset=m000000000009&live=sse', 400],
])('%s is refused with %i', async (query, status) => {
  const response = await read(query);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code: 'bad-request', detail: expect.stringMatching(/\.$/) });
});

test.each([
  '',
  'etc/passwd',
  '..%2f..%2fetc',
  'c/x/outline',
  'c/conversation1/b/branch-001/more',
  '%ff',
  'c/conversation1',
])('the name "%s" is no stream', async (name) => {
  for (const method of ['GET', 'HEAD']) expect((await read('', name, { method })).status).toBe(404);
});

test('missing is 404; deleted while forks read it is 410', async () => {
  const missing = await read('', 'c/conversation1/b/nobody-001');
  expect(await missing.json()).toMatchObject({ status: 404, code: 'not-found' });
  const offset = await fill({ n: 1 });
  await server.engine.fork('c/conversation1/b/branch-002', { stream: BRANCH, offset });
  await server.engine.delete(BRANCH);
  expect(await (await read()).json()).toMatchObject({ status: 410, code: 'gone' });
  for (const method of ['HEAD', 'GET'])
    expect((await read('?offset=now', BRANCH, { method })).status).toBe(410);
});

test('branches are written, nothing else is, and nothing is deleted', async () => {
  const [outline, reserved] = ['c/conversation1/outline', '__ds/subscriptions/1'];
  for (const [method, stream, status, allow] of [
    ['DELETE', BRANCH, 405, 'GET, HEAD, PUT, POST'],
    ['PATCH', BRANCH, 405, 'GET, HEAD, PUT, POST'],
    ['PUT', outline, 405, 'GET, HEAD'],
    ['POST', outline, 405, 'GET, HEAD'],
    ['DELETE', outline, 405, 'GET, HEAD'],
    ['PUT', reserved, 404, null],
    ['POST', reserved, 404, null],
  ] as const) {
    const response = await read('', stream, { method });
    expect([method, stream, response.status, response.headers.get('allow')]).toEqual([
      ...[method, stream, status, allow],
    ]);
  }
});

test('outlines and branches are mended before they are read, other streams are not', async () => {
  server.onOpen = async () => void (await server.engine.create(OUTLINE));
  expect((await read('', OUTLINE)).status).toBe(200);
  await read('', BRANCH);
  await read('', 'c/conversation1/g/reply-001');
  await read('', 'conversations');
  expect(server.opened).toEqual(['conversation1', 'conversation1']);
});

test('a view can be read before anything was viewed', async () => {
  const response = await read('?offset=-1', 'c/conversation1/view');
  expect([response.status, await response.text()]).toEqual([200, '[]']);
});

test('the log of a reply that was just announced is waited for, not for ever', async () => {
  await server.close();
  server = await startHarness();
  const log = 'c/conversation1/g/reply-001';
  const reading = read('?offset=-1', log);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await server.engine.create(log);
  const response = await reading;
  expect([response.status, await response.json()]).toEqual([200, []]);
  expect((await read('?offset=-1', 'c/conversation1/g/reply-002')).status).toBe(404);
});

test('an engine that does not answer is told as 503', async () => {
  server.onOpen = async () => {
    throw new EngineUnavailable('down');
  };
  expect(await (await read()).json()).toMatchObject({ status: 503, code: 'engine-unavailable' });
});

test('nothing is called missing where the list cannot be made either', async () => {
  server.newest = () => {
    throw new Refusal(503, 'storage-elsewhere', 'There is no storage.');
  };
  const response = await read('', 'c/conversation1/b/nothing-0001');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'storage-elsewhere' });
});

test('a long poll waits for what comes', async () => {
  const offset = await fill({ n: 1 });
  const waiting = read(`?offset=${offset}&live=long-poll`);
  const next = await fill({ n: 2 });
  const response = await waiting;
  expect(await response.json()).toEqual([{ n: 2 }]);
  expect(told(response)).toMatchObject({
    'next-offset': next,
    'up-to-date': 'true',
    cursor: expect.stringMatching(/^\d+$/),
  });
});

test('a long poll that waited in vain answers 204 with the tail', async () => {
  const next = await fill({ n: 1 });
  const response = await read('?offset=now&live=long-poll');
  expect(response.status).toBe(204);
  expect(told(response)).toMatchObject({
    'next-offset': next,
    'up-to-date': 'true',
    cursor: expect.any(String),
  });
});

test.each([
  ['closed', 204, () => server.engine.close(BRANCH)],
  ['deleted', 404, () => server.engine.delete(BRANCH)],
  ['left by a server that closes', 204, async () => server.closing.abort()],
])('a long poll ends when its stream is %s', async (_what, status, end) => {
  await server.close();
  server = await startHarness();
  await server.engine.create(BRANCH);
  const waiting = read('?offset=now&live=long-poll');
  await vi.waitFor(() => expect(server.opened).toHaveLength(1), SOON);
  await end();
  expect((await waiting).status).toBe(status);
});

test('a cursor is answered by a greater one', async () => {
  const cursor = Number((await read('?offset=now&live=long-poll')).headers.get('stream-cursor'));
  const next = await read(`?offset=now&live=long-poll&cursor=${cursor + 5}`);
  expect(Number(next.headers.get('stream-cursor'))).toBeGreaterThan(cursor + 5);
});

async function sse(query: string, take: number): Promise<{ event: string; data: unknown }[]> {
  const leaving = new AbortController();
  const response = await read(query, BRANCH, { signal: leaving.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events: { event: string; data: unknown }[] = [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [event, data] = text.slice(0, end).split('\n');
      events.push({ event: event?.slice(7) ?? '', data: JSON.parse(data?.slice(6) ?? '') });
      text = text.slice(end + 2);
    }
    if (events.length >= take) break;
  }
  leaving.abort();
  return events;
}

test('SSE gives data and control, then the beat of a quiet stream', async () => {
  const next = await fill({ n: 1, text: 'two\nlines' });
  const control = { streamNextOffset: next, streamCursor: expect.any(String), upToDate: true };
  expect(await sse('?offset=-1&live=sse', 3)).toEqual([
    { event: 'data', data: [{ n: 1, text: 'two\nlines' }] },
    { event: 'control', data: control },
    { event: 'control', data: control },
  ]);
});

test('SSE from now begins with the tail', async () => {
  const next = await fill({ n: 1 });
  const [first] = await sse('?offset=now&live=sse', 1);
  expect(first).toMatchObject({ event: 'control', data: { streamNextOffset: next, upToDate: true } });
});

test('SSE ends with the stream', async () => {
  const reading = sse('?offset=-1&live=sse', 99);
  await fill({ n: 1 });
  const result = await server.engine.append(BRANCH, [{ n: 2 }], { close: true });
  const events = await reading;
  expect(events.at(-1)?.data).toEqual({
    streamNextOffset: (result as { next: string }).next,
    streamClosed: true,
  });
  expect(events.flatMap(({ event, data }) => (event === 'data' ? data : []))).toEqual([{ n: 1 }, { n: 2 }]);
});

test.each(['long-poll', 'sse'] as const)("the protocol's own client reads to the end by %s", async (live) => {
  await fill({ n: 0 }, { n: 1 });
  const items: unknown[] = [];
  const response = await readStream<{ n: number }>({ url: address(''), offset: '-1', live });
  response.subscribeJson(async (batch) => void items.push(...batch.items));
  for (let n = 2; n < 20; n += 1) {
    await fill({ n });
    await new Promise(setImmediate);
  }
  await server.engine.append(BRANCH, [{ n: 20 }], { close: true });
  await response.closed;
  // It says that it is closed before its subscriber has had the last batch.
  await vi.waitFor(() => expect(items).toEqual(Array.from({ length: 21 }, (_, n) => ({ n }))), SOON);
});

test("the protocol's own client catches up and goes on from its offset", async () => {
  await fill({ n: 0 }, { n: 1 });
  const first = await readStream({ url: address(''), offset: '-1', live: false });
  expect(await first.json()).toEqual([{ n: 0 }, { n: 1 }]);
  await fill({ n: 2 });
  const second = await readStream({ url: address(''), offset: first.offset, live: false });
  expect(await second.json()).toEqual([{ n: 2 }]);
});

test('newest reads the segment in which an index goes on, and names it', async () => {
  const next = 'c/conversation1/outline~2';
  server.newest = (name) => (name === OUTLINE ? next : name);
  await server.engine.create(next);
  await server.engine.append(next, [{ n: 1 }]);
  const response = await read('?offset=-1&newest', OUTLINE);
  expect(response.headers.get('bough-segment')).toBe(next);
  expect(await response.json()).toEqual([{ n: 1 }]);
  expect((await read('?offset=now&newest', OUTLINE)).status).toBe(400);
});

test('held leaves out the snapshot a segment begins with, where its end is known', async () => {
  const next = 'c/conversation1/outline~2';
  await server.engine.create(next);
  const { next: end } = (await server.engine.append(next, [{ n: 1 }, { n: 2 }])) as { next: string };
  await server.engine.append(next, [{ n: 3 }]);
  expect(await (await read('?offset=-1&held', next)).json()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  server.snapshotEnd = (segment) => (segment === next ? end : null);
  expect(await (await read('?offset=-1&held', next)).json()).toEqual([{ n: 3 }]);
  expect((await read(`?offset=${end}&held`, next)).status).toBe(400);
});

test('a later segment of an index is sure to be made before it is read', async () => {
  const next = 'conversations~2';
  server.newest = (name) => {
    void server.engine.create(next);
    return name;
  };
  expect((await read('?offset=-1', next)).status).toBe(200);
});
