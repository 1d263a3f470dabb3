/** Answers of servers that speak a wire format after their own fashion, over the real adapter of each (docs/providers.md). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApiKind, Message } from '../../../protocol/index.ts';
import { makeSource } from '../make-source.ts';
import { type Answer, collect, KEY, message, question, text, WHOLE, withProvider } from '../testing.ts';
import { ChatReader } from './chat.ts';

const bench = withProvider();
const kinds: readonly ApiKind[] = ['openai', 'anthropic', 'openai-compatible', 'ollama'];
const THOUGHTS = 'First I think about it.';

function source(kind: ApiKind) {
  const { baseUrl } = bench.provider;
  return makeSource(kind, {
    ...{ baseUrl: kind === 'ollama' ? baseUrl.replace(/\/v1$/, '') : baseUrl, key: KEY, now: () => 1_000 },
  });
}

const ask = async (kind: ApiKind, id: string, messages = [question]) =>
  shownOf(await collect(source(kind), id, messages));

/** What a reader is left with. */
function shownOf({ events, failure }: Answer) {
  let [said, thoughts] = ['', ''];
  for (const event of events) {
    if (event.kind === 'text') said += event.text;
    if (event.kind === 'reasoning') thoughts += event.text;
    if (event.kind === 'recast') [said, thoughts] = ['', event.text];
  }
  const end = events.find(({ kind }) => kind === 'finish');
  return {
    text: said,
    thoughts: thoughts.trim(),
    end,
    code: failure?.code,
    sentence: failure?.sentence ?? '',
  };
}

describe.each(kinds)('%s', (kind) => {
  test('a failure beside an end of the format is no whole answer: its words are quoted, the text kept', async () => {
    const answer = await ask(kind, 'failing:Provider disconnected');
    expect(answer).toMatchObject({ code: 'provider', end: undefined });
    expect(answer.text).toMatch(/^The quick /);
    expect(answer.sentence).toMatch(/broke off \(“Provider disconnected”\)/);
  });

  test.each([
    ...['insufficient_system_resource', 'error', 'abort', 'aborted', 'ABORT', 'cancelled', 'network_error'],
    ...['timeout', 'time_limit', 'engine_overloaded', 'MALFORMED_FUNCTION_CALL', 'interrupted'],
  ])('an end as %s is a failure with text', async (word) => {
    const answer = await ask(kind, `ends:${word}`);
    expect(answer).toMatchObject({ text: WHOLE, code: 'provider', end: undefined });
    expect(answer.sentence).toContain(`(“${word}”)`);
  });

  test.each([
    ...[
      'max_tokens',
      'model_length',
      'LENGTH',
      'length',
      'MAX_TOKENS',
      'max_output_tokens',
      'max_new_tokens',
    ],
    ...['model_context_window_exceeded', 'ERROR_LIMIT', 'context_length_exceeded', 'token_limit'],
  ])('an end as %s is one at the length limit', async (word) => {
    expect(await ask(kind, `ends:${word}`)).toMatchObject({
      text: WHOLE,
      end: { length: true },
      code: undefined,
    });
  });

  test.each([
    'eos',
    'end_turn',
    'COMPLETE',
    'stop_sequence',
    'eos_token',
    'finished',
    'whatever',
    'STOP',
    'done',
    '<|im_end|>',
  ])('an end as %s is complete', async (word) => {
    const answer = await ask(kind, `ends:${word}`);
    expect(answer).toMatchObject({ text: WHOLE, end: { kind: 'finish' }, code: undefined });
    expect(answer.end).not.toHaveProperty('length');
  });

  test('events that say nothing are passed over', async () => {
    expect(await ask(kind, 'odd')).toMatchObject({ text: WHOLE, thoughts: '', end: { kind: 'finish' } });
    expect(await ask(kind, 'only-odd')).toMatchObject({ text: '', code: 'cut' });
  });

  test('events with nothing but what is needed are read, the last without its line end', async () => {
    const read = { text: WHOLE, thoughts: THOUGHTS, end: { kind: 'finish' }, code: undefined };
    expect(await ask(kind, 'bare')).toMatchObject(read);
  });

  test('a whole answer in JSON is an answer', async () => {
    const read = { text: WHOLE, thoughts: THOUGHTS, end: { usage: { output: expect.any(Number) } } };
    expect(await ask(kind, 'whole')).toMatchObject(read);
  });

  test('an error in JSON with status 200 is quoted', async () => {
    const error = await ask(kind, 'whole-error:Out of KEY');
    expect(error).toMatchObject({ code: 'provider', sentence: expect.stringContaining('(“Out of …”)') });
    for (const [code, told] of [
      ['50000', 'provider'],
      ['401', 'key'],
      ['40103', 'key'],
      ['404', 'no-model'],
      ['42900', 'rate-limit'],
      ['50301', 'overloaded'],
      ['1305', 'provider'],
    ] as const)
      expect(await ask(kind, `whole-code:${code}`)).toMatchObject({ code: told, text: '' });
    expect((await ask(kind, 'whole-code:50000')).sentence).toContain('“The engine is asleep.”');
  });

  test.each([
    ...['think', 'thinking', 'thought', 'end', 'end-inline', 'bracket', 'moon', 'seed'],
    ...['channel', 'gemma', 'cohere', 'answer'],
  ])('thoughts in the text are told apart (%s)', async (form) => {
    const answer = await ask(kind, `tagged:${form}`);
    expect({ ...answer, text: answer.text.trim() }).toMatchObject({
      text: WHOLE,
      thoughts: THOUGHTS,
      code: undefined,
    });
  });

  test('empty thoughts are none, thoughts without an end are thoughts, tags in code or amid text are text', async () => {
    expect(await ask(kind, 'tagged:empty')).toMatchObject({ text: WHOLE, thoughts: '' });
    expect(await ask(kind, 'tagged:unclosed')).toMatchObject({ text: '', thoughts: THOUGHTS });
    const code = await ask(kind, 'tagged:code');
    expect(code).toMatchObject({
      thoughts: '',
      text: expect.stringContaining('`</think>`, or\n\n```\nx</think>'),
    });
    const amid = await ask(kind, 'tagged:middle');
    expect(amid).toMatchObject({
      thoughts: '',
      text: expect.stringContaining('<think>First I think about it.</think>'),
    });
  });

  test('roles alternate and no blank text is sent', async () => {
    const answer = message('assistant', text('Yes.'));
    const asked = (...said: ReturnType<typeof message>[]) => ask(kind, 'strict', said);
    const again = message('user', text('And now?'));
    const blank = message('assistant', text('\n\n'));
    const thought = message('assistant', { kind: 'reasoning', text: 'Hm.' });
    for (const said of [
      [question, again],
      [question, blank, again],
      [question, thought, again],
      [message('system', text('Be brief.')), question, again],
      [message('system', text(' \n')), question],
      [question, answer, answer, again],
      [question, answer, again, again],
      [question, thought, blank, again],
      [question, { ...thought, parts: [...thought.parts, ...blank.parts] }, again],
      [message('user', text('  ')), question, answer, again],
    ])
      expect(await asked(...said)).toMatchObject({ code: undefined, sentence: '' });
    expect((await asked(question, again)).text).toBe('What does the fox do?\n\nAnd now?');
  });
});

