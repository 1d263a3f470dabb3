/** What the adapter makes of an engine that is away, slow, wrong or broken off; on a server that does as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collect, never, settled, take } from '../contract/harness.ts';
import { EngineUnavailable, StreamMissing } from '../errors.ts';
import type { Engine } from '../port.ts';
import { openRemote } from './index.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const TOKEN = 'a-secret-token';
let answer: Answer = () => {};
let asked: string[] = [];
let engine: Engine;
let url = '';
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  answer(request, response);
});
const quick = { silence: 50, longestSilence: 50, patience: 400 };

beforeEach(async () => {
  asked = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`;
  engine = openRemote({ url, token: TOKEN, patience: 300, live: quick });
});
afterEach(async () => {
  await engine.shutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const says =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (request, response) =>
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);

const page = (next: string, body = '[]') =>
  says(200, { 'stream-next-offset': next, 'stream-up-to-date': 'true' }, body);

async function failure(promise: Promise<unknown>): Promise<Error> {
  const result = await settled(promise);
  if (!(result instanceof Error)) throw new Error('it did not fail');
  return result;
}

test('the token goes with every request, and into no error', async () => {
  let sent: (string | undefined)[] = [];
  answer = (request, response) => {
    sent.push(request.headers.authorization);
    response.writeHead(401).end();
  };
  const calls = [
    engine.create('s'),
    engine.fork('s', { stream: 't', offset: '1' }),
    engine.append('s', [{}]),
    engine.read('s', '-1'),
    engine.head('s'),
    engine.close('s'),
    engine.delete('s'),
    collect(engine.follow('s', '-1', never())),
  ];
  for (const call of calls) {
    const error = await failure(call);
    expect(error).toBeInstanceOf(EngineUnavailable);
    expect(error.message).toContain('BOUGH_STREAMS_TOKEN');
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toMatch(
      /a-secret-token|secret-path/,
    );
  }
  expect(new Set(sent)).toEqual(new Set([`Bearer ${TOKEN}`]));
  sent = [];
});

test('an engine that is not there is unavailable, and its address not repeated', async () => {
  const away = openRemote({ url: 'http://127.0.0.1:1/secret-path', token: TOKEN });
  const error = await failure(away.head('s'));
  expect(error).toBeInstanceOf(EngineUnavailable);
  expect(error.message).toBe('The storage did not answer (ECONNREFUSED).');
  await away.shutdown();
});

test('one that is silent is given up', async () => {
  expect(await failure(engine.read('s', '-1'))).toBeInstanceOf(EngineUnavailable);
});

test('an answer that is cut short is none', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': 100, 'stream-next-offset': '1' });
    response.write('[{"n":1}');
    setTimeout(() => response.destroy(), 20);
  };
  expect(await failure(engine.read('s', '-1'))).toBeInstanceOf(EngineUnavailable);
});

test.each<[string, Answer]>([
  ['a page of a proxy', says(200, { 'content-type': 'text/html' }, '<html>Sign in</html>')],
  ['no list', page('1', '{"n":1}')],
  ['no JSON', page('1', '[{]')],
  ['no offset', says(200, { 'stream-up-to-date': 'true' }, '[]')],
  ['a reserved offset', page('now')],
  ['an empty page with more to come', says(200, { 'stream-next-offset': '1' }, '[]')],
  ['a redirect', says(302, { location: 'http://127.0.0.1:1/' })],
  ['too many requests', says(429)],
  ['an error', says(500, {}, 'x')],
])('%s is no answer', async (_what, wrong) => {
  answer = wrong;
  expect(await failure(engine.read('s', '1'))).toBeInstanceOf(EngineUnavailable);
  expect(
    await failure(engine.append('s', [{}], { seq: '1' }).then(() => engine.read('s', '1'))),
  ).toBeInstanceOf(EngineUnavailable);
});

test('a write whose answer is lost is not sent again; a read is, on a socket that had been kept', async () => {
  answer = page('1');
  await engine.read('s', '-1');
  asked = [];
  let cuts = 1;
  answer = (request, response) => {
    if (cuts-- > 0) request.socket.resetAndDestroy();
    else page('1')(request, response);
  };
  expect(await engine.read('s', '-1')).toMatchObject({ next: '1' });
  expect(asked).toHaveLength(2);
  answer = says(204, { 'stream-next-offset': '1' });
  await engine.append('s', [{}]);
  asked = [];
  answer = (request) => request.socket.resetAndDestroy();
  expect(await failure(engine.append('s', [{}]))).toBeInstanceOf(EngineUnavailable);
  expect(asked).toHaveLength(1);
});

const event = (items: unknown[], next: string, more: object = {}): string =>
  `event: data\ndata: ${JSON.stringify(items)}\n\nevent: control\ndata: ${JSON.stringify({ streamNextOffset: next, ...more })}\n\n`;

const isLive = (request: IncomingMessage): boolean => request.url?.includes('live=sse') === true;

/** A log that reads tell the truth of, while its live events do as `live` says. */
function log(items: unknown[], live: (response: ServerResponse, nth: number, offset: string) => void): void {
  let nth = 0;
  answer = (request, response) => {
    const offset = new URL(request.url ?? '', url).searchParams.get('offset') ?? '';
    const at = offset === '-1' ? 0 : Number(offset);
    if (!isLive(request))
      return page(String(items.length), JSON.stringify(items.slice(at)))(request, response);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    live(response, nth++, offset);
  };
}

