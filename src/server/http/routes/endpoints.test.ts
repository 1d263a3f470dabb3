import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../../protocol/index.ts';
import { endpointPath } from '../../../protocol/models/endpoints.ts';
import { type Harness, startHarness } from '../testing.ts';

let server: Harness;
const executed: [string, unknown][] = [];
beforeEach(async () => {
  executed.length = 0;
  const execute = async (name: string, input: unknown) => {
    executed.push([name, input]);
    if (name === 'change') throw new Refusal(404, 'not-found', 'This endpoint is not there any more.');
    return {} as never;
  };
  server = await startHarness({ endpoints: { execute } });
});
afterEach(() => server.close());

const post = (name: Parameters<typeof endpointPath>[0], body: object, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${endpointPath(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('a command reaches the store as its schema reads it', async () => {
  const answer = await post('add', {
    id: 'endpoint-1',
    baseUrl: '  https://models.example ',
    key: ' sk-hush ',
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(executed).toEqual([
    ['add', { id: 'endpoint-1', baseUrl: 'https://models.example', key: 'sk-hush' }],
  ]);
});

test('a refusal is a problem', async () => {
  const answer = await post('change', { id: 'endpoint-1' });
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not-found' }]);
});

test.each([
  { id: 'endpoint-1', baseUrl: 'x', key: 'sk-hush hush' },
  { id: 'endpoint-1', baseUrl: 'x', key: 'sk-hush\nX-Other: 1' },
  { id: 'endpoint-1', baseUrl: 'x', secret: 'sk-hush' },
  { id: 'sk-hush!', baseUrl: 'x' },
  { id: 'endpoint-1', baseUrl: `sk-hush${'x'.repeat(500)}` },
])('bad input is refused, and neither answered nor logged: %j', async (body) => {
  const answer = await post('add', body);
  expect(answer.status).toBe(400);
  expect(await answer.text()).not.toContain('hush');
  expect(JSON.stringify(server.logged)).not.toContain('hush');
  expect(executed).toEqual([]);
});

test('keys are not set from another site', async () => {
  const answer = await post('add', { id: 'endpoint-1', baseUrl: 'x' }, { origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
  expect((await fetch(`${server.url}${endpointPath('add')}`)).status).toBe(405);
  expect(executed).toEqual([]);
});
