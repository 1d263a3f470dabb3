import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ModelEvent } from '../port.ts';
import { collect, KEY, message, question, text, WHOLE, withProvider } from '../testing.ts';

const bench = withProvider();
const { ask, lastRequest } = bench;

describe('an answer', () => {
  test('comes word by word, with its usage', async () => {
    const { events, text: said } = await ask('words');
    expect(said).toBe(WHOLE);
    expect(events.filter(({ kind }) => kind === 'text').length).toBeGreaterThan(10);
    expect(events.at(-1)).toEqual({ kind: 'finish', usage: { input: 1, output: 16 } });
  });

  test.each(['reasoning', 'reasoning:reasoning'])('may think first (%s)', async (id) => {
    const { events, text: said } = await ask(id);
    const thoughts = events.map((event) => (event.kind === 'reasoning' ? event.text : '')).join('');
    expect([thoughts, said]).toEqual(['First I think about it. ', WHOLE]);
    expect(events.at(-1)).toMatchObject({ usage: { reasoning: 5 } });
  });

  test('shows a tool call as it grows', async () => {
    const { events } = await ask('tools');
    const tools = events.filter((event) => event.kind === 'tool');
    expect(tools.map(({ call, name, input }) => [call, name, input])).toEqual([
      ['call_1', 'look', ''],
      ['call_1', 'look', '{"at":'],
      ['call_1', 'look', '{"at":"moon"}'],
    ]);
    expect(events.at(-1)?.kind).toBe('finish');
  });

  test('says that it ended at the length limit', async () => {
    expect((await ask('length')).events.at(-1)).toMatchObject({ kind: 'finish', length: true });
  });

  test('may be empty: the machine says what that means', async () => {
    expect(await ask('empty')).toMatchObject({ text: '', events: [{ kind: 'finish' }], failure: undefined });
  });

  test('that ends with [DONE] alone has ended well', async () => {
    expect(await ask('no-finish')).toMatchObject({ text: WHOLE, failure: undefined });
  });

  test('of comments alone says nothing, but is alive', async () => {
    let heard = 0;
    const answer = await collect(bench.source(), 'comments', [question], () => {
      heard += 1;
    });
    expect(answer.events).toEqual([]);
    expect(heard).toBeGreaterThan(0);
  });

  test('may have comments between its events', async () => {
    expect(await ask('keep-alive')).toMatchObject({ text: WHOLE, failure: undefined });
  });
});

describe('the request', () => {
  test('is what the context says, and nothing else', async () => {
    await ask('echo', [
      message('system', text('Be brief.')),
      message('user', text('  First, with spaces ')),
      message('assistant', { kind: 'reasoning', text: 'Hm.' }, text('One.')),
      question,
    ]);
    const request = await lastRequest('echo');
    expect(request?.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toEqual({
      model: 'echo',
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: '  First, with spaces ' },
        { role: 'assistant', content: 'One.', reasoning_content: 'Hm.' },
        { role: 'user', content: 'What does the fox do?' },
      ],
    });
  });

  test('carries no key where there is none', async () => {
    await collect(bench.source(), 'words@keyless');
    expect((await lastRequest('words@keyless'))?.authorization).toBeNull();
  });

  test('is put once more without thoughts where they are refused, and then remembered', async () => {
    const source = bench.source();
    const thought = message('assistant', { kind: 'reasoning', text: 'Hm.' }, text('One.'));
    for (let round = 0; round < 2; round += 1) {
      const answer = await collect(source, 'no-reasoning', [question, thought, question]);
      expect(answer).toMatchObject({ text: WHOLE, failure: undefined });
    }
    const bodies = (await bench.provider.log()).map(({ body }) => body);
    const sent = bodies.filter(({ model }) => model === 'no-reasoning');
    expect(sent.map((body) => JSON.stringify(body).includes('Hm.'))).toEqual([true, false, false]);
  });
});

describe('Stop', () => {
  test.each(['tokens:1000x50', 'stall'])('closes the socket at the provider (%s)', async (id) => {
    const source = bench.source();
    const controller = new AbortController();
    const request = { model: { source: source.id, id }, messages: [question], signal: controller.signal };
    const events: ModelEvent[] = [];
    for await (const event of source.stream(request)) {
      events.push(event);
      if (events.length === 2) controller.abort();
    }
    expect(events).toHaveLength(2);
    await expect.poll(async () => (await lastRequest(id))?.aborted).toBe(true);
  });

  test('is not needed where nobody reads on: the socket closes too', async () => {
    const source = bench.source();
    const id = 'tokens:1001x50';
    const { signal } = new AbortController();
    for await (const event of source.stream({ model: { source: source.id, id }, messages: [], signal })) {
      expect(event.kind).toBe('text');
      break;
    }
    await expect.poll(async () => (await lastRequest(id))?.aborted).toBe(true);
  });
});

