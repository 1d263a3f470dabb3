import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleScripts } from './bundled.mjs';

test('what is bundled is found by the path of its source, and runs; what is started afterwards is told of no other surroundings', async () => {
  const { NODE_ENV, BOUGH_SCRIPTS } = process.env;
  delete process.env.NODE_ENV;
  const folder = await bundleScripts();
  try {
    expect(process.env.NODE_ENV).toBeUndefined();
    process.env.BOUGH_SCRIPTS = folder;
    const { scriptOf } = await import('../src/server/child-script.ts');
    const command = scriptOf(join(import.meta.dirname, '../src/command/main.ts'));
    expect(command).toEqual({ execArgv: [], file: join(folder, 'command-main.js') });
    expect(() => scriptOf('/src/other.ts')).toThrow('leaves out /src/other.ts');
    expect(execFileSync(process.execPath, [command.file, '--version'], { encoding: 'utf8' })).toMatch(
      /^\d+\.\d+\.\d+/,
    );
  } finally {
    process.env.NODE_ENV = NODE_ENV;
    if (BOUGH_SCRIPTS === undefined) delete process.env.BOUGH_SCRIPTS;
    else process.env.BOUGH_SCRIPTS = BOUGH_SCRIPTS;
    rmSync(folder, { recursive: true });
  }
});
