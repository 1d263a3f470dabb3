/** What holds for every adapter, whatever its provider speaks: the same script in four wire formats. */
import { describe, expect, test } from 'vitest';
import type { ApiKind, Message } from '../../../protocol/index.ts';
import type { SourceOptions } from '../kit/source-options.ts';
import { makeSource } from '../make-source.ts';
import type { ModelEvent, ModelSource } from '../port.ts';
import { type Answer, collect, KEY, message, question, text, WHOLE, withProvider } from '../testing.ts';

const bench = withProvider();
const kinds: readonly ApiKind[] = ['openai', 'anthropic', 'openai-compatible', 'ollama'];

function source(kind: ApiKind, behaviour?: string, options: Partial<SourceOptions> = {}): ModelSource {
  const v1 = behaviour === undefined ? bench.provider.baseUrl : bench.provider.baseUrlAs(behaviour);
  const baseUrl = kind === 'ollama' ? v1.replace(/\/v1$/, '') : v1;
  return makeSource(kind, { baseUrl, key: KEY, now: () => 1_000, ...options });
}

const ask = (kind: ApiKind, id: string, messages: readonly Message[] = [question]) =>
  collect(source(kind), id, messages);

/** Text and thoughts in one piece each, tools as they ended: what a reader is left with. */
function gist({ events, failure }: Answer) {
  const join = (kind: 'text' | 'reasoning') =>
    events.map((event) => (event.kind === kind ? event.text : '')).join('');
  const tools = new Map(events.flatMap((event) => (event.kind === 'tool' ? [[event.call, event]] : [])));
  return {
    text: join('text'),
    thoughts: join('reasoning'),
    tools: [...tools.values()].map(({ name, input }) => ({ name, input: JSON.parse(input || 'null') })),
    end: events.find(({ kind }) => kind === 'finish'),
    failure: failure?.code,
  };
}

