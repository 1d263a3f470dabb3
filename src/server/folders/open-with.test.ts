import { expect, test } from 'vitest';
import { argumentsOf, commandFor } from './open-with.ts';

const what = { folder: '/home/ada/my project', path: '/home/ada/my project/a b.txt', atEnd: true };

test('a line is its words, quoted where they hold spaces, and nothing a shell would make of it', () => {
  expect(argumentsOf('code -g "a b" --x=\'c d\'')).toEqual(['code', '-g', 'a b', '--x=c d']);
  expect(argumentsOf('  a;b $(c) `d` ')).toEqual(['a;b', '$(c)', '`d`']);
  expect(argumentsOf('C:\\Programs\\code.exe ""')).toEqual(['C:\\Programs\\code.exe', '']);
  expect(argumentsOf('')).toEqual([]);
});

test('what is opened stands where the line says, else at the end', () => {
  expect(commandFor('code', what)).toEqual(['code', what.path]);
  expect(commandFor('code {folder} -g {path}:1', what)).toEqual([
    'code',
    what.folder,
    '-g',
    `${what.path}:1`,
  ]);
  expect(commandFor('xterm', { ...what, atEnd: false })).toEqual(['xterm']);
  // A path is one word, whatever it holds.
  expect(commandFor('e "{path}"', { ...what, path: '/{folder}/"; x' })).toEqual(['e', '/{folder}/"; x']);
});
