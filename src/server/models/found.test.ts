import { expect, test } from 'vitest';
import { findSources } from './found.ts';

const none = { localModels: false, demoModes: false };
const facts = (settings: Parameters<typeof findSources>[0]) =>
  findSources(settings).environment.map(({ id, facts: { kind, hasKey, variables } }) => ({
    ...{ id, kind, hasKey, variables },
  }));

test('the environment says which sources there are', () => {
  expect(facts(none)).toEqual([]);
  const openai = { baseUrl: 'https://api.openai.com/v1', key: 'sk-1' };
  const ollama = { baseUrl: 'http://gpu.local:11434' };
  expect(facts({ ...none, openai, anthropic: { key: 'sk-ant-1' }, ollama })).toEqual([
    {
      ...{ id: 'api.openai.com', kind: 'openai', hasKey: true },
      variables: ['OPENAI_API_KEY', 'OPENAI_BASE_URL'],
    },
    { id: 'api.anthropic.com', kind: 'anthropic', hasKey: true, variables: ['ANTHROPIC_API_KEY'] },
    {
      ...{ id: 'gpu.local:11434', kind: 'ollama', hasKey: false },
      variables: ['OLLAMA_HOST'],
    },
  ]);
});

test('OPENAI_BASE_URL may be any server: Ollama there is asked by its own API', () => {
  const at = (baseUrl: string) => facts({ ...none, openai: { baseUrl } })[0];
  expect(at('https://openrouter.ai/api/v1')).toMatchObject({ kind: 'openai-compatible' });
  expect(at('http://127.0.0.1:11434/v1')).toMatchObject({ kind: 'ollama', id: '127.0.0.1:11434' });
});

test('servers are looked for where they usually listen on this machine, unless that is off', () => {
  const { local } = findSources({ ...none, localModels: true });
  expect(local.map(({ facts: { name, kind, found, baseUrl } }) => [name, kind, found, baseUrl])).toEqual([
    ['Ollama', 'ollama', 'local', 'http://127.0.0.1:11434'],
    ['LM Studio', 'openai-compatible', 'local', 'http://127.0.0.1:1234/v1'],
    ['llama.cpp', 'openai-compatible', 'local', 'http://127.0.0.1:8080/v1'],
  ]);
  expect(findSources(none).local).toEqual([]);
});
