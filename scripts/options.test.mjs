import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { run } from './run.mjs';

// Programs that start programs: on a busy machine each takes its time.
vi.setConfig({ testTimeout: 90_000 });

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const script = (name, ...args) => run(process.execPath, [`scripts/${name}.mjs`, ...args], { capture: true });

describe.each([
  ...['test', 'dev', 'bench', 'build', 'check', 'torture', 'example'],
  ...['package', 'package-test', 'release', 'licences'],
])('npm run %s', (name) => {
  test('says what it takes, and does nothing', async () => {
    const { code, output } = await script(name, '--help');
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^npm (run )?${name.replace('-', ':')}\\b.*\\n\\n\\S`));
  });

  test('refuses what it does not know, before anything is done', async () => {
    const { code, output } = await script(name, '--nonsense');
    expect(code).toBe(2);
    expect(output).toMatch(/^\S.*--nonsense.*\n\nnpm /);
  });
});

test.each([
  ['bench', ['nonsense'], 'No bench is called “nonsense”.'],
  ['torture', ['nonsense'], 'No torture is called “nonsense”.'],
  ['torture', ['kills', 'many'], '“many” is no number.'],
  ['check', ['nonsense'], '“nonsense” is not known.'],
  ['test', ['--only=units'], 'There is no step “units”.'],
])('%s %j is refused', async (name, args, sentence) => {
  expect(await script(name, ...args)).toMatchObject({ code: 2, output: expect.stringContaining(sentence) });
});

test.each([
  ['start', /^npm start -- \[OPTIONS\]\n[\s\S]*--port NUMBER .*BOUGH_PORT/],
  ['bough', /^Bough \d.*\n\nnpm run bough -- COMMAND \[OPTIONS\]\n/],
])('npm run %s says what it takes, built or not', async (name, help) => {
  expect(await script(name, '--help')).toMatchObject({ code: 0, output: expect.stringMatching(help) });
});

test.skipIf(process.platform === 'win32').each(['start', 'bough'])(
  'npm run %s is one process with its shell, and gets what was said after --',
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'bough-scripts-'));
    try {
      const file = join(folder, 'told.mjs');
      writeFileSync(file, 'console.log(process.pid, ...process.argv.slice(2)); setInterval(() => {}, 1e6);');
      // As npm does it.
      const child = spawn('sh', ['-c', `${scripts[name].replace(`scripts/${name}.mjs`, file)} --port 1`]);
      const [told] = await once(child.stdout, 'data');
      expect(String(told)).toBe(`${child.pid} --port 1\n`);
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
