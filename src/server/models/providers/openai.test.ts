/** What is OpenAI's and Anthropic's alone; adapters.test.ts has what holds for all. */
import { expect, test, vi } from 'vitest';
import type { Part } from '../../../protocol/index.ts';
import { collect, KEY, message, question, text, withProvider } from '../testing.ts';
import { anthropicSource } from './anthropic.ts';
import { openAiSource } from './openai.ts';

const bench = withProvider();
const openai = (key?: string) => openAiSource({ baseUrl: bench.provider.baseUrl, ...(key && { key }) });
const anthropic = (key?: string) => anthropicSource({ baseUrl: bench.provider.baseUrl, ...(key && { key }) });
const last = async () => (await bench.provider.log()).at(-1);
const thought = message('assistant', { kind: 'reasoning', text: 'Hm.' }, text('One.'));

test('OpenAI is asked to keep nothing, and gets words alone', async () => {
  const system = message('system', text('Be brief.'));
  await collect(openai(KEY), 'words', [system, question, thought, question]);
  const { body, path } = (await last()) ?? {};
  expect(path).toBe('/responses');
  expect(body).toMatchObject({ model: 'words', store: false, stream: true });
  expect(JSON.stringify(body)).toContain('Be brief.');
  expect(JSON.stringify(body)).not.toContain('Hm.');
});

test('Anthropic gets the prompt apart, words alone, and a limit it demands', async () => {
  const system = message('system', text('Be brief.'));
  await collect(anthropic(KEY), 'words', [system, question, thought, question]);
  expect((await last())?.body).toMatchObject({
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'What does the fox do?' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'One.' }] },
      { role: 'user' },
    ],
    max_tokens: expect.any(Number),
  });
});

test('a key of the environment never goes to a server it was not set for', async () => {
  vi.stubEnv('OPENAI_API_KEY', 'sk-of-somebody');
  vi.stubEnv('ANTHROPIC_API_KEY', 'sk-ant-of-somebody');
  try {
    for (const source of [openai(), anthropic()]) {
      await collect(source, 'words');
      const seen = JSON.stringify(await last());
      expect(seen).not.toContain('of-somebody');
    }
  } finally {
    vi.unstubAllEnvs();
  }
});

const tone: Part = { kind: 'file', hash: 'a', name: 'memo.wav', type: 'audio/wav', size: 2, seconds: 1 };
const files = new Map([['a', { type: 'audio/wav', bytes: new Uint8Array([1, 2, 3]) }]]);

test('audio goes to models of OpenAI that hear, over the API that takes it; to others and to Anthropic it is named', async () => {
  const { signal } = new AbortController();
  const messages = [message('user', text('Who speaks?'), tone)];
  const sources = [
    [openai(KEY), 'gpt-audio-mini'],
    [openai(KEY), 'gpt-4o'],
    [anthropic(KEY), 'claude-haiku-4-5'],
  ] as const;
  const seen: string[] = [];
  for (const [source, id] of sources) {
    const asked = source.stream({ model: { source: source.id, id }, messages, files, signal });
    await expect(async () => {
      for await (const _ of asked);
    }).rejects.toThrow();
    const { path, body } = (await last()) ?? {};
    seen.push(`${path} ${JSON.stringify(body)}`);
  }
  expect(seen[0]).toContain('/chat/completions');
  expect(seen[0]).toContain('{"type":"input_audio","input_audio":{"data":"AQID","format":"wav"}}');
  expect(seen[1]).toMatch(/^\/responses .*memo\.wav/);
  expect(seen[2]).toMatch(/^\/messages .*memo\.wav/);
  expect(seen[1]).not.toContain('AQID');
  expect(seen[2]).not.toContain('AQID');
});

test('which models hear is said, and they are chat models', async () => {
  const models = await openAiSource({
    baseUrl: bench.provider.baseUrlAs('models:gpt-audio,gpt-4o,gpt-99,gpt-realtime,gpt-4o-transcribe'),
  }).list();
  expect(models.map(({ ref, kind, audio }) => [ref.id, kind, audio])).toEqual([
    ['gpt-audio', 'chat', true],
    ['gpt-4o', 'chat', false],
    ['gpt-99', 'chat', false],
    ['gpt-realtime', 'speech', false],
    ['gpt-4o-transcribe', 'speech', false],
  ]);
  expect(await openai().describe('gpt-audio')).toMatchObject({ audio: true, images: false });
  expect(await openai().describe('gpt-99')).toEqual({ name: 'gpt-99', audio: false });
});

test('what is known of a model is said of it', async () => {
  const [gpt, other] = await openAiSource({
    baseUrl: bench.provider.baseUrlAs('models:gpt-4o,gpt-99'),
  }).list();
  expect(gpt).toMatchObject({ window: 128_000, images: true, price: { input: 2.5, output: 10 } });
  expect(other?.price).toBeUndefined();
  const claude = anthropicSource({ baseUrl: bench.provider.baseUrlAs('models:claude-sonnet-4-5-20250929') });
  expect((await claude.list())[0]).toMatchObject({ window: 200_000, price: { input: 3, output: 15 } });
  expect(await claude.describe('claude-haiku-4-5')).toMatchObject({ window: 200_000, images: true });
});
