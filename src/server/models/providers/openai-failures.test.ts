import { describe, expect, test } from 'vitest';
import { startProvider } from '../testing/scripted-provider.ts';
import { type Answer, collect, KEY, question, withProvider } from '../testing.ts';

const bench = withProvider();
const { ask } = bench;

/** What the provider does, the code and sentence a person gets, and the words that are kept. */
const failures: [behaviour: string, code: string, sentence: RegExp, text?: string][] = [
  [
    '400',
    'bad-request',
    /did not accept the request \(400: “Invalid value for "temperature"\.”\)\. Change the message, or choose another model/,
  ],
  ['400:plain', 'bad-request', /did not accept the request \(400\)\. /],
  ['401', 'key', /did not accept the API key\. Check OPENAI_API_KEY/],
  ['402', 'quota', /no credit left/],
  [
    '403',
    'forbidden',
    /does not allow this key to use the model “403” \(“Your account may not use this model\.”\)/,
  ],
  ['404', 'no-model', /does not know the model “404”/],
  ['413', 'too-large', /too large/],
  ['429', 'rate-limit', /too many requests.*Wait a moment/],
  ['429:7', 'rate-limit', /asks for a pause: wait, then try again/],
  ['429:quota', 'quota', /no credit left/],
  ['500', 'provider', /failed \(500: “Internal error\.”\)/],
  ['500:plain', 'provider', /failed \(500\)\. Try again/],
  ['503', 'overloaded', /overloaded/],
  ['529:3', 'overloaded', /overloaded/],
  [
    'error-event',
    'provider',
    /failed \(500: “The engine ran out of memory\.”\)/,
    'The quick brown fox jumps ',
  ],
  ['malformed', 'malformed', /no answer of a server of models/, 'The quick brown '],
  ['html', 'malformed', /Check OPENAI_BASE_URL/],
  ['filter', 'content-filter', /content filter/, 'I would say '],
  ['cut:0', 'cut', /broke before the answer was finished/],
];

test.each(failures)('%s is %s, in a plain sentence', async (behaviour, code, sentence, said = '') => {
  const answer = await ask(behaviour);
  expect(answer.failure?.code).toBe(code);
  expect(answer.failure?.sentence).toMatch(sentence);
  expect(answer.failure?.sentence).not.toContain(KEY);
  expect(answer.text).toBe(said);
});

test('Retry-After says until when, in seconds or as a date', async () => {
  expect((await ask('429:7')).failure?.retryAfter).toBe(8_000);
  expect((await ask(`429:${new Date(61_000).toUTCString()}`)).failure?.retryAfter).toBe(61_000);
});

test('a key that is missing is asked for', async () => {
  const { failure } = await collect(bench.source(), '401');
  expect(failure?.sentence).toMatch(/wants an API key\. Set OPENAI_API_KEY/);
});

test('a server that is not there, and one that is not secure, are told apart', async () => {
  const gone = await startProvider();
  await gone.stop();
  const codeAt = async (baseUrl: string) => (await ask('echo', [question], { baseUrl })).failure?.code;
  expect(await codeAt(gone.baseUrl)).toBe('refused');
  expect(await codeAt(`https://127.0.0.1:${bench.provider.port}/v1`)).toBe('tls');
});

test('a redirect to another host gets neither key nor conversation', async () => {
  const other = await startProvider();
  try {
    const { failure } = await ask(`redirect:${other.baseUrl}/chat/completions`);
    const sentence = expect.stringContaining(`127.0.0.1:${other.port}`);
    expect(failure).toEqual({ code: 'redirect', sentence });
    expect(await other.log()).toEqual([]);
  } finally {
    await other.stop();
  }
});

test('a redirect within the host is followed, but not for ever', async () => {
  expect((await ask('redirect:/as/echo/v1/chat/completions')).text).toBe('What does the fox do?');
  const baseUrl = bench.provider.baseUrlAs('redirect:/as/redirect%3Ax/v1/chat/completions');
  const { failure } = await ask('words', [question], { baseUrl });
  expect(failure?.code).toBe('no-model');
  expect((await ask('redirect:completions')).failure).toMatchObject({ code: 'redirect' });
});

// Hundreds of requests: the limit is for a busy machine, nothing here waits.
describe('a socket cut', { timeout: 60_000 }, () => {
  test.each(['words', 'reasoning', 'tools'])(
    'after any event of %s loses and doubles nothing',
    async (base) => {
      const whole = await ask(base);
      const frames = (await bench.lastRequest(base))?.frames ?? 0;
      expect(frames).toBeGreaterThan(5);
      const counts = Array.from({ length: frames + 1 }, (_, count) => count);
      const answers = await Promise.all(counts.map((count) => ask(`cut:${count}@${base}`)));
      // The last three events are the finish reason, the usage and [DONE]: with the first of them the answer is whole.
      const ended = answers.map(({ failure }) => failure === undefined);
      expect(ended).toEqual(counts.map((count) => count >= frames - 2));
      for (const answer of answers) expectPrefix(answer, whole);
      expect(new Set(answers.map(({ events }) => events.length)).size).toBeGreaterThan(5);
    },
  );

  test.each(['cut-byte', 'end-byte'])('at any byte (%s) loses and doubles nothing', async (behaviour) => {
    const whole = await ask('words');
    for (let from = 0; from < 2_800; from += 470) {
      const counts = Array.from({ length: 10 }, (_, index) => from + 47 * index);
      const answers = await Promise.all(counts.map((count) => ask(`${behaviour}:${count}`)));
      for (const answer of answers) expectPrefix(answer, whole);
    }
  });

  function expectPrefix(answer: Answer, whole: Answer): void {
    const events = answer.events.filter(({ kind }) => kind !== 'finish');
    expect(whole.events.slice(0, events.length)).toEqual(events);
    if (answer.failure) expect(['cut', 'malformed']).toContain(answer.failure.code);
    else expect(answer.text).toBe(whole.text);
  }
});