/** What may stand above a question: saved without a reply, failed without words, stopped, thought only, by others. */
const above = fc.array(
  fc.record({
    role: fc.constantFrom('user' as const, 'assistant' as const),
    parts: fc.array(
      fc.oneof(
        fc.constantFrom('Yes.', 'Two\n\nparagraphs', '\n\n', ' ', '', '\u200b', '\u3000').map(text),
        fc.constantFrom('Hm.', '\n').map((thought) => ({ kind: 'reasoning' as const, text: thought })),
      ),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 7 },
);

test.each(kinds)(
  'whatever stands above a question, %s is sent turns that alternate and are not blank',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(above, fc.constantFrom('', ' ', 'Be brief.'), async (said, prompt) => {
        const messages = said.map(({ role, parts }) => message(role, ...parts));
        const asked = [message('system', text(prompt)), ...messages, message('user', text('And now?'))];
        const answer = await ask(kind, 'strict', asked);
        expect(answer).toMatchObject({ code: undefined, sentence: '' });
        expect(answer.text).toMatch(/And now\?$/);
      }),
      { numRuns: 60 },
    );
  },
);

describe.each(kinds)('pictures in an answer of %s', (kind) => {
  test('come as their bytes', async () => {
    const { events } = await collect(source(kind), 'picture');
    const bytes = events.flatMap((event) => (event.kind === 'picture' ? [event.bytes] : []));
    expect(bytes.map((one) => Buffer.from(one).toString('latin1').slice(1, 4))).toEqual(['PNG']);
    expect(shownOf({ events, text: '', failure: undefined })).toMatchObject({
      text: WHOLE,
      end: { kind: 'finish' },
    });
  });
});

