import { expect, test } from 'vitest';
import type { Model } from '../../protocol/index.ts';
import type { MessageHeader } from '../../tree/index.ts';
import { sumOf } from './token-sums.ts';

const ref = (id: string) => ({ source: 'local', id });
const priced = { ref: ref('a'), price: { input: 1, output: 4, date: '2026-01-01' } } as Model;
const reply = (id: string, usage?: MessageHeader['usage'], demo = false) =>
  ({ author: { kind: 'model', model: ref(id), name: id, demo }, ...(usage && { usage }) }) as MessageHeader;

test('tokens are added up, and the cost where a price is known', () => {
  const headers = [
    { author: { kind: 'user' } } as MessageHeader,
    reply('a', { input: 1_000_000, output: 500_000 }),
    reply('b', { input: 10, output: 5 }),
    reply('a'),
    reply('demo', { input: 1, output: 1 }, true),
  ];
  expect(sumOf(headers, [priced])).toEqual({
    replies: 3,
    input: 1_000_010,
    output: 500_005,
    cost: 3,
    unpriced: 2,
  });
});
