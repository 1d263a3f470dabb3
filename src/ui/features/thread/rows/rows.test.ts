import { describe, expect, test } from 'vitest';
import { Conversation, model } from '../../../testing/conversations.ts';
import { forkBeside, modelOf, type Row, rowsOf, versionBeside } from './rows.ts';

const rows = (conversation: Conversation) => rowsOf(conversation.view, []);
const at = (list: readonly Row[], index: number) => list.at(index) as Row;

describe('names', () => {
  test('count messages from 1 and system prompts not at all', () => {
    const said = new Conversation()
      .say('Be brief', { role: 'system' })
      .say('Hello', { role: 'user' })
      .say('Hi', { role: 'assistant' })
      .say('Be long', { role: 'system' })
      .say('More', { role: 'user' })
      .reply();
    expect(rows(said).map(({ label, position }) => [label, position])).toEqual([
      ['System prompt', undefined],
      ['You, message 1', 1],
      ['Assistant, message 2', 2],
      ['System prompt', undefined],
      ['You, message 3', 3],
      ['Assistant, message 4', 4],
    ]);
  });

  test('a message on its way is yours, a reply without a word the assistant’s', () => {
    expect(at(rows(new Conversation().pending('Hello', 'sending')), 0).label).toBe('You, message 1');
    const failed = new Conversation().say('Hello').reply('reply-1', { reason: 'failed', at: 1 });
    expect(at(rows(failed), 1).label).toBe('Assistant, message 2');
  });
});

describe('versions', () => {
  const three = new Conversation()
    .say('Hello', { id: 'question' })
    .say('One', { id: 'version-1', aside: true })
    .say('Two', { id: 'version-2', parent: 'question' })
    .say('Three', { id: 'version-3', parent: 'question', aside: true });

  test('are the siblings in creation order; one alone has none', () => {
    const [question, reply] = rows(three) as [Row, Row];
    expect(question.versions).toEqual([]);
    expect(reply.versions).toEqual(['version-1', 'version-2', 'version-3']);
    expect([versionBeside(reply, -1), versionBeside(reply, 1)]).toEqual(['version-1', 'version-3']);
    expect(versionBeside(question, 1)).toBeUndefined();
  });

  test('a reply without a word leads back to the others', () => {
    const failed = new Conversation()
      .say('Hello', { id: 'question' })
      .say('One', { id: 'version-1', aside: true });
    const row = at(rows(failed.reply('reply-1', { reason: 'failed', at: 1 })), 1);
    expect(row.versions).toEqual(['version-1', 'reply-1']);
  });
});

describe('the word for what stands beside', () => {
  const pair = (kind: 'edit' | 'fork' | 'stale', shown: 'old' | 'new') =>
    at(
      rows(
        new Conversation()
          .say('a', { id: 'old', parent: null, aside: shown !== 'old' })
          .say('b', { id: 'new', role: 'user', parent: null, origin: { kind }, aside: shown !== 'new' }),
      ),
      0,
    ).word;

  test.each([
    ['edit', 'version'],
    ['fork', 'branch'],
    ['stale', 'branch'],
  ] as const)('%s: %s, also on what was there before', (kind, word) => {
    expect([pair(kind, 'new'), pair(kind, 'old')]).toEqual([word, word]);
  });
});

test('n of m counts one thing: of wordings and a direction in one place all are branches', () => {
  const words = (shown: string) =>
    rows(
      new Conversation()
        .say('a', { id: 'first', parent: null, aside: shown !== 'first' })
        .say('b', {
          id: 'edited',
          parent: null,
          origin: { kind: 'edit', of: 'first' },
          aside: shown !== 'edited',
        })
        .say('c', { id: 'forked', parent: null, origin: { kind: 'fork' }, aside: shown !== 'forked' }),
    ).map(({ word }) => word);
  expect(['first', 'edited', 'forked'].map(words)).toEqual([['branch'], ['branch'], ['branch']]);
});

test('a reply in a person’s words knows whose they were', () => {
  const reply = new Conversation()
    .say('Hello', { id: 'question' })
    .say('One', { id: 'one', role: 'assistant', aside: true })
    .say('Two', {
      id: 'two',
      role: 'assistant',
      parent: 'question',
      author: { kind: 'user' },
      origin: { kind: 'edit', of: 'one' },
    });
  expect(rows(reply).map(({ editedFrom }) => editedFrom)).toEqual([undefined, 'Small']);
});

test('the forks above and below a message', () => {
  const list = rows(
    new Conversation()
      .say('a', { id: 'a' })
      .say('b', { id: 'b' })
      .say('b2', { role: 'assistant', parent: 'a', aside: true })
      .say('c', { id: 'c', parent: 'b' })
      .say('d', { id: 'd' }),
  );
  expect(forkBeside(list, 'd', -1)?.key).toBe('b');
  expect(forkBeside(list, 'a', 1)?.key).toBe('b');
  expect(forkBeside(list, 'b', -1)).toBeUndefined();
  expect(forkBeside(list, 'b', 1)).toBeUndefined();
});

test('what another version would leave behind is counted, prompts not', () => {
  const prompted = new Conversation()
    .say('a')
    .say('b')
    .say('Be brief', { role: 'system' })
    .say('c', { role: 'user' });
  expect(rows(prompted).map(({ later }) => later)).toEqual([2, 1, 1, 0]);
  expect(rows(new Conversation().say('a').say('b').say('c')).map(({ later }) => later)).toEqual([2, 1, 0]);
});

test('rows that did not change are the same objects', () => {
  const { view } = new Conversation().say('a').say('b');
  const before = rowsOf(view, []);
  expect(rowsOf({ ...view }, before)).toBe(before);
  const shorter = rowsOf({ ...view, path: view.path.slice(0, 1) }, before);
  expect(shorter[0]).not.toBe(before[0]);
  expect(rowsOf(view, [...before.slice(0, 1)])[0]).toBe(before[0]);
});

test('a reply knows who wrote it', () => {
  const [question, reply] = rows(new Conversation().say('a').say('b')) as [Row, Row];
  expect([modelOf(question), modelOf(reply)]).toEqual([undefined, model]);
});
