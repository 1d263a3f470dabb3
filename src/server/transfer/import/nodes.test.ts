import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Oddities, type SourceNode, straighten } from './nodes.ts';

const said = (role: 'user' | 'assistant', text: string, continues = false): SourceNode['words'] => ({
  role,
  parts: [{ kind: 'text', text }],
  ...(continues && { continues }),
});

const node = (
  id: string,
  parent: string | null,
  words: SourceNode['words'] = said('user', id),
): SourceNode => ({ id, parent, words });

function straight(nodes: readonly SourceNode[]) {
  const odd: Oddities = new Map();
  const { messages, nearest } = straighten(nodes, odd);
  return {
    shape: messages.map(({ id, parent }) => `${parent ?? '-'}>${id}`),
    odd: [...odd.keys()],
    messages,
    nearest,
  };
}

it('passes over what says nothing, wherever it stands', () => {
  const { shape, nearest } = straight([
    node('root', null, null),
    node('system', 'root', null),
    node('a', 'system'),
    node('hidden', 'a', null),
    node('b', 'hidden'),
  ]);
  expect(shape).toEqual(['->a', 'a>b']);
  expect(nearest('hidden')).toBe('a');
  expect(nearest('b')).toBe('b');
  expect(nearest('nowhere')).toBeUndefined();
});

it('lets what follows nothing begin anew, keeps the first of an id, cuts circles, and says so', () => {
  const { shape, odd } = straight([node('a', 'gone'), node('a', null), node('x', 'y'), node('y', 'x')]);
  expect(shape).toEqual(['->a', '->x', 'x>y']);
  expect(odd).toEqual([
    'messages with an id that another one has: the first is kept',
    'messages whose parent is not in the export: they begin anew',
    'circles of messages, each said to follow the other: cut',
  ]);
});

it('makes one reply of a chain that goes on, with results in their calls, and of a fork in it what it is', () => {
  const call: SourceNode['words'] = {
    role: 'assistant',
    parts: [{ kind: 'tool', call: 'c', name: 'python', input: '1+1' }],
    continues: true,
  };
  const result: SourceNode['words'] = {
    role: 'assistant',
    parts: [{ kind: 'tool', call: 'c', name: '', input: '', output: '2' }],
    continues: true,
  };
  const { shape, messages } = straight([
    node('q', null),
    node('call', 'q', call),
    node('result', 'call', result),
    node('end', 'result', said('assistant', 'Two', true)),
    node('other', 'q', call),
    node('one', 'other', said('assistant', 'One way', true)),
    node('two', 'other', said('assistant', 'Another', true)),
  ]);
  expect(shape).toEqual(['->q', 'q>call', 'q>other', 'other>one', 'other>two']);
  expect(messages[1]?.words.parts).toEqual([
    { kind: 'tool', call: 'c', name: 'python', input: '1+1', output: '2' },
    { kind: 'text', text: 'Two' },
  ]);
});

it('keeps every word once, parents before children, whatever the nodes say', () => {
  const id = fc.integer({ min: 0, max: 12 }).map(String);
  const nodes = fc.array(fc.tuple(id, fc.option(id), fc.boolean(), fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(nodes, (drawn) => {
      const made = drawn.map(([own, parent, speaks, continues], index) =>
        node(own, parent, speaks ? said(continues ? 'assistant' : 'user', `word${index}`, continues) : null),
      );
      const { messages } = straight(made);
      const seen = new Set<string | null>([null]);
      for (const message of messages) {
        expect(seen.has(message.parent)).toBe(true);
        seen.add(message.id);
      }
      const firsts = made.filter(
        ({ id: own }, index) => made.findIndex((other) => other.id === own) === index,
      );
      const words = (list: readonly { words: SourceNode['words'] }[]) =>
        list
          .flatMap(
            ({ words: all }) => all?.parts.map((part) => (part.kind === 'text' ? part.text : '')) ?? [],
          )
          .toSorted();
      expect(words(messages)).toEqual(words(firsts));
    }),
  );
});
