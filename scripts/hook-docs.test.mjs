/** The code of docs/hook.md is code: it compiles against the doors of the package. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeIn } from './code-in-docs.mjs';
import { ENTRIES } from './package-manifest.mjs';
import { runBin } from './run.mjs';
import { root } from './stamp.mjs';

test('every block of docs/hook.md compiles', async () => {
  const folder = join(root, 'node_modules', '.cache', 'hook-docs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const blocks = codeIn(readFileSync(join(root, 'docs', 'hook.md'), 'utf8'));
  expect(blocks.length).toBeGreaterThan(3);
  for (const { name, code } of blocks) writeFileSync(join(folder, name), code);
  const doors = Object.entries(ENTRIES).map(([name, path]) => [`bough/${name}`, [join(root, path)]]);
  const compilerOptions = { paths: Object.fromEntries(doors), incremental: false };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['.'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { code, output } = await runBin('typescript/bin/tsc', ['-p', folder], { capture: true });
  expect(output).toBe('');
  expect(code).toBe(0);
});
