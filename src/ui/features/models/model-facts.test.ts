import { expect, test } from 'vitest';
import type { Model } from '../../../protocol/index.ts';
import { costText, factsOf, tokensText } from './model-facts.ts';

const model = (rest: Partial<Model>): Model => ({
  ref: { source: 's', id: 'm' },
  name: 'm',
  sourceName: 's',
  kind: 'chat',
  demo: false,
  ...rest,
});

test('says what is known of a model, and nothing of what is not', () => {
  expect(factsOf(model({}))).toBeUndefined();
  expect(factsOf(model({ window: 128_000, images: true, price: { input: 0.15, output: 2, date: '' } }))).toBe(
    '128k tokens · images · $0.15 in, $2 out per million tokens',
  );
  expect(factsOf(model({ kind: 'embedding' }))).toBe('embeddings');
});

test.each([
  [820, '820'],
  [8_192, '8.1k'],
  [131_072, '131k'],
  [1_048_576, '1M'],
])('%i tokens are %s', (tokens, text) => expect(tokensText(tokens)).toBe(text));

test.each([
  [0, '$0'],
  [0.000_01, 'less than $0.0001'],
  [0.0042, '$0.0042'],
  [1.2, '$1.20'],
])('%d dollars are %s', (dollars, text) => expect(costText(dollars)).toBe(text));