describe('the list', () => {
  test('names every model and where it is served', async () => {
    const models = await bench.source({ key: KEY }).list();
    const host = `127.0.0.1:${bench.provider.port}`;
    const names = { ref: { source: host, id: 'echo' }, name: 'echo', sourceName: host };
    const echo = { ...names, demo: false, kind: 'chat' };
    expect(models[0]).toEqual(echo);
    expect((await bench.provider.log()).at(-1)).toMatchObject({
      path: '/models',
      authorization: `Bearer ${KEY}`,
    });
  });

  test('says what a model is for, as far as its name tells', async () => {
    const baseUrl = bench.provider.baseUrlAs(
      'models:gpt-5,text-embedding-3-small,tts-1,gpt-4o-mini-tts,whisper-1,dall-e-3,gpt-image-1,omni-moderation,attst',
    );
    expect((await bench.source({ baseUrl }).list()).map(({ name, kind }) => [name, kind])).toEqual([
      ['gpt-5', 'chat'],
      ['text-embedding-3-small', 'embedding'],
      ['tts-1', 'speech'],
      ['gpt-4o-mini-tts', 'speech'],
      ['whisper-1', 'speech'],
      ['dall-e-3', 'image'],
      ['gpt-image-1', 'image'],
      ['omni-moderation', 'other'],
      ['attst', 'chat'],
    ]);
  });

  test('says what a model takes where it is told: OpenRouter by modalities', async () => {
    const modalities = (input: string[], output = ['text']) => ({
      architecture: { input_modalities: input, output_modalities: output },
    });
    const list = [
      { id: 'google/gemini', ...modalities(['text', 'image', 'audio']) },
      { id: 'openai/gpt-audio', ...modalities(['text', 'audio'], ['text', 'audio']) },
      { id: 'openai/gpt-4o-mini-tts', ...modalities(['text'], ['audio']) },
      { id: 'words', ...modalities(['text']) },
      { id: 'unsaid' },
    ];
    const baseUrl = bench.provider.baseUrlAs(`list:${JSON.stringify({ data: list })}`);
    const source = bench.source({ baseUrl });
    const models = await source.list();
    expect(models.map(({ name, kind, images, audio }) => [name, kind, images, audio])).toEqual([
      ['google/gemini', 'chat', true, true],
      ['openai/gpt-audio', 'chat', false, true],
      ['openai/gpt-4o-mini-tts', 'speech', false, false],
      ['words', 'chat', false, false],
      ['unsaid', 'chat', undefined, undefined],
    ]);
    expect(await source.describe('words')).toEqual({ name: 'words', images: false, audio: false });
  });

  test.each([
    [
      { vision: true, audio: true },
      { images: true, audio: true },
    ],
    [{ vision: true }, { images: true, audio: false }],
    [undefined, {}],
  ])('says what llama.cpp was started with: %j', async (modalities, facts) => {
    const server = createServer((request, response) => {
      const props = { default_generation_settings: { n_ctx: 4_096 }, modalities };
      const list = { data: [{ id: 'own', owned_by: 'llamacpp' }] };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url === '/props' ? props : list));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const { port } = server.address() as AddressInfo;
      const source = bench.source({ baseUrl: `http://127.0.0.1:${port}/v1` });
      await source.list();
      expect(await source.describe('own')).toEqual({ name: 'own', window: 4_096, ...facts });
    } finally {
      server.close();
    }
  });

  test.each([
    ['401', /wants an API key/],
    ['404', /no list of models.*usually ends in \/v1/],
    ['500', /failed \(500: “/],
    ['html', /no answer of a server of models/],
  ])('that cannot be had (%s) is a plain sentence', async (behaviour, sentence) => {
    await expect(bench.source({ baseUrl: bench.provider.baseUrlAs(behaviour) }).list()).rejects.toThrow(
      sentence,
    );
  });

  test('that does not come in time is not waited for', async () => {
    const source = bench.source({ baseUrl: bench.provider.baseUrlAs('hang'), listTimeout: 50 });
    await expect(source.list()).rejects.toThrow(/did not answer in time/);
  });
});

test('a source is named by its host, and by its path if that is unusual', () => {
  const id = (baseUrl: string) => bench.source({ baseUrl }).id;
  expect(id('https://api.openai.com/v1')).toBe('api.openai.com');
  expect(id('http://127.0.0.1:8080/v1/')).toBe('127.0.0.1:8080');
  expect(id('https://openrouter.ai/api/v1')).toBe('openrouter.ai/api/v1');
});
