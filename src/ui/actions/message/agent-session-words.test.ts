import { expect, test } from 'vitest';
import type { ConversationView } from '../../../client/types.ts';
import { emptyTree, foldOutline, type MessageHeader, type ModelRef } from '../../../tree/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { changedAfter, goingBack, staysText, wayBack } from './agent-session-words.ts';

const ADA: ModelRef = { source: 'agents', id: 'Ada' };
const message = (id: string, parent: string | null, rest: Partial<MessageHeader> = {}): MessageHeader => ({
  ...{ id, parent, role: 'user', author: { kind: 'user' }, preview: id, branch: 'b', start: id, end: id },
  ...{ origin: { kind: 'send' }, time: 1 },
  ...rest,
});
const reply = (id: string, parent: string, turn: number, changed?: string[]): MessageHeader =>
  message(id, parent, {
    ...{ role: 'assistant', author: { kind: 'model', model: ADA, name: 'Ada' } },
    session: { agent: 'Ada', id: 's', turn, message: `m${turn}`, mark: `k${turn}` },
    ...(changed && { changed }),
  });

const headers = [
  message('q1', null),
  reply('r1', 'q1', 1, ['/a/src/one.ts']),
  message('q2', 'r1'),
  reply('r2', 'q2', 2, ['/a/src/two.ts', '/a/three.ts', '/a/src/two.ts']),
];
const tree = foldOutline(
  emptyTree,
  headers.map((one) => ({ kind: 'message' as const, message: one })),
);
const abilities = { reopens: true, forks: false, cursors: false, forksAtMessages: false };

function page(able: Partial<typeof abilities> | null, header: object = {}): OpenPage {
  const view = {
    tree,
    path: headers.map((one) => ({ kind: 'message', key: one.id, header: one })),
    header,
  } as unknown;
  const agent = { state: 'running', command: 'ada', ...(able && { abilities: { ...abilities, ...able } }) };
  return {
    ...{ view: view as ConversationView, client: {} as OpenPage['client'], readOnly: false, selected: null },
    ...{ model: ADA, chosen: undefined, nameOf: () => 'Ada', agentOf: () => agent as never },
    ...{ goTo: () => {}, made: () => {}, withdraw: () => {} },
  };
}

test.each([
  ['its end', {}, 'r2', 'native', 'Ada goes on in its session.'],
  [
    'an earlier reply, forking at messages',
    { forks: true, forksAtMessages: true },
    'r1',
    'native',
    'Ada forks its session here.',
  ],
  ['an earlier reply, without forks', {}, 'r1', 'text', 'More was said in its session since.'],
  ['an earlier reply, before it was started', null, 'r1', 'unknown', 'once it has been started'],
] as const)('back to %s', (_, able, at, kind, sentence) => {
  const way = wayBack(page(able), at, ADA);
  expect(way?.kind).toBe(kind);
  expect(way?.sentence).toContain(sentence);
});

test('nothing is said of models, nor where nothing was answered before', () => {
  expect(wayBack(page({}), 'r1', { source: 'demo', id: 'demo' })).toBeNull();
  expect(wayBack(page({}), 'q1', ADA)).toBeNull();
  expect(goingBack(page({}), 'r2', { source: 'demo', id: 'demo' })).toBe('');
});

test('another agent begins anew, whatever it can do; as the chat is set, unasked', () => {
  const other = { source: 'agents', id: 'Bob' };
  expect(wayBack(page(null), 'r1', other)?.sentence).toContain('can begin anew');
  expect(wayBack(page(null, { anew: true }), 'r1', other)?.sentence).toContain('and begins anew');
});

test('files that were changed on the way one leaves are named', () => {
  const { view } = page({});
  expect(changedAfter(view, 'r1')).toEqual(['/a/src/two.ts', '/a/three.ts']);
  expect(changedAfter(view, null)).toHaveLength(3);
  expect(changedAfter(view, 'elsewhere')).toEqual([]);
  expect(staysText([])).toBe('');
  expect(staysText(['/a/b/c.ts', 'd', 'e', 'f', 'g'])).toBe(
    'Files changed since stay as they are: b/c.ts, d, e and 2 more files.',
  );
  expect(goingBack(page({}), 'r1', ADA)).toContain('src/two.ts, a/three.ts.');
});
