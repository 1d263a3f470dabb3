import { expect, it } from 'vitest';
import { readItems } from '../fields.ts';
import type { Message } from './items.ts';
import { conversationPatchSchema } from './list-items.ts';
import { readOutline, readReply } from './read.ts';

const message: Message = {
  v: 1,
  kind: 'message',
  id: 'message1',
  parent: null,
  role: 'user',
  author: { kind: 'user' },
  parts: [{ kind: 'text', text: 'Hello' }],
  origin: { kind: 'send' },
  time: 1,
};

it('reads every kind of outline item', () => {
  const { v, kind, parts, ...said } = message;
  const header = { ...said, preview: 'Hello', branch: 'branch-1', start: '-1', end: '0_1' };
  const generation = {
    id: 'reply-01',
    parent: 'message1',
    branch: 'branch-1',
    at: '0_1',
    model: { source: 'demo', id: 'demo' },
    name: 'Demo',
    origin: { kind: 'send' },
    started: 2,
  };
  const end = { reason: 'failed', at: 3, failure: { code: 'rate', sentence: 'Too fast.', retryAfter: 9 } };
  const items = [
    { v: 1, kind: 'branch', branch: { id: 'branch-1', kind: 'root', from: null, at: 1 } },
    { v: 1, kind: 'message', message: header },
    { v: 1, kind: 'generation', generation },
    { v: 1, kind: 'generation-end', id: 'reply-01', end },
  ];
  expect(readOutline(items)).toEqual(items);
});

it('reads every kind of reply item', () => {
  const items = [
    { v: 1, kind: 'delta', seq: 1, part: 0, of: 'text', text: 'Hi' },
    { v: 1, kind: 'tool', seq: 2, part: 1, call: 'c1', name: 'search', input: '{}', output: '[]' },
    { v: 1, kind: 'beat', seq: 3 },
    { v: 1, kind: 'end', seq: 4, end: { reason: 'complete', at: 5, length: true }, usage: { input: 1 } },
  ];
  expect(readReply(items)).toEqual(items);
  expect(
    readReply([
      { v: 1, kind: 'beat', seq: -1 },
      { v: 1, kind: 'beat', seq: 0.5 },
    ]),
  ).toEqual([]);
});

it('reads patches of conversations, absent fields absent', () => {
  const patch = { v: 1, kind: 'conversation', id: 'conv-001', at: 5, generations: { 'reply-01': 'open' } };
  expect(
    readItems(conversationPatchSchema, [patch, { ...patch, generations: { 'reply-01': 'half' } }]),
  ).toEqual([patch]);
});
