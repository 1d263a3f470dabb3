import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BODY_LIMIT, MESSAGE_LIMIT, Refusal } from '../../../protocol/index.ts';
import { EngineUnavailable, StreamDamaged } from '../../engine/index.ts';
import { type Harness, startHarness } from '../testing.ts';

let server: Harness;
beforeEach(async () => {
  server = await startHarness();
});
afterEach(() => server.close());

const conversation = 'conversation1';
const send = {
  conversation,
  message: 'message-1',
  parent: null,
  text: 'Hello',
  reply: 'reply-001',
  model: { source: 'demo', id: 'demo' },
};

function post(name: string, body: string, type = 'application/json'): Promise<Response> {
  return fetch(`${server.url}/api/commands/${name}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
}

async function refused(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(server.executed).toEqual([]);
  const { status, code, detail } = (await response.json()) as Record<string, unknown>;
  expect(status).toBe(response.status);
  return { status, code, detail };
}

test('a command reaches the write order and its output the caller', async () => {
  server.onExecute = async () => ({ message: 'message-1', branch: 'message-1', forked: false });
  const response = await post('send', JSON.stringify(send));
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ message: 'message-1', branch: 'message-1', forked: false });
  expect(server.executed).toEqual([{ name: 'send', input: send }]);
});

test.each([
  ['a missing field', {}, 'The field "conversation" is missing.'],
  ['another type', { conversation: 7 }, 'The field "conversation" must be a string.'],
  [
    'a bad id',
    { conversation: 'no' },
    'The field "conversation" is not right. An id has 8 to 64 letters, digits, "-" or "_".',
  ],
  ['an unknown field', { conversation, color: 'red' }, 'The request has an unknown field "color".'],
  ['no object', [], 'The body of the request must be a JSON object.'],
  ['nothing', null, 'The body of the request must be a JSON object.'],
])('%s is refused with a sentence, nothing is executed', async (_name, body, detail) => {
  const response = await post('create', JSON.stringify(body));
  expect(await refused(response)).toEqual({ status: 400, code: 'bad-request', detail });
});

test.each([
  [{ ...send, text: '  ' }, 'A message needs some text or a file.'],
  [{ ...send, text: 'x'.repeat(MESSAGE_LIMIT + 1) }, 'A message can have at most 400,000 characters.'],
  [
    { ...send, parent: 'x' },
    'The field "parent" is not right. An id has 8 to 64 letters, digits, "-" or "_".',
  ],
  [{ ...send, model: { source: 'demo' } }, 'The field "model.id" is missing.'],
  [{ ...send, model: { ...send.model, key: 1 } }, 'The field "model" has an unknown field "key".'],
])('a send is refused in the words of its schema', async (body, detail) => {
  expect(await refused(await post('send', JSON.stringify(body)))).toEqual({
    status: 400,
    code: 'bad-request',
    detail,
  });
});

test.each([
  ['text/plain', '{}', 415, 'not-json'],
  ['application/jsonp', '{}', 415, 'not-json'],
  ['application/json; charset=utf-8', '{"conversation":', 400, 'bad-request'],
  ['application/json', '', 400, 'bad-request'],
])('a body of type %s holding %s is refused', async (type, body, status, code) => {
  expect(await refused(await post('create', body, type))).toMatchObject({ status, code });
});

test('bytes that are no text are refused', async () => {
  const response = await fetch(`${server.url}/api/commands/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array([0x22, 0xff, 0x22]),
  });
  expect(await refused(response)).toMatchObject({ status: 400, code: 'bad-request' });
});

test('a body that says it is too large is refused before it is read', async () => {
  const response = await post('send', JSON.stringify({ ...send, text: 'x'.repeat(BODY_LIMIT) }));
  expect(await refused(response)).toMatchObject({ status: 413, code: 'too-large' });
});

test('a body that grows too large is refused while it is still being sent', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(`${server.url}/api/commands/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    sending.once('response', (response) => {
      resolve(response.statusCode);
      response.resume();
      sending.destroy();
    });
    sending.once('error', reject);
    // Never ended: the answer comes without the rest.
    for (let sent = 0; sent <= BODY_LIMIT; sent += 100_000) sending.write('x'.repeat(100_000));
  });
  expect(status).toBe(413);
  expect(server.executed).toEqual([]);
});

test('an unknown command and another method are told', async () => {
  expect(await refused(await post('explode', '{}'))).toMatchObject({ status: 404, code: 'not-found' });
  const response = await fetch(`${server.url}/api/commands/create`);
  expect(response.headers.get('allow')).toBe('POST');
  expect(await refused(response)).toMatchObject({ status: 405, code: 'method-not-allowed' });
});

test('refusals of the write order are told as they are', async () => {
  server.onExecute = async () => {
    throw new Refusal(409, 'still-writing', 'The reply is still being written.');
  };
  const response = await post('create', JSON.stringify({ conversation }));
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({
    type: 'about:blank#still-writing',
    title: 'still-writing',
    status: 409,
    detail: 'The reply is still being written.',
    code: 'still-writing',
  });
});

test.each([
  [new EngineUnavailable('disk at /secret/place'), 503, 'engine-unavailable'],
  [new EngineUnavailable('disk at /secret/place', null, { why: 'full' }), 503, 'storage-full'],
  [new EngineUnavailable('disk at /secret/place', null, { why: 'refused' }), 503, 'storage-refused'],
  [new EngineUnavailable('disk at /secret/place', null, { why: 'elsewhere' }), 503, 'storage-elsewhere'],
  [new StreamDamaged('c/secret', 'no append'), 500, 'damaged'],
  [new Error('secret detail'), 500, 'internal'],
])('%s is logged with its stack and told without it', async (error, status, code) => {
  server.onExecute = async () => {
    throw error;
  };
  const response = await post('create', JSON.stringify({ conversation }));
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ status, code });
  expect(text).not.toContain('secret');
  expect(server.logged).toContainEqual(
    expect.objectContaining({
      level: 'error',
      error: expect.stringContaining(error.message),
      stack: expect.any(String),
    }),
  );
});

test('a server that closes takes no more commands', async () => {
  server.closing.abort();
  expect(await refused(await post('create', JSON.stringify({ conversation })))).toMatchObject({
    status: 503,
  });
});

test('health and models answer, by GET only', async () => {
  expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({
    ok: true,
    version: '1.2.3',
    asidesDays: 14,
  });
  expect(await (await fetch(`${server.url}/api/models`)).json()).toMatchObject({ models: [] });
  const response = await fetch(`${server.url}/api/models`, { method: 'DELETE' });
  expect(response.headers.get('allow')).toBe('GET, HEAD');
  expect(response.status).toBe(405);
});
