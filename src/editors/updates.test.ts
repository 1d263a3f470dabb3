import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part } from '../protocol/index.ts';
import { cursorUpdate, newIn, nothingTold, type Update, userUpdates } from './updates.ts';

const text = (words: string): Part => ({ kind: 'text', text: words });

/** What a client has after each of these states of a message. */
function heard(...states: (readonly Part[])[]): Update[] {
  const all: Update[] = [];
  let told = nothingTold;
  for (const parts of states) {
    const { updates, ...next } = newIn(told, 'm', parts);
    told = next.told;
    all.push(...updates);
  }
  return all;
}

const updateWords = (updates: readonly Update[]) =>
  updates.map(({ content }) => (content as { text?: string } | undefined)?.text ?? '').join('');

test('words are told once, however they come', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (pieces) => {
      const states = pieces.map((_, n) => [text(pieces.slice(0, n + 1).join(''))]);
      expect(updateWords(heard(...states))).toBe(pieces.join(''));
    }),
  );
});

test('nothing new says nothing, and keeps what is known', () => {
  const { told } = newIn(nothingTold, 'm', [text('Hello')]);
  expect(newIn(told, 'm', [text('Hello')])).toEqual({ told, updates: [] });
  expect(newIn(told, 'm', [text('Hello')]).told).toBe(told);
});

test('thoughts that were taken for words are told again as thoughts', () => {
  const updates = heard([text('<think>')], [{ kind: 'reasoning', text: 'Hm' }]);
  expect(updates.map(({ sessionUpdate }) => sessionUpdate)).toEqual([
    'agent_message_chunk',
    'agent_thought_chunk',
  ]);
});

test('a tool is called, and then has its result', () => {
  const call = { kind: 'tool' as const, call: 'a', name: 'count', input: '{"n":1}' };
  expect(heard([call], [{ ...call, output: '2' }])).toMatchObject([
    {
      sessionUpdate: 'tool_call',
      toolCallId: 'm/a',
      title: 'count',
      status: 'in_progress',
      rawInput: { n: 1 },
    },
    { sessionUpdate: 'tool_call_update', toolCallId: 'm/a', status: 'completed', rawOutput: 2 },
  ]);
  expect(heard([{ ...call, input: 'no json', error: 'no' }])).toMatchObject([
    { status: 'failed', rawInput: 'no json' },
  ]);
});

test('what an agent did is told as it would tell it itself', () => {
  const call = {
    kind: 'call' as const,
    id: 'c',
    title: 'Edit a.ts',
    sort: 'edit',
    states: 'pending in_progress',
  };
  const diff = { kind: 'diff' as const, call: 'c', path: '/a.ts', before: null, after: 'x' };
  const plan = { kind: 'plan' as const, steps: [{ text: 'Do', state: 'odd' }] };
  expect(heard([call, diff, plan])).toMatchObject([
    { sessionUpdate: 'tool_call', kind: 'edit', status: 'in_progress' },
    {
      sessionUpdate: 'tool_call_update',
      content: [{ type: 'diff', path: '/a.ts', oldText: null, newText: 'x' }],
    },
    { sessionUpdate: 'plan', entries: [{ content: 'Do', status: 'pending' }] },
  ]);
});

test('a part of a later version is told by its name, or not at all', () => {
  expect(updateWords(heard([{ kind: 'data', name: 'Rows', value: [{ a: 1 }] }]))).toContain('Rows');
  expect(heard([{ kind: 'from-later', x: 1 } as unknown as Part])).toEqual([]);
});

test('a message of a person has its words and links to its files', () => {
  const file = { kind: 'file' as const, hash: 'ab', name: 'a.png', type: 'image/png', size: 1 };
  expect(userUpdates({ id: 'm', parts: [text('Look'), file] })).toMatchObject([
    { sessionUpdate: 'user_message_chunk', messageId: 'm', content: { text: 'Look' } },
    { sessionUpdate: 'user_message_chunk', content: { type: 'resource_link', mimeType: 'image/png' } },
  ]);
});

test('cursors stand before what a person said, and after replies', () => {
  expect(cursorUpdate({ id: 'm', role: 'user' })).toMatchObject({
    cursorId: 'before:m',
    anchor: { type: 'user_message' },
  });
  expect(cursorUpdate({ id: 'm', role: 'assistant' })).toMatchObject({ cursorId: 'after:m' });
});
