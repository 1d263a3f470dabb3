import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleScripts } from './bundled.mjs';

test('what is bundled is found by the path of its source, and runs', async () => {
  const folder = await bundleScripts();
  try {
    const before = process.env.BOUGH_SCRIPTS;
    process.env.BOUGH_SCRIPTS = folder;
    const { scriptOf } = await import('../src/server/script.ts');
    const command = scriptOf(join(import.meta.dirname, '../src/command/main.ts'));
    expect(() => scriptOf('/src/other.ts')).toThrow('leaves out /src/other.ts');
    if (before === undefined) delete process.env.BOUGH_SCRIPTS;
    else process.env.BOUGH_SCRIPTS = before;
    expect(command).toEqual({ execArgv: [], file: join(folder, 'command-main.js') });
    expect(execFileSync(process.execPath, [command.file, '--version'], { encoding: 'utf8' })).toMatch(
      /^\d+\.\d+\.\d+/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is started afterwards is told of no other surroundings', async () => {
  const { NODE_ENV } = process.env;
  delete process.env.NODE_ENV;
  try {
    rmSync(await bundleScripts(), { recursive: true });
    expect(process.env.NODE_ENV).toBeUndefined();
  } finally {
    process.env.NODE_ENV = NODE_ENV;
  }
});
