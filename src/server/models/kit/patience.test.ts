import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ModelEvent, ModelRequest } from '../port.ts';
import { openAiCompatibleSource } from '../providers/openai-compatible.ts';
import { collect, question, withProvider } from '../testing.ts';
import { isThere, patiently } from './patience.ts';

const request = (): ModelRequest & { heard: number } => {
  const made = {
    ...{ model: { source: 's', id: 'm' }, messages: [question], signal: new AbortController().signal },
    heard: 0,
    alive: () => {
      made.heard += 1;
    },
  };
  return made;
};

/** Says one word when told to. */
function slow() {
  let speak = () => {};
  const spoken = new Promise<void>((resolve) => {
    speak = resolve;
  });
  async function* ask({ alive = () => {} }: ModelRequest): AsyncGenerator<ModelEvent> {
    await spoken;
    alive();
    yield { kind: 'text', text: 'Ready' };
    await new Promise((resolve) => setTimeout(resolve, 50));
    yield { kind: 'finish' };
  }
  return { ask, speak };
}

test('a server that answers elsewhere is loading its model: it counts as alive until the first byte', async () => {
  const made = request();
  const { ask, speak } = slow();
  let pings = 0;
  const ping = async () => {
    pings += 1;
    if (pings === 3) speak();
  };
  const events: ModelEvent[] = [];
  for await (const event of patiently(ask, made, ping, { every: 5 })) events.push(event);
  expect(events).toHaveLength(2);
  // After the first byte nothing is asked any more: silence in the middle of an answer is a stall.
  expect(pings).toBe(3);
  expect(made.heard).toBe(4);
});

test('one that does not answer elsewhere either is not alive', async () => {
  const made = request();
  const { ask, speak } = slow();
  let pings = 0;
  const ping = async () => {
    pings += 1;
    if (pings === 3) speak();
    throw new Error('Gone.');
  };
  for await (const event of patiently(ask, made, ping, { every: 5 })) expect(event).toBeDefined();
  expect(made.heard).toBe(1);
});

test('patience has an end', async () => {
  const made = request();
  const { ask, speak } = slow();
  let pings = 0;
  const ping = async () => {
    pings += 1;
  };
  const answer = patiently(ask, made, ping, { every: 2, most: 8 });
  const first = answer.next();
  await expect.poll(() => pings).toBe(4);
  // Some more of its intervals.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(pings).toBe(4);
  speak();
  await first;
  await answer.return(undefined);
});

let server: Server;
const seen: string[] = [];
beforeEach(async () => {
  seen.length = 0;
  server = createServer((asked, response) => {
    seen.push(asked.url ?? '');
    if (asked.url === '/v1/models') response.end('{"data":[{"id":"m"}]}');
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
const at = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

test('whether a server is there is asked without its list, and any answer will do', async () => {
  await isThere(at());
  expect(seen).toEqual(['/']);
  const gone = at();
  server.close();
  await expect(isThere(gone)).rejects.toBeDefined();
});

const bench = withProvider();

test("while it writes, a server of one's own is not asked for its list: some break off the answer", async () => {
  const source = openAiCompatibleSource({ baseUrl: bench.provider.baseUrl });
  const lists = async () => (await bench.provider.log()).filter(({ path }) => path === '/models').length;
  const known = await source.list();
  expect(await lists()).toBe(1);
  const { signal } = new AbortController();
  const model = { source: source.id, id: 'tokens:3x50' };
  for await (const event of source.stream({ model, messages: [question], signal })) {
    expect(event).toBeDefined();
    expect(await source.list()).toEqual(known);
  }
  expect(await lists()).toBe(1);
  await collect(source, 'words');
  await source.list();
  expect(await lists()).toBe(2);
});