const word = { choices: [{ index: 0, delta: { content: 'The fox ' } }] };
const over = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
const gone = 'Provider disconnected';

test.each<[string, object[]]>([
  [
    'beside a choice',
    [{ error: { message: gone }, choices: [{ delta: { content: '' }, finish_reason: 'error' }] }],
  ],
  ['as a sentence', [{ error: gone, choices: [{ delta: { content: '' }, finish_reason: 'error' }] }]],
  [
    'in the choice',
    [{ choices: [{ delta: {}, finish_reason: 'error', error: { code: 502, message: gone } }] }],
  ],
  ['in the choice, before its end', [{ choices: [{ delta: {}, error: { message: gone } }] }, over]],
  ['without choices', [{ error: { message: gone } }, over]],
  ['with choices that are empty', [{ choices: [], error: { message: gone, code: 'server_error' } }, over]],
  ['with choices that are null', [{ choices: null, error: { message: gone } }, over]],
  ['within an error', [{ error: { error: { message: gone } } }, over]],
  ['as an object of its own', [{ object: 'error', message: gone, code: 50_000 }, over]],
  ['of a gateway', [{ code: 50_000, msg: gone, data: null }, over]],
  ['of FastAPI', [{ detail: gone }, over]],
  ['of MiniMax', [{ base_resp: { status_code: 1_000, status_msg: gone } }, over]],
  ['with `success`', [{ success: false, message: gone }, over]],
  ['in a list', [{ error: [{ message: gone }] }, over]],
])('an error %s breaks an answer off, its words quoted, the text kept', async (_, events) => {
  const answer = await ask('openai-compatible', `events:${JSON.stringify([word, ...events])}`);
  expect(answer).toMatchObject({ text: 'The fox ', code: 'provider', end: undefined });
  expect(answer.sentence).toContain(`“${gone}”)`);
});

test.each<[string, object[]]>([
  ['null', [{ ...word, error: null }, over]],
  [
    'empty',
    [
      { ...word, error: {} },
      { ...over, error: '' },
    ],
  ],
  ['null in the choice', [{ choices: [{ delta: { content: 'The fox ' }, error: null }] }, over]],
  [
    'a code that means success',
    [
      { ...word, code: 0, msg: 'ok' },
      { ...over, code: 200, message: 'success' },
    ],
  ],
  ['after the end', [word, over, { error: { message: gone } }]],
])('an error that is %s is none', async (_, events) => {
  const answer = await ask('openai-compatible', `events:${JSON.stringify(events)}`);
  expect(answer).toMatchObject({ text: 'The fox ', code: undefined, end: { kind: 'finish' } });
});

/** Served as it stands, with status 200 and as JSON. */
const served = (body: object) => ask('openai-compatible', `list:${JSON.stringify(body)}`);

test.each<[string, object]>([
  ['with an end', { choices: [{ message: { content: 'The fox.' }, finish_reason: 'stop' }] }],
  ['without an end', { choices: [{ message: { content: 'The fox.' } }] }],
  ['in parts', { choices: [{ message: { content: [{ type: 'text', text: 'The fox.' }] } }] }],
  ['with a null error', { error: null, choices: [{ message: { content: 'The fox.' } }] }],
  ['with a code of success', { code: 200, msg: 'success', choices: [{ message: { content: 'The fox.' } }] }],
  [
    'of legacy completions',
    { object: 'text_completion', choices: [{ text: 'The fox.', finish_reason: 'stop' }] },
  ],
])('a whole answer in JSON %s is shown', async (_, body) => {
  expect(await served(body)).toMatchObject({ text: 'The fox.', code: undefined, end: { kind: 'finish' } });
});

test.each<[object, string]>([
  [{ error: 'The model is loading' }, 'provider'],
  [{ error: { message: 'The model is loading' } }, 'provider'],
  [{ error: { message: 'The model is loading', code: 401 } }, 'key'],
  [{ error: { message: 'The model is loading', code: '429' } }, 'rate-limit'],
  [{ error: { message: 'The model is loading', code: 'insufficient_quota' } }, 'quota'],
  [{ code: 50_000, msg: 'The model is loading' }, 'provider'],
  [{ status_code: 500, message: 'The model is loading' }, 'provider'],
  [{ success: false, message: 'The model is loading' }, 'provider'],
  [{ detail: 'The model is loading' }, 'provider'],
  [{ detail: [{ msg: 'The model is loading', loc: ['body'] }] }, 'provider'],
  [{ base_resp: { status_code: 1_004, status_msg: 'The model is loading' } }, 'provider'],
  [{ object: 'error', message: 'The model is loading', code: 40_303 }, 'forbidden'],
])('%j with status 200 is quoted, and is %s', async (body, code) => {
  const answer = await served(body);
  expect(answer).toMatchObject({ text: '', code, end: undefined });
  if (code === 'provider') expect(answer.sentence).toContain('“The model is loading”');
});

