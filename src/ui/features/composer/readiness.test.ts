import { expect, test } from 'vitest';
import type { ConversationView, PathEntry, PendingSend } from '../../../client/types.ts';
import { MESSAGE_LIMIT } from '../../../protocol/index.ts';
import type { Generation } from '../../../tree/index.ts';
import type { Picked } from '../../actions/who-answers.ts';
import { charactersLeft, messageOf, readinessOf, refusalOf } from './readiness.ts';

const model = {
  ref: { source: 's', id: 'm' },
  name: 'M',
  sourceName: 'S',
  demo: false,
  kind: 'chat' as const,
};
const picked: Picked = { kind: 'model', model };
const view = (rest: Partial<ConversationView> = {}) =>
  ({ id: 'c', status: 'ready', path: [], tip: null, ...rest }) as unknown as ConversationView;
const pending = (state: PendingSend['state'], asks: object = { reply: 'own' }) =>
  view({ path: [{ kind: 'pending', key: 'p', pending: { state, ...asks } } as PathEntry] });
const ask = (rest: Partial<Parameters<typeof readinessOf>[0]> = {}) =>
  readinessOf({ text: 'Hello', view: view(), picked, models: 'ready', ...rest });

test('a text, a model and a place: ready, also in a chat that does not exist yet', () => {
  expect(ask()).toEqual({ kind: 'ready' });
  expect(ask({ view: undefined })).toEqual({ kind: 'ready' });
});

test('white space is empty', () => {
  expect(ask({ text: ' \n\t' })).toEqual({ kind: 'empty' });
});

test('the limit is counted in what would be sent', () => {
  expect(ask({ text: `${'x'.repeat(MESSAGE_LIMIT)}\n\n` })).toEqual({ kind: 'ready' });
  expect(ask({ text: 'x'.repeat(MESSAGE_LIMIT + 3) })).toEqual({ kind: 'too-long', by: 3 });
});

test('while a reply is written, and while the message before is on its way, the text can wait for its turn', () => {
  const live = view({ live: { id: 'r' } as Generation });
  expect(ask({ view: live })).toEqual({ kind: 'queues', after: 'r' });
  expect(ask({ view: pending('sending') })).toEqual({ kind: 'queues', after: 'own' });
  expect(ask({ view: pending('waiting') })).toEqual({ kind: 'queues', after: 'own' });
  expect(ask({ view: pending('refused') })).toEqual({ kind: 'ready' });
  expect(ask({ view: pending('sending', {}) })).toEqual({ kind: 'behind' });
  expect(ask({ view: live, fork: true })).toEqual({ kind: 'ready' });
});

test('it goes behind what is in the queue after the same reply, not behind what waits elsewhere', () => {
  const queued = (after: string, reply: string) => ({ after, reply, state: 'held' }) as PendingSend;
  const queue = [queued('elsewhere', 'e1'), queued('r', 'r1'), queued('e1', 'e2'), queued('r1', 'r2')];
  const live = view({ live: { id: 'r' } as Generation });
  expect(ask({ view: live, queue })).toEqual({ kind: 'queues', after: 'r2' });
  expect(ask({ queue })).toEqual({ kind: 'ready' });
});

test('without a model it says which one is missing', () => {
  expect(ask({ picked: { kind: 'none' }, models: 'loading' })).toEqual({ kind: 'loading' });
  expect(ask({ picked: { kind: 'none' }, models: 'error' })).toEqual({ kind: 'no-model' });
  expect(ask({ picked: { kind: 'gone', ref: model.ref } })).toEqual({ kind: 'no-model', name: 'm' });
  // Until the list is there nobody knows that it is gone.
  expect(ask({ picked: { kind: 'gone', ref: model.ref }, models: 'loading' })).toEqual({ kind: 'loading' });
});

test('after an attempt it says what stands in the way now, and then that nothing does', () => {
  const uploading = { kind: 'uploading' } as const;
  expect(refusalOf(undefined, uploading)).toBeUndefined();
  expect(refusalOf('uploading', uploading)).toEqual(uploading);
  expect(refusalOf('uploading', { kind: 'ready' })).toEqual({ kind: 'passed' });
  expect(refusalOf('uploading', { kind: 'queues', after: 'r' })).toEqual({ kind: 'passed' });
  expect(refusalOf('no-model', uploading)).toEqual(uploading);
  expect(refusalOf('uploading', { kind: 'empty' })).toBeUndefined();
  expect(refusalOf('empty', { kind: 'ready' })).toBeUndefined();
});

test('blank lines around a message go, indentation stays', () => {
  expect(messageOf('\n  \n    code\nmore\n\n')).toBe('    code\nmore');
});

test('characters are counted near the limit only', () => {
  expect(charactersLeft('short')).toBeUndefined();
  expect(charactersLeft('x'.repeat(MESSAGE_LIMIT - 10))).toBe(10);
  expect(charactersLeft('x'.repeat(MESSAGE_LIMIT + 10))).toBe(-10);
});
