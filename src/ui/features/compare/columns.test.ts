import { expect, test } from 'vitest';
import { Conversation } from '../../testing/conversations.ts';
import { columnsOf } from './columns.ts';

const aside = { aside: true } as const;

test('branches are compared from where they part, each down to its end', () => {
  const { tree } = new Conversation()
    .say('Which city?')
    .say('Kyoto.', { id: 'kyoto-01' })
    .say('And then?', { id: 'then-001' })
    .say('Nara.', { ...aside, id: 'nara-001', role: 'assistant', parent: 'message-1' })
    .say('Nara, again.', { ...aside, id: 'nara-002', role: 'user', parent: 'nara-001' }).view;
  expect(columnsOf(tree, ['kyoto-01', 'nara-001'], new Set())).toEqual([
    { tip: 'kyoto-01', end: 'then-001', messages: ['kyoto-01', 'then-001'] },
    { tip: 'nara-001', end: 'nara-002', messages: ['nara-001', 'nara-002'] },
  ]);
});

test('a branch that ends where another goes on has nothing of its own', () => {
  const { tree } = new Conversation().say('One').say('Two').say('Three').view;
  expect(columnsOf(tree, ['message-3', 'message-3'], new Set()).map(({ messages }) => messages)).toEqual([
    [],
    [],
  ]);
});
