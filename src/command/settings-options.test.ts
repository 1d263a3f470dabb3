import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSettings } from '../server/settings.ts';
import { helpOf, helpText } from './help.ts';
import { readArguments, SECRETS, SETTING_OPTIONS } from './settings-options.ts';

test('every setting of the README is an option, but for secrets', () => {
  const named = readFileSync('README.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm);
  const settings = [...named].map(([, name]) => name).filter((name) => !SECRETS.includes(name ?? ''));
  expect(SETTING_OPTIONS.map(({ variable }) => variable).sort()).toEqual(settings.sort());
});

test('the help has every option and command, in lines of a terminal', () => {
  const [help, start] = [helpText('1.2.3'), helpOf('start') ?? ''];
  for (const { name } of SETTING_OPTIONS)
    for (const text of [help, start]) expect(text).toContain(`--${name} `);
  for (const command of ['start', 'doctor', 'backup FILE', 'restore FILE'])
    expect(help).toContain(`  ${command} `);
  expect(`${help}\n${start}`.split('\n').filter((line) => line.length > 110)).toEqual([]);
});

test('options stand anywhere, with = or without, and become settings', () => {
  const read = readArguments(['--port', '5000', 'backup', '--data=/tmp/x', 'file', '--fix']);
  expect(read).toEqual({
    words: ['backup', 'file', '--fix'],
    variables: { BOUGH_PORT: '5000', BOUGH_DATA: '/tmp/x' },
    help: false,
    version: false,
  });
  const variables = typeof read === 'string' ? {} : read.variables;
  const parsed = parseSettings(variables, { platform: 'linux', home: '/home/x', cwd: '/' });
  expect(parsed).toMatchObject({ ok: true, settings: { port: 5000, data: '/tmp/x' } });
});

test('an empty value is a value; what follows -- is words', () => {
  expect(readArguments(['--origins=', '--', '--port', '-h'])).toEqual({
    words: ['--port', '-h'],
    variables: { BOUGH_ORIGINS: '' },
    help: false,
    version: false,
  });
});

test.each([[['--port']], [['--port', '--data', '/x']]])('%j: says which value is missing', (args) => {
  expect(readArguments(args)).toBe('--port needs a value: --port NUMBER.');
});
