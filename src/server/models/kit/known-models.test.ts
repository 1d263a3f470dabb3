import { expect, test } from 'vitest';
import known from './known-models.json' with { type: 'json' };
import { kindOf, knownOf } from './known-models.ts';

test('a price says from when it is', () => {
  expect(knownOf('openai', 'gpt-4o').price).toEqual({
    input: 2.5,
    output: 10,
    cached: 1.25,
    date: known.date,
  });
  expect(known.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test('a date behind a name is the same model', () => {
  expect(knownOf('openai', 'gpt-4o-2024-08-06')).toEqual(knownOf('openai', 'gpt-4o'));
  expect(knownOf('anthropic', 'claude-sonnet-4-20250514')).toEqual(knownOf('anthropic', 'claude-sonnet-4'));
  expect(knownOf('anthropic', 'claude-opus-4-0').window).toBe(200_000);
});

test.each(['gpt-6', 'gpt-4o-audio', 'constructor', '__proto__', ''])('nothing is guessed of %s', (id) => {
  expect(knownOf('openai', id)).toEqual({});
});

test('every entry is whole', () => {
  for (const model of [...Object.values(known.openai), ...Object.values(known.anthropic)]) {
    const { window, images } = model;
    const price = 'price' in model ? model.price : [];
    // Audio has prices of its own.
    expect(price.length >= 2).toBe(!('audio' in model));
    expect(price.every((dollars) => dollars > 0)).toBe(true);
    expect(window).toBeGreaterThan(1_000);
    expect(typeof images).toBe('boolean');
  }
});

test.each([
  ['nomic-embed-text', 'embedding'],
  ['bge-m3', 'embedding'],
  ['whisper-large-v3', 'speech'],
  ['flux-schnell', 'image'],
  ['llama-guard-3', 'other'],
  ['meta-llama/LlamaGuard-7b', 'other'],
  ['Qwen3Guard-Gen-8B', 'other'],
  ['granite3-guardian:8b', 'other'],
  ['shieldgemma-2b', 'other'],
  ['omni-moderation-latest', 'other'],
  ['embeddinggemma:300m', 'embedding'],
  ['Qwen/Qwen3-Embedding-8B', 'embedding'],
  ['jina-embeddings-v3', 'embedding'],
  ['sentence-transformers/all-MiniLM-L6-v2', 'embedding'],
  ['bge-reranker-v2-m3', 'embedding'],
  ['black-forest-labs/FLUX.1-dev', 'image'],
  ['gpt-image-1', 'image'],
  ['imagen-4', 'image'],
  ['gpt-4o-mini-tts', 'speech'],
  ['llama-3.3-70b-versatile', 'chat'],
  ['vanguard-7b', 'chat'],
  ['influx-7b', 'chat'],
  ['avantgarde-embedded-12b', 'chat'],
  ['safeguarding-llm', 'chat'],
  ['sorano-3b', 'chat'],
  ['imagery-writer', 'chat'],
  ['conflux-chat', 'chat'],
  ['whisperer-7b', 'chat'],
  ['speechless-13b', 'chat'],
  ['Bodyguard-13B', 'chat'],
  ['membedia-1b', 'chat'],
])('%s is for %s', (id, kind) => {
  expect(kindOf(id)).toBe(kind);
});
