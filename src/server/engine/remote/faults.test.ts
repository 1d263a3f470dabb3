/** What the adapter makes of an engine that is away, slow, wrong or broken off; on a server that does as it is told. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collect, never, settled, take } from '../contract/harness.ts';
import { EngineUnavailable, OffsetUnknown, StreamConflict, StreamGone, StreamMissing } from '../errors.ts';
import type { Engine } from '../port.ts';
import { openRemote } from './index.ts';
import { type Answer, failure, isLive, page, says, TOKEN, ToldServer } from './testing/told-server.ts';

let server: ToldServer;
let engine: Engine;
beforeEach(async () => {
  server = await ToldServer.start();
  engine = server.engine;
});
afterEach(() => server.end());

test('the token goes with every request, and into no error', async () => {
  let sent: (string | undefined)[] = [];
  server.answer = (request, response) => {
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

test.each(['destroy', 'end'] as const)(
  'an answer that is cut short (%s) is none, also if it can be read',
  async (cut) => {
    server.answer = (_request, response) => {
      response.writeHead(200, {
        'content-length': 100,
        'stream-next-offset': '1',
        'stream-up-to-date': 'true',
      });
      response.write('[{"n":1}]');
      setTimeout(() => response.socket?.[cut](), 20);
    };
    expect(await failure(engine.read('s', '-1'))).toBeInstanceOf(EngineUnavailable);
  },
);

test('what needs no work is waited for less long', async () => {
  const patient = openRemote({ url: server.url });
  let reading = true;
  const read = failure(patient.read('s', '-1')).finally(() => {
    reading = false;
  });
  expect(await failure(patient.head('s'))).toBeInstanceOf(EngineUnavailable);
  expect(reading).toBe(true);
  await patient.shutdown();
  await read;
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
  server.answer = wrong;
  expect(await failure(engine.read('s', '1'))).toBeInstanceOf(EngineUnavailable);
  expect(
    await failure(engine.append('s', [{}], { seq: '1' }).then(() => engine.read('s', '1'))),
  ).toBeInstanceOf(EngineUnavailable);
});

test('a write whose answer is lost is not sent again; a read is, on a socket that had been kept', async () => {
  server.answer = (request) => request.socket.resetAndDestroy();
  expect(await failure(engine.read('s', '-1'))).toBeInstanceOf(EngineUnavailable);
  expect(server.asked).toHaveLength(1);
  server.answer = page('1');
  await engine.read('s', '-1');
  server.asked = [];
  let cuts = 1;
  server.answer = (request, response) => {
    if (cuts-- > 0) request.socket.resetAndDestroy();
    else page('1')(request, response);
  };
  expect(await engine.read('s', '-1')).toMatchObject({ next: '1' });
  expect(server.asked).toHaveLength(2);
  server.answer = says(204, { 'stream-next-offset': '1' });
  await engine.append('s', [{}]);
  server.asked = [];
  server.answer = (request) => request.socket.resetAndDestroy();
  expect(await failure(engine.append('s', [{}]))).toBeInstanceOf(EngineUnavailable);
  expect(server.asked).toHaveLength(1);
});

test('what is followed, or read for long, does not hold up a write', async () => {
  const items: unknown[] = [];
  server.log(items, (response) => response.write('event: control\ndata: {"streamNextOffset":"0"}\n\n'));
  const reads = server.answer;
  server.answer = (request, response) => {
    if (request.method === 'POST') says(204, { 'stream-next-offset': '1' })(request, response);
    else if (isLive(request)) reads(request, response);
  };
  const patient = openRemote({ url: server.url, patience: 15_000 });
  const abort = new AbortController();
  // More of each than one pool has sockets.
  const all = Array.from({ length: 60 }, (_, n) =>
    settled(take(patient.follow(`s${n}`, '-1', abort.signal), () => false)),
  );
  const long = Array.from({ length: 60 }, () => settled(patient.read('long', '-1')));
  await vi.waitFor(() => expect(server.asked.filter((one) => one.includes('sse'))).toHaveLength(60), 10_000);
  expect(await patient.append('s0', [{}])).toEqual({ kind: 'appended', next: '1' });
  abort.abort();
  await patient.shutdown();
  await Promise.all([...all, ...long]);
});

test('names that an address would resolve away never reach the engine', async () => {
  for (const bad of ['..', 'a/../b', './a', 'a/..']) {
    await expect(engine.head(bad)).rejects.toThrow(TypeError);
    await expect(engine.fork('s', { stream: bad, offset: '1' })).rejects.toThrow(TypeError);
  }
  expect(server.asked).toEqual([]);
});

test('what the protocol means by an offset of its own reaches no engine', async () => {
  await expect(engine.read('s', 'now')).rejects.toThrow(OffsetUnknown);
  await expect(engine.fork('f', { stream: 's', offset: 'now' })).rejects.toThrow(OffsetUnknown);
  expect(server.asked).toEqual([]);
});

const at = (status: number, next: string, closed = false): Answer =>
  says(status, { 'stream-next-offset': next, ...(closed && { 'stream-closed': 'true' }) });

test('a stream is made without a body, and for ever', async () => {
  const sent: Record<string, unknown>[] = [];
  server.answer = (request, response) => {
    sent.push(request.headers);
    at(201, '0')(request, response);
  };
  await engine.create('s');
  await engine.fork('f', { stream: 's', offset: '1' });
  for (const headers of sent) {
    expect(headers).toMatchObject({ 'content-length': '0', 'content-type': 'application/json' });
    expect(Object.keys(headers)).not.toContain('stream-ttl');
    expect(Object.keys(headers)).not.toContain('stream-expires-at');
  }
});

test('a closed stream that was deleted while it was asked for again leaves no closed one behind', async () => {
  server.answer = (request, response) => {
    if (request.method === 'HEAD') at(200, '1', true)(request, response);
    else if (request.method === 'DELETE') says(204)(request, response);
    else at(request.headers['stream-closed'] ? 201 : 409, '0', true)(request, response);
  };
  expect(await failure(engine.create('s'))).toBeInstanceOf(EngineUnavailable);
  expect(server.count('DELETE')).toBe(1);
});

test.each<[string, number, number, unknown]>([
  ['is there, and its source is gone', 200, 410, { created: false, next: '1', closed: false }],
  ['is there, and its source was never', 200, 404, { created: false, next: '1', closed: false }],
  ['is there, and its source too', 200, 200, StreamConflict],
  ['is not there, and its source is', 404, 200, StreamConflict],
  ['is not there, and its source is gone', 404, 410, StreamGone],
  ['is not there, and neither is its source', 404, 404, StreamMissing],
])('a fork that is refused and %s', async (_what, own, source, expected) => {
  server.answer = (request, response) => {
    if (request.method !== 'HEAD') at(409, '1')(request, response);
    else at(request.url?.endsWith('/fork') ? own : source, '1')(request, response);
  };
  const result = await settled(engine.fork('fork', { stream: 'source', offset: '1' }));
  if (result instanceof Error) expect(result).toBeInstanceOf(expected);
  else expect(result).toEqual(expected);
});

test('a place is refused only once the engine shows what took it', async () => {
  server.answer = (request, response) => {
    if (request.method === 'HEAD') at(200, server.count('HEAD') < 4 ? '1' : '2')(request, response);
    else says(409)(request, response);
  };
  expect(await engine.append('s', [{}], { seq: '1' })).toEqual({ kind: 'conflict' });
  expect(server.count('HEAD')).toBe(4);
  expect(server.count('POST')).toBe(1);
});

test('an engine at an IPv6 address is asked there', async () => {
  const away = openRemote({ url: 'http://[::1]:1/' });
  expect((await failure(away.head('s'))).message).not.toMatch(/ENOTFOUND|EAI_AGAIN/);
  await away.shutdown();
});

test('what is under way when it is shut down is cut', async () => {
  const patient = openRemote({ url: server.url, patience: 15_000 });
  const all = [patient.read('s', '-1'), patient.append('s', [{}]), patient.head('s')].map(failure);
  await vi.waitFor(() => expect(server.asked).toHaveLength(3));
  await patient.shutdown();
  for (const one of all) expect(await one).toBeInstanceOf(EngineUnavailable);
  await vi.waitFor(async () => expect(await server.connections()).toBe(0));
});
