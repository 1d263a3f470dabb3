import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../streams/items.ts';
import { estimateOf, fitWindow, newest, roomIn, sizeOf } from './window.ts';

const model = { source: 's', id: 'm' };

function said(role: Message['role'], text: string, fields: Partial<Message> = {}): Message {
  return {
    v: 1,
    kind: 'message',
    id: `${role}-${text.length}`,
    parent: null,
    role,
    author: role === 'assistant' ? { kind: 'model', model, name: 'M' } : { kind: 'user' },
    parts: [{ kind: 'text', text }],
    origin: { kind: 'send' },
    time: 1,
    ...fields,
  };
}

const prompt = said('system', 'Be brief.');
const talk = (turns: number, length: number): Message[] =>
  Array.from({ length: turns * 2 - 1 }, (_, n) => said(n % 2 ? 'assistant' : 'user', 'x'.repeat(length)));

describe('the size of a context', () => {
  it('is estimated from bytes: a letter of Chinese counts more than one of English', () => {
    expect(estimateOf('a'.repeat(35))).toBe(10);
    expect(estimateOf('語'.repeat(35))).toBe(30);
    expect(estimateOf('🦊'.repeat(7))).toBe(8);
    expect(sizeOf(talk(2, 35))).toEqual({ tokens: 42, estimated: true });
  });

  it('is what the provider counted up to the last reply of the same model', () => {
    const usage = { input: 100, output: 30, reasoning: 10 };
    const talked = [...talk(2, 35), said('assistant', 'Yes.', { usage }), said('user', 'a'.repeat(35))];
    expect(sizeOf(talked, model)).toEqual({ tokens: 134, estimated: false });
    expect(sizeOf(talked, { ...model, id: 'other' }).estimated).toBe(true);
    const cut = { usage, context: { window: 9, read: 1, of: 3 } };
    expect(sizeOf([...talk(2, 35), said('assistant', 'Yes.', cut)], model).estimated).toBe(true);
  });

  it('counts images and files by their kind', () => {
    const file = { kind: 'file' as const, hash: 'h', name: 'n', size: 350 };
    expect(estimateOf([said('user', '', { parts: [{ ...file, type: 'image/png' }] })])).toBe(1_004);
    expect(estimateOf([said('user', '', { parts: [{ ...file, type: 'text/plain' }] })])).toBe(104);
  });
});

describe('what fits a window', () => {
  it('is everything where there is room for an answer, too', () => {
    const messages = [prompt, ...talk(3, 350)];
    const { tokens } = sizeOf(messages);
    const whole = fitWindow(messages, 10_000, model);
    expect(whole).toEqual({ tokens, estimated: true, messages, read: 5, of: 5 });
    expect(whole.messages).toBe(messages);
    expect(roomIn(400)).toBe(300);
    expect(roomIn(128_000)).toBe(126_976);
  });

  it('is the system prompt and the newest messages, from a question on', () => {
    const messages = [prompt, ...talk(5, 350)];
    const { read, of, messages: kept } = fitWindow(messages, 600, model);
    expect([read, of]).toEqual([3, 9]);
    expect(kept).toEqual([prompt, ...messages.slice(-3)]);
  });

  it('is nothing where even the last message is too large', () => {
    expect(fitWindow([prompt, said('user', 'x'.repeat(9_000))], 1_000, model)).toMatchObject({
      read: 0,
      of: 1,
    });
  });

  it('never passes the window, keeps order and ends with the last message', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('user' as const, 'assistant' as const), fc.nat(2_000)));
    fc.assert(
      fc.property(some, fc.integer({ min: 100, max: 3_000 }), (turns, window) => {
        const messages = [
          prompt,
          ...turns.map(([role, n]) => said(role, 'y'.repeat(n))),
          said('user', 'Now?'),
        ];
        const { messages: kept, read, of, tokens } = fitWindow(messages, window, model);
        expect(kept).toEqual(newest(messages, read));
        expect(of).toBe(messages.length - 1);
        if (read < of) expect(tokens).toBeGreaterThan(roomIn(window));
        if (read > 0) expect(estimateOf(kept)).toBeLessThanOrEqual(roomIn(window));
        if (read > 0) expect(kept.at(-1)).toBe(messages.at(-1));
      }),
    );
  });
});
