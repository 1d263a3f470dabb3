import { expect, test } from 'vitest';
import type { Model, Source } from '../../../protocol/index.ts';
import { hasRealModel, shownModels } from './model-groups.ts';

const source = (id: string, rest: Partial<Source> = {}): Source => ({
  ...{ id, name: id, kind: 'openai-compatible', found: 'environment', state: 'ready', hasKey: false },
  ...rest,
});
const model = (from: string, id: string, kind: Model['kind'] = 'chat'): Model => ({
  ...{ ref: { source: from, id }, name: id, sourceName: from, demo: from === 'demo', kind },
});
const models = [model('b', 'small'), model('a', 'large'), model('b', 'embed', 'embedding')];
const names = ({ groups }: ReturnType<typeof shownModels>) =>
  groups.map((group) => `${group.source.id}: ${group.models.map(({ name }) => name).join(', ')}`);

test('models stand by source, in the order of the sources; what is not for chats is hidden and counted', () => {
  const shown = shownModels({ models, sources: [source('a'), source('b')] });
  expect(names(shown)).toEqual(['a: large', 'b: small']);
  expect(shown.hidden).toBe(1);
});

test('"All" shows the rest, and what is chosen is never hidden', () => {
  const sources = [source('a'), source('b')];
  expect(names(shownModels({ models, sources }, { all: true }))).toEqual(['a: large', 'b: small, embed']);
  const current = { source: 'b', id: 'embed' };
  expect(names(shownModels({ models, sources }, { current }))).toEqual(['a: large', 'b: small, embed']);
});

test('every word of a filter counts, in the names of model and source alike', () => {
  const sources = [source('a'), source('b'), source('c', { state: 'failed' })];
  expect(names(shownModels({ models, sources }, { filter: ' B  SMA' }))).toEqual(['b: small']);
  expect(names(shownModels({ models, sources }, { filter: 'b large' }))).toEqual([]);
});

test('a source without models is shown where something is to be said of it', () => {
  const sources = [
    source('failed', { state: 'failed' }),
    source('asking', { state: 'asking', found: 'local' }),
    source('mine', { found: 'person', endpoint: 'endpoint-1', state: 'failed' }),
    source('bare', { found: 'local' }),
    source('nothing', { found: 'local', state: 'absent' }),
    source('demo', { found: 'built-in' }),
  ];
  const shown = shownModels({ models: [], sources });
  expect(shown.groups.map(({ source: { id } }) => id)).toEqual(['failed', 'asking', 'mine', 'bare']);
  expect(shown.absent.map(({ id }) => id)).toEqual(['nothing']);
});

test('the demo and what is not for chats is nobody who answers', () => {
  expect(hasRealModel([model('demo', 'demo'), model('b', 'embed', 'embedding')])).toBe(false);
  expect(hasRealModel(models)).toBe(true);
});
