import { expect, test } from 'vitest';
import type { Model } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { exactText } from '../../components/date-text.ts';
import { replyFacts, seconds } from './reply-facts.ts';

const ref = { source: 'api.example.com', id: 'm-2' };
const model: Model = {
  ...{ ref, name: 'M 2', sourceName: 'Example', kind: 'chat', demo: false },
  price: { input: 2, output: 10, cached: 1, date: '2026-01-01' },
};
const header = (rest: Partial<MessageHeader> = {}): MessageHeader => ({
  ...{
    id: 'reply-01',
    parent: null,
    role: 'assistant',
    preview: '',
    branch: 'branch-1',
    start: '0',
    end: '1',
  },
  ...{ author: { kind: 'model', model: ref, name: 'M 2' }, origin: { kind: 'send' }, time: 1_000 },
  ...rest,
});

test('all that is known of a reply', () => {
  const said = header({
    usage: { input: 1_000_000, cached: 500_000, output: 100_000, reasoning: 40_000 },
    finish: { reason: 'complete', at: 14_000, firstWord: 420 },
    temperature: 0.3,
    context: { window: 8_192, read: 3, of: 41 },
  });
  expect(replyFacts(said, [model], [])).toEqual([
    ['Written by', 'M 2 on Example'],
    ['Written on', exactText(1_000)],
    ['Model', 'm-2'],
    ['Temperature', '0.3'],
    ['Messages read', 'the last 3 of 41, in a window of 8,192 tokens'],
    ['Tokens in', '1,000,000, 500,000 of them from its cache'],
    ['Tokens out', '100,000, 40,000 of them for thoughts'],
    ['First word after', '0.4 s'],
    ['Finished after', '13 s'],
    ['Cost', '$2.50, by prices of 2026-01-01'],
  ]);
});

test('what nobody knows is left out, and of the cost it is said', () => {
  expect(replyFacts(header(), [], [])).toEqual([
    ['Written by', 'M 2 on api.example.com'],
    ['Written on', exactText(1_000)],
    ['Model', 'm-2'],
    ['Temperature', 'Model default'],
    ['Cost', 'not known: no tokens were counted'],
  ]);
  // Of one from elsewhere that is how long it took.
  const from = header({ finish: { reason: 'complete', at: 1_000 } });
  expect(replyFacts(from, [], [])).toEqual(replyFacts(header(), [], []));
  const counted = header({ usage: { input: 1, output: 1 } });
  expect(replyFacts(counted, [], []).at(-1)).toEqual(['Cost', 'not known: no price is known']);
});

test('the demo costs nothing and says that it is no AI', () => {
  const demo = header({ author: { kind: 'model', model: ref, name: 'Demo', demo: true } });
  expect(replyFacts(demo, [], [])[0]).toEqual(['Written by', 'Demo: no AI']);
  expect(replyFacts(demo, [], []).map(([name]) => name)).not.toContain('Cost');
});

test.each([
  [0, '0.0 s'],
  [9_940, '9.9 s'],
  [61_000, '61 s'],
  [125_000, '2 min 5 s'],
])('%i ms are %s', (ms, text) => expect(seconds(ms)).toBe(text));
