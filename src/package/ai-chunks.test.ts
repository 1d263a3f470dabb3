import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part, Reply } from '../protocol/index.ts';
import { newChunks, nothingGiven, uiMessageOf } from './ai-chunks.ts';

const text = (words: string): Part => ({ kind: 'text', text: words });
const END: NonNullable<Reply['end']> = { reason: 'complete', at: 1 };

/** What a stream gives while a reply goes through these states, and then ends. */
function chunksOf(...states: (readonly Part[])[]) {
  const replies = [...states.map((parts) => ({ parts })), { parts: states.at(-1) ?? [], end: END }];
  let given = nothingGiven;
  return replies.flatMap((reply) => {
    const { chunks, ...next } = newChunks(given, reply, 'https://bough.example');
    given = next.given;
    return chunks;
  });
}

test('words begin once, are given once however they come, and end once', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (pieces) => {
      const chunks = chunksOf(...pieces.map((_, n) => [text(pieces.slice(0, n + 1).join(''))]));
      const deltas = chunks.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : []));
      expect(deltas.join('')).toBe(pieces.join(''));
      expect(chunks.filter(({ type }) => type === 'text-start')).toHaveLength(1);
      expect(chunks.at(-1)).toEqual({ type: 'text-end', id: 'text-0' });
    }),
  );
});

test('a tool is called once its input is whole, and has its result once', () => {
  const tool = { kind: 'tool' as const, call: 'c', name: 'count', input: '{"n"' };
  const called = { ...tool, input: '{"n":1}' };
  expect(
    chunksOf([tool], [called], [{ ...called, output: '2' }], [{ ...called, output: '2' }, text('Two')]),
  ).toEqual([
    { type: 'tool-input-start', toolCallId: 'c', toolName: 'count', dynamic: true },
    { type: 'tool-input-available', toolCallId: 'c', toolName: 'count', input: { n: 1 }, dynamic: true },
    { type: 'tool-output-available', toolCallId: 'c', output: 2, dynamic: true },
    { type: 'text-start', id: 'text-1' },
    { type: 'text-delta', id: 'text-1', delta: 'Two' },
    { type: 'text-end', id: 'text-1' },
  ]);
});

test('what the SDK has no kind for is data, again where it changes', () => {
  const call = { kind: 'call' as const, id: 'c', title: 'Read', states: 'pending' };
  const done = { ...call, states: 'pending completed' };
  expect(chunksOf([call], [call], [done])).toEqual([
    { type: 'data-call', id: '0', data: call },
    { type: 'data-call', id: '0', data: done },
  ]);
});

test('a whole message has what its stream gave', () => {
  const file = { kind: 'file' as const, hash: 'ab', name: 'a b.png', type: 'image/png', size: 1 };
  const message = {
    ...{ v: 1 as const, kind: 'message' as const, id: 'm', parent: null, role: 'assistant' as const },
    ...{ author: { kind: 'user' as const }, origin: { kind: 'send' as const }, time: 1 },
    parts: [text('Look'), file],
  };
  expect(uiMessageOf(message, 'https://bough.example')).toEqual({
    id: 'm',
    role: 'assistant',
    parts: [
      { type: 'text', text: 'Look', state: 'done' },
      {
        ...{ type: 'file', mediaType: 'image/png', filename: 'a b.png' },
        url: 'https://bough.example/api/files/ab?name=a%20b.png',
      },
    ],
  });
});