test('live events that break off go on where they were, and lose nothing', async () => {
  const items: unknown[] = [];
  const offsets: string[] = [];
  log(items, (response, nth, offset) => {
    offsets.push(offset);
    let at = nth === 0 ? items.length : Number(offset);
    const add = (count: number): void => {
      for (let n = 0; n < count; n += 1) items.push({ n: items.length });
      response.write(event(items.slice(at), String(items.length)));
      at = items.length;
    };
    add(0);
    for (const ms of [20, 40, 60]) setTimeout(() => add(1), ms);
    // What was said while nobody listened comes with the next connection.
    setTimeout(() => response.end('event: data\ndata: [{"cut'), 80);
    setTimeout(() => items.push({ n: items.length }), 90);
  });
  const all = await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 9);
  expect(all.items).toEqual(items.slice(0, 9));
  expect(offsets.slice(0, 3)).toEqual(['now', '3', '7']);
});

test('live events that are stuck while the stream moves on are let go', async () => {
  const items: unknown[] = [{ n: 0 }];
  log(items, (response, nth) => {
    response.write(`event: control\ndata: {"streamNextOffset":"${items.length}"}\n\n`);
    if (nth === 0) setTimeout(() => items.push({ n: 1 }), 100);
  });
  const all = await take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2);
  expect(all.items).toEqual([{ n: 0 }, { n: 1 }]);
});

test('many who follow share one connection, and the last lets go of it', async () => {
  const items: unknown[] = [{ n: 0 }];
  let [open, opened] = [0, 0];
  log(items, (response) => {
    open += 1;
    opened += 1;
    response.on('close', () => {
      open -= 1;
    });
    response.write(`event: control\ndata: {"streamNextOffset":"1"}\n\n`);
    setTimeout(() => {
      items.push({ n: 1 });
      response.write(event([{ n: 1 }], '2'));
    }, 100);
  });
  const all = Array.from({ length: 20 }, () =>
    take(engine.follow('s', '-1', never()), (taken) => taken.length >= 2),
  );
  for (const { items: taken } of await Promise.all(all)) expect(taken).toEqual(items);
  expect(opened).toBe(1);
  await sleep(50);
  expect(open).toBe(0);
});

test('a stream that somebody else deletes ends those who follow, also where the engine leaves them waiting', async () => {
  let deleted = false;
  answer = (request, response) => {
    if (deleted) return says(404)(request, response);
    if (!isLive(request)) return page('1', '[{"n":0}]')(request, response);
    response.writeHead(200).write('event: control\ndata: {"streamNextOffset":"1"}\n\n');
  };
  const waiting = failure(take(engine.follow('s', '-1', never()), () => false));
  setTimeout(() => {
    deleted = true;
  }, 50);
  expect(await waiting).toBeInstanceOf(StreamMissing);
});

test('an engine that is away for a moment is waited for; for longer, those who follow are told', async () => {
  const items: unknown[] = [{ n: 0 }];
  const down: Answer = (request) => request.socket.destroy();
  log(items, (response) => {
    response.write(`event: control\ndata: {"streamNextOffset":"${items.length}"}\n\n`);
    setTimeout(() => response.destroy(), 50);
  });
  const up = answer;
  const follow = engine.follow('s', '-1', never())[Symbol.asyncIterator]();
  expect((await follow.next()).value?.items).toEqual([{ n: 0 }]);
  answer = down;
  const next = follow.next();
  await sleep(200);
  items.push({ n: 1 });
  answer = up;
  expect((await next).value?.items).toEqual([{ n: 1 }]);
  answer = down;
  expect(await failure(Promise.resolve(follow.next()))).toBeInstanceOf(EngineUnavailable);
});

test('what is followed, or read for long, does not hold up a write', async () => {
  const items: unknown[] = [];
  log(items, (response) => response.write('event: control\ndata: {"streamNextOffset":"0"}\n\n'));
  const reads = answer;
  answer = (request, response) => {
    if (request.method === 'POST') says(204, { 'stream-next-offset': '1' })(request, response);
    else if (isLive(request)) reads(request, response);
  };
  const patient = openRemote({ url, patience: 15_000 });
  const abort = new AbortController();
  // More of each than one pool has sockets.
  const all = Array.from({ length: 60 }, (_, n) =>
    settled(take(patient.follow(`s${n}`, '-1', abort.signal), () => false)),
  );
  const long = Array.from({ length: 60 }, () => settled(patient.read('long', '-1')));
  await vi.waitFor(() => expect(asked.filter((one) => one.includes('sse'))).toHaveLength(60), 10_000);
  expect(await patient.append('s0', [{}])).toEqual({ kind: 'appended', next: '1' });
  abort.abort();
  await patient.shutdown();
  await Promise.all([...all, ...long]);
});

test('names that an address would resolve away never reach the engine', async () => {
  for (const bad of ['..', 'a/../b', './a', 'a/..'])
    await expect(engine.head(bad)).rejects.toThrow(TypeError);
  expect(asked).toEqual([]);
});
