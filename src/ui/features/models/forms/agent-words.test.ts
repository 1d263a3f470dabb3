import fc from 'fast-check';
import { expect, test } from 'vitest';
import { argsOf, envOf, lineOf, pastedAgent } from './agent-words.ts';

test('arguments are read as a shell reads them', () => {
  expect(argsOf('acp --model "a b"  \'c "d"\' e"f g"h ""')).toEqual([
    'acp',
    '--model',
    'a b',
    'c "d"',
    'ef gh',
    '',
  ]);
  expect(argsOf('')).toEqual([]);
  expect(argsOf('a "b')).toBeNull();
});

test('arguments that are written are read as they were', () => {
  fc.assert(fc.property(fc.array(fc.string()), (args) => void expect(argsOf(lineOf(args))).toEqual(args)));
});

test('variables stand one a line', () => {
  expect(envOf('A=1\n\n export B_2="x y"\nC=a=b')).toEqual({ A: '1', B_2: 'x y', C: 'a=b' });
  expect(envOf('no variable')).toBeNull();
});

test('what editors have can be pasted', () => {
  const one = { command: 'goose', args: ['acp', 'a b'], env: { KEY: 'k' } };
  const values = { name: 'Goose', command: 'goose', args: 'acp "a b"', env: 'KEY=k' };
  expect(pastedAgent(JSON.stringify({ agent_servers: { Goose: one } }))).toEqual(values);
  expect(pastedAgent(JSON.stringify({ Goose: one }))).toEqual(values);
  expect(pastedAgent(JSON.stringify(one))).toEqual({ ...values, name: '' });
  expect(pastedAgent('/usr/bin/goose')).toBeNull();
  expect(pastedAgent('{"broken')).toBeNull();
});
