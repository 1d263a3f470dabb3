/** What is Ollama's alone; adapters.test.ts has what holds for all. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Part } from '../../../protocol/index.ts';
import type { SourceOptions } from '../kit/source-options.ts';
import { collect, message, question, text, withProvider } from '../testing.ts';
import { ollamaSource } from './ollama.ts';

const bench = withProvider();
const at = () => bench.provider.baseUrl.replace(/\/v1$/, '');
const source = (options: Partial<SourceOptions> = {}) => ollamaSource({ baseUrl: at(), ...options });
const last = async () => (await bench.provider.log()).filter(({ path }) => path === '/api/chat').at(-1)?.body;

test('every request says how large the window is, and so does the list', async () => {
  await collect(source(), 'words');
  expect(await last()).toMatchObject({ stream: true, options: { num_ctx: 8_192 } });
  await collect(source({ contextLength: 16_384 }), 'words');
  expect(await last()).toMatchObject({ options: { num_ctx: 16_384 } });
  const [model] = await source({ contextLength: 1_000_000 }).list();
  expect(model).toMatchObject({ window: 32_768, images: false, audio: false });
  expect(await source().describe('words')).toEqual({
    ...{ name: 'words', window: 8_192, images: false, audio: false },
  });
});

test('the window of a reply counts, whatever the model says now', async () => {
  const from = source();
  const { signal } = new AbortController();
  const model = { source: from.id, id: 'words' };
  for await (const event of from.stream({ model, messages: [question], signal, window: 4_000 }))
    expect(event).toBeDefined();
  expect(await last()).toMatchObject({ options: { num_ctx: 4_000 } });
});

test('a model that thinks is asked to, and gets its thoughts back', async () => {
  const thought = message('assistant', { kind: 'reasoning', text: 'Hm.' }, text('One.'));
  await collect(source(), 'reasoning', [question, thought, question]);
  expect(await last()).toMatchObject({
    think: true,
    messages: [{ role: 'user' }, { role: 'assistant', content: 'One.', thinking: 'Hm.' }, { role: 'user' }],
  });
  await collect(source(), 'words', [question, thought, question]);
  expect(JSON.stringify(await last())).not.toMatch(/Hm\.|think/);
});

test('an image goes to a model that sees, audio to one that hears, and they are named to one that does not', async () => {
  const cat: Part = { kind: 'file', hash: 'i', name: 'cat.png', type: 'image/png', size: 3 };
  const tone: Part = { kind: 'file', hash: 'a', name: 'memo.mp3', type: 'audio/mpeg', size: 3, seconds: 1 };
  const files = new Map([
    ['i', { type: 'image/png', bytes: new Uint8Array([1, 2, 3]) }],
    ['a', { type: 'audio/mpeg', bytes: new Uint8Array([4, 5, 6]) }],
  ]);
  const from = source();
  const { signal } = new AbortController();
  const messages = [message('user', text('What is this?'), cat, tone)];
  for (const id of ['vision', 'hearing', 'words']) {
    const model = { source: from.id, id };
    const events = from.stream({ model, messages, files, signal });
    await expect(events[Symbol.asyncIterator]().next())
      .resolves.toBeDefined()
      .catch(() => {});
  }
  const bodies = (await bench.provider.log()).filter(({ path }) => path === '/api/chat').slice(-3);
  const [sees, hears, reads] = bodies.map(({ body }) => JSON.stringify(body.messages));
  expect(sees).toMatch(/memo\.mp3.*"images":\["AQID"\]/);
  expect(hears).toMatch(/cat\.png.*"images":\["BAUG"\]/);
  expect(reads).toMatch(/cat\.png.*memo\.mp3/);
  expect(reads).not.toContain('images');
});

let server: Server;
beforeEach(() => {
  server = createServer();
});
afterEach(() => void server.close());

/** A server that answers each path with these facts. */
async function facts(answers: Record<string, unknown>, contextLength?: number) {
  server.on('request', (request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404).end(JSON.stringify(answer ?? { error: 'not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return ollamaSource({ baseUrl: `http://127.0.0.1:${port}`, contextLength });
}

test('a Modelfile says how large the window is', async () => {
  const from = await facts({
    '/api/tags': { models: [{ name: 'mine:latest', digest: 'a' }] },
    '/api/show': {
      ...{
        parameters: 'stop "<|im_end|>"\nnum_ctx                        65536',
        capabilities: ['completion'],
      },
      model_info: { 'qwen2.context_length': 131_072 },
    },
  });
  expect(await from.list()).toMatchObject([{ name: 'mine:latest', window: 65_536, kind: 'chat' }]);
});

test('a model that embeds is no chat model', async () => {
  const from = await facts({
    '/api/tags': { models: [{ name: 'nomic' }] },
    '/api/show': { capabilities: ['embedding'], model_info: { 'bert.context_length': 2_048 } },
  });
  expect(await from.list()).toMatchObject([{ kind: 'embedding', window: 2_048 }]);
});

test('one without any model has an empty list', async () => {
  expect(await (await facts({ '/api/tags': { models: null } })).list()).toEqual([]);
});

test('what is no Ollama is a failure', async () => {
  await expect((await facts({ '/api/tags': { data: [] } })).list()).rejects.toMatchObject({
    failure: { code: 'malformed' },
  });
});

test('a model that cannot be described is listed all the same', async () => {
  const from = await facts({ '/api/tags': { models: [{ name: 'nomic-embed-text' }, { name: 'qwen' }] } });
  expect((await from.list()).map(({ name, window }) => [name, window])).toEqual([
    ['nomic-embed-text', undefined],
    ['qwen', undefined],
  ]);
});

test.each([
  ['nothing is set', '', undefined, 4_096, { window: 4_096 }],
  ['nothing is set, more is loaded', '', undefined, 65_536, { window: 65_536 }],
  ['a Modelfile says more', 'num_ctx 16384', undefined, 4_096, { window: 16_384, loaded: 4_096 }],
  ['a Modelfile says less', 'num_ctx 2048', undefined, 4_096, { window: 2_048, loaded: 4_096 }],
  ['the setting says more', '', 32_768, 4_096, { window: 32_768, loaded: 4_096 }],
  ['a Modelfile says what is loaded', 'num_ctx 4096', undefined, 4_096, { window: 4_096 }],
  ['the setting says what is loaded', '', 4_096, 4_096, { window: 4_096 }],
  ['nothing is loaded', '', undefined, undefined, { window: 8_192 }],
  ['nothing is loaded, the setting says', '', 32_768, undefined, { window: 32_768 }],
  ['more is loaded than the setting says', '', 4_096, 8_192, { window: 4_096, loaded: 8_192 }],
] as const)(
  'what is loaded is used before another window is forced: %s',
  async (_, parameters, contextLength, loaded, told) => {
    const from = await facts(
      {
        '/api/tags': { models: [{ name: 'qwen:latest' }] },
        '/api/show': { parameters, model_info: { 'qwen.context_length': 131_072 } },
        '/api/ps': { models: loaded ? [{ name: 'qwen:latest', context_length: loaded }] : [] },
      },
      contextLength,
    );
    const [model] = await from.list();
    expect(model).toMatchObject(told);
    expect(model?.loaded).toBe('loaded' in told ? told.loaded : undefined);
    expect(await from.describe('qwen')).toMatchObject({ window: told.window });
  },
);