const png = { kind: 'picture', bytes: new Uint8Array([137, 80]) };
const named = { kind: 'text', text: '\n\n![A picture](<https://x.example/a.png>)\n\n' };
test.each([
  [{ image_url: { url: 'data:image/png;base64,iVA=' } }, [png]],
  [{ type: 'image_url', image_url: 'data:image/png;base64,iVA=' }, [png]],
  [{ url: 'data:image/png;base64,iVA=' }, [png]],
  [{ b64_json: 'iVA=' }, [png]],
  [{ type: 'image', source: { type: 'base64', data: 'iVA=' } }, [png]],
  [{ inline_data: { mime_type: 'image/png', data: 'iVA=' } }, [png]],
  [{ inlineData: { mimeType: 'image/png', data: 'iVA=' } }, [png]],
  [{ image_url: { url: 'https://x.example/a.png' } }, [named]],
  [{ image: { url: 'https://x.example/a.png' } }, [named]],
  [{ image_url: { url: 'javascript:alert(1)' } }, []],
  [{ image_url: { url: 'https://x.example/a>) ![b](c' } }, []],
  [{ image_url: null }, []],
  [{ b64_json: '' }, []],
])('a picture as %j', (part, events) => {
  expect(new ChatReader().read({ choices: [{ delta: { images: [part] } }] })).toEqual(events);
});

const cat = { kind: 'file', hash: 'i', name: 'cat.png', type: 'image/png', size: 3 } as const;
const withFiles = async (kind: ApiKind, id: string, messages: readonly Message[], size = 3) => {
  const from = source(kind);
  const files = new Map([['i', { type: 'image/png', bytes: new Uint8Array(size) }]]);
  const { signal } = new AbortController();
  const asking = { model: { source: from.id, id }, messages, files, signal };
  let said = '';
  for await (const event of from.stream(asking)) if (event.kind === 'text') said += event.text;
  return said;
};

test.each(['openai', 'anthropic', 'openai-compatible'] as const)(
  'a picture that %s refused is in the way of nothing said after it',
  async (kind) => {
    const shown = message('user', text('What is this?'), cat);
    await expect(withFiles(kind, 'no-picture', [shown])).rejects.toMatchObject({
      failure: { code: 'bad-request', sentence: expect.stringContaining('image exceeds 5 MB') },
    });
    const further = message('user', text('Never mind. And now?'));
    expect(await withFiles(kind, 'no-picture', [shown, further])).toBe(WHOLE);
    const body = JSON.stringify((await bench.lastRequest('no-picture'))?.body);
    expect(body).toContain('cat.png');
    expect(body).toContain('is not shown to this model');
    const answer = message('assistant', text('A cat.'));
    expect(await withFiles(kind, 'no-picture', [shown, answer, further])).toBe(WHOLE);
  },
);

test('Anthropic is never sent an image larger than it takes: it is named, and the list says how large', async () => {
  const shown = [message('user', text('What is this?'), cat)];
  const [model] = await source('anthropic').list();
  const most = model?.imageLimit ?? 0;
  expect(most).toBe(3_932_160);
  for (const [size, named] of [
    [most, false],
    [most + 1, true],
  ] as const) {
    await withFiles('anthropic', 'words', shown, size);
    const body = JSON.stringify((await bench.lastRequest('words'))?.body);
    expect(body.includes('is not shown to this model')).toBe(named);
    expect(body.includes('"type":"image"')).toBe(!named);
  }
});

test('thoughts from the text do not go back to who wrote them', async () => {
  const from = source('openai-compatible');
  await collect(from, 'tagged:think');
  const said = message('assistant', { kind: 'reasoning', text: 'A secret thought.' }, text('Yes.'));
  await collect(from, 'tagged:think', [question, said, question]);
  expect(JSON.stringify((await bench.lastRequest('tagged:think'))?.body)).not.toContain('A secret thought.');
});

test('`[DONE]` is an end, whatever comments follow', async () => {
  expect(await ask('openai-compatible', 'done-comment')).toMatchObject({
    text: WHOLE,
    end: { kind: 'finish' },
  });
});
