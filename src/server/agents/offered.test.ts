import { expect, test } from 'vitest';
import { Offered } from './offered.ts';

const levels = ['off', 'high'];
const thinking = {
  ...{ id: 'level', name: 'Thinking', category: 'thought_level', type: 'select', currentValue: 'off' },
  options: levels.map((value) => ({ value, name: value })),
};
const modes = (ids: readonly string[]) => ({
  currentModeId: ids[0],
  availableModes: ids.map((id) => ({ id, name: id })),
});
const models = {
  currentModelId: 'a',
  availableModels: [{ modelId: 'a', name: 'A' }, { name: 'Without an id' }],
};

function offered(...said: readonly Parameters<Offered['answered']>[0][]): string[] {
  const all = new Offered();
  for (const one of said) all.answered(one);
  return all.options.map(({ name, value }) => `${name}: ${value}`);
}

test('what an agent says twice, as options and as modes and models of old, is offered once', () => {
  expect(offered({ configOptions: [thinking], modes: modes(levels) })).toEqual(['Thinking: off']);
  const model = { ...thinking, id: 'm', name: 'Which model', category: 'model' };
  expect(offered({ configOptions: [model], models })).toEqual(['Which model: off']);
  expect(offered({ configOptions: [thinking], modes: modes(['ask', 'code']), models })).toEqual([
    'Mode: ask',
    'Model: a',
    'Thinking: off',
  ]);
});

test('what is said of modes and models without options stands until it is said anew', () => {
  expect(offered({ modes: modes(levels), models }, {}, { models: null })).toEqual(['Mode: off', 'Model: a']);
  expect(offered({ models: { currentModelId: 'a', availableModels: [] } })).toEqual([]);
});
