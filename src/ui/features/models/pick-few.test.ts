import { expect, test } from 'vitest';
import type { Model } from '../../../protocol/index.ts';
import { pickedFew } from './pick-few.ts';

const model = (id: string, rest: Partial<Model> = {}): Model => ({
  ...{ ref: { source: 's', id }, name: id, sourceName: 's', kind: 'chat', demo: false },
  ...rest,
});
const models = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => model(id));
const ref = (id: string) => ({ source: 's', id });

test('the one in use first, then those last chosen, then others up to five', () => {
  const few = pickedFew(models, [ref('f'), ref('c'), ref('gone')], ref('d')).map(({ name }) => name);
  expect(few).toEqual(['d', 'f', 'c', 'a', 'b']);
});

test('what is not for chats, and the demo, is not offered by itself', () => {
  const some = [model('embed', { kind: 'embedding' as never }), model('demo', { demo: true }), model('a')];
  expect(pickedFew(some, [], undefined).map(({ name }) => name)).toEqual(['a']);
  expect(pickedFew(some, [], ref('demo')).map(({ name }) => name)).toEqual(['demo', 'a']);
});