describe.each(kinds)('%s', (kind) => {
  test('a conversation of several turns', async () => {
    const first = gist(await ask(kind, 'echo', [message('system', text('Be brief.')), question]));
    expect(first).toEqual({
      ...{ text: 'What does the fox do?', thoughts: '', tools: [], failure: undefined },
      end: { kind: 'finish', usage: expect.objectContaining({ input: 2, output: 5 }) },
    });
    const turns = [
      message('system', text('Be brief.')),
      question,
      message('assistant', text(first.text)),
      message('user', text('And in 日本語? ')),
    ];
    const second = gist(await ask(kind, 'echo', turns));
    expect(second.text.trim()).toBe('And in 日本語?');
    expect(second.end).toMatchObject({ usage: { input: 4, output: 3 } });
  });

  test('thoughts, then words', async () => {
    const thought = { text: WHOLE, thoughts: 'First I think about it. ', failure: undefined };
    expect(gist(await ask(kind, 'reasoning'))).toMatchObject(thought);
  });

  test('a tool is called', async () => {
    expect(gist(await ask(kind, 'tools'))).toMatchObject({
      ...{ text: 'Let me look. ', tools: [{ name: 'look', input: { at: 'moon' } }], failure: undefined },
    });
  });

  test('the length limit is no failure, an answer without a word neither', async () => {
    expect((await ask(kind, 'length')).events.at(-1)).toMatchObject({ kind: 'finish', length: true });
    expect(gist(await ask(kind, 'empty'))).toMatchObject({ text: '', end: { kind: 'finish' } });
  });

  test('what keeps the connection open is heard, and says nothing', async () => {
    let heard = 0;
    const answer = await collect(source(kind), 'keep-alive@words', [question], () => {
      heard += 1;
    });
    expect(gist(answer)).toMatchObject({ text: WHOLE, failure: undefined });
    expect(heard).toBeGreaterThan(1);
  });

  test.each(['goes-on', 'no-prefix'])('it goes on from words: %s', async (behaviour) => {
    for (const cut of [14, 18, 20]) {
      const begun = WHOLE.slice(0, cut);
      const from = source(kind, behaviour);
      for (const id of ['claude-3-7-sonnet-20250219', 'claude-sonnet-4-6']) {
        const { text: said, failure } = await collect(from, id, [question], undefined, begun);
        expect([begun + said, failure]).toEqual([WHOLE, undefined]);
      }
    }
  });

  test('a temperature is sent where one is chosen', async () => {
    const { signal } = new AbortController();
    const from = source(kind);
    const model = { source: from.id, id: 'words' };
    for (const temperature of [undefined, 0.2]) {
      const asked = { model, messages: [question], signal, ...(temperature && { temperature }) };
      for await (const event of from.stream(asked)) expect(event).toBeDefined();
    }
    const bodies = (await bench.provider.log()).slice(-2).map(({ body }) => JSON.stringify(body));
    expect(bodies.map((body) => body.includes('"temperature":0.2'))).toEqual([false, true]);
  });

  test.each([
    ['400', 'bad-request', /\(400: “Invalid value for "temperature"\.”\)/],
    ['400:plain', 'bad-request', /did not accept the request \(400\)/],
    ['400:long', 'too-large', /longer than the model “any” can read \(“prompt is too long: 215000 tokens/],
    ['401', 'key', /did not accept the API key/],
    ['402', 'quota', /no credit left/],
    ['403', 'forbidden', /“Your account may not use this model\.”/],
    ['404', 'no-model', /does not know the model/],
    ['413', 'too-large', /too large/],
    ['429:7', 'rate-limit', /asks for a pause/],
    ['500', 'provider', /\(500: “Internal error\.”\)/],
    ['500:plain', 'provider', /failed \(500\)/],
    ['503', 'overloaded', /overloaded/],
    ['529:3', 'overloaded', /overloaded/],
    ['html', 'malformed', /no answer of a server of models/],
    ['cut:0', 'cut', /broke before/],
    ['malformed', 'malformed', /no answer of a server of models/],
    ['comments', 'cut', /before the (first word|answer was)/],
    ['end-byte:0', 'cut', /before the first word/],
    ['error-event', 'provider', /The engine ran out of memory\./],
    ['leak', 'provider', /Key … is worn out\./],
  ] as const)('%s is %s, after one request', async (behaviour, code, sentence) => {
    const asked = async () =>
      (await bench.provider.log()).filter(({ path }) => path !== '/api/show' && path !== '/api/ps').length;
    const before = await asked();
    const { failure } = await collect(source(kind, behaviour), 'any');
    expect(failure?.code).toBe(code);
    expect(failure?.sentence).toMatch(sentence);
    expect(failure?.sentence).not.toContain(KEY);
    expect(await asked()).toBe(before + 1);
  });

  test.skipIf(kind === 'ollama' || kind === 'anthropic')('429 for lack of quota is quota', async () => {
    const { failure } = await collect(source(kind, '429:quota'), 'any');
    expect(failure).toMatchObject({ code: 'quota', sentence: expect.stringContaining('no credit left') });
  });

  test('a pause is asked for in seconds or as a date', async () => {
    for (const [behaviour, retryAfter] of [
      ['429:7', 8_000],
      [`429:${new Date(61_000).toUTCString()}`, 61_000],
      ['529:3', 4_000],
    ] as const)
      expect((await collect(source(kind, behaviour), 'any')).failure).toMatchObject({ retryAfter });
  });

  test.each([
    ['http://127.0.0.1:9', 'refused', /Nothing answers at 127\.0\.0\.1:9\. Start the server there/],
    ['http://models.invalid', 'dns', /The name models\.invalid was not found/],
    ['http://169.254.169.254', 'forbidden-address', /Bough never asks there/],
    ['https://PROVIDER', 'tls', /No secure connection.*should begin with http: or https:/],
    ['http://PROVIDER/as/redirect%3Ahttp%3A%2F%2F127.0.0.1%3A9%2F', 'redirect', /sends requests on to 127/],
  ] as const)('%s is %s, for replies and for lists', async (address, code, sentence) => {
    const v1 = kind === 'ollama' ? '' : '/v1';
    const baseUrl = address.replace('PROVIDER', `127.0.0.1:${bench.provider.port}`) + v1;
    const from = source(kind, undefined, { baseUrl });
    const { failure } = await collect(from, 'any');
    expect(failure).toMatchObject({ code, sentence: expect.stringMatching(sentence) });
    await expect(from.list()).rejects.toMatchObject({ failure: { code } });
  });

  test('words before a failure are kept', async () => {
    expect((await ask(kind, 'error-event')).text).toMatch(/^The quick /);
  });

  test.skipIf(kind === 'ollama')('a content filter ends the answer', async () => {
    expect(await ask(kind, 'filter')).toMatchObject({
      ...{ text: 'I would say ', failure: { code: 'content-filter' } },
    });
  });

  test('cut after any event, nothing is lost or doubled', async () => {
    const base = 'reasoning';
    const whole = await collect(source(kind, base), base);
    const frames = (await bench.provider.log()).at(-1)?.frames ?? 0;
    expect(frames).toBeGreaterThan(4);
    const counts = Array.from({ length: frames + 1 }, (_, count) => count);
    const answers = await Promise.all(
      counts.map((count) => collect(source(kind, `cut:${count}@${base}`), base)),
    );
    for (const answer of answers) expectPrefix(answer, whole);
    expect(answers.at(-1)).toEqual(whole);
    expect(answers[0]?.failure?.code).toBe('cut');
    expect(new Set(answers.map(({ events }) => events.length)).size).toBeGreaterThan(3);
  });

  test.each(['tokens:1000x50', 'stall'])('Stop closes the socket at the provider (%s)', async (id) => {
    const from = source(kind);
    const controller = new AbortController();
    const events: ModelEvent[] = [];
    const asked = { model: { source: from.id, id }, messages: [question], signal: controller.signal };
    setTimeout(() => controller.abort(), 150);
    for await (const event of from.stream(asked)) events.push(event);
    const last = async () => (await bench.provider.log()).filter(({ body }) => body.model === id).at(-1);
    await expect.poll(async () => (await last())?.aborted).toBe(true);
    expect(events.every(({ kind: what }) => what === 'text')).toBe(true);
  });

  test('the list names every model; one that cannot be had is a sentence', async () => {
    const from = source(kind);
    const models = await from.list();
    const echo = models.find(({ name }) => name === 'echo');
    expect(echo).toMatchObject({ ref: { source: from.id, id: 'echo' }, demo: false, kind: 'chat' });
    for (const behaviour of ['401', '500', 'html']) {
      await expect(source(kind, behaviour).list()).rejects.toMatchObject({ name: 'ProviderFailure' });
    }
    const late = source(kind, 'hang', { listTimeout: 50 }).list();
    await expect(late).rejects.toMatchObject({ failure: { code: 'network' } });
  });

  test('the key goes with every request, and none where there is none', async () => {
    await ask(kind, 'words');
    await source(kind).list();
    const seen = (await bench.provider.log()).slice(-2).map(({ authorization }) => authorization);
    expect(new Set(seen)).toEqual(new Set([kind === 'anthropic' ? KEY : `Bearer ${KEY}`]));
  });
});

function expectPrefix(answer: Answer, whole: Answer): void {
  const events = answer.events.filter(({ kind }) => kind !== 'finish');
  expect(whole.events.slice(0, events.length)).toEqual(events);
  if (answer.failure) expect(answer.failure.code).toBe('cut');
  else expect(answer.text).toBe(whole.text);
}

describe('the beginning of an answer', () => {
  const saidIn = (body: Record<string, unknown> | undefined) =>
    (body?.messages ?? []) as readonly { readonly role: string }[];
  const begun = WHOLE.slice(0, 18);
  const bodiesOf = async (from: ModelSource, id: string) => {
    const before = (await bench.provider.log()).length;
    await collect(from, id, [question], undefined, `${begun} `);
    const bodies = (await bench.provider.log()).slice(before).map(({ body }) => body);
    return bodies.filter(({ messages, input }) => messages ?? input);
  };

  test('goes as the last message where a wire takes it', async () => {
    const compatible = source('openai-compatible', 'goes-on');
    await compatible.list();
    const last = { role: 'assistant', content: begun };
    const [vllm] = await bodiesOf(compatible, 'goes-on');
    expect(saidIn(vllm).at(-1)).toEqual(last);
    expect(vllm).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
    const [old] = await bodiesOf(source('anthropic', 'goes-on'), 'claude-3-7-sonnet-20250219');
    expect(JSON.stringify(saidIn(old).at(-1))).toContain(`"text":"${begun}"`);
    const [ollama] = await bodiesOf(source('ollama', 'goes-on'), 'any');
    expect(saidIn(ollama).at(-1)).toEqual(last);
  });

  test('is told where it is refused, and where nobody knows', async () => {
    const compatible = source('openai-compatible', 'no-prefix');
    await compatible.list();
    const [refused, told] = await bodiesOf(compatible, 'no-prefix');
    expect(saidIn(refused).map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(saidIn(told).at(-1)?.role).toBe('user');
    expect(told).not.toHaveProperty('continue_final_message');
    for (const [kind, id] of [
      ['openai-compatible', 'unknown'],
      ['anthropic', 'claude-sonnet-4-6'],
      ['openai', 'gpt-5'],
    ] as const) {
      const bodies = await bodiesOf(source(kind, 'goes-on'), id);
      expect(bodies).toHaveLength(1);
      expect(JSON.stringify(bodies[0])).toContain('Your last message was cut off');
    }
  });
});
