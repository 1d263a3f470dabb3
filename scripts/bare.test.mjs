import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** What a file imports before it runs: packages by name, files by path. */
function importsOf(path) {
  const code = readFileSync(path, 'utf8');
  return [...code.matchAll(/^(?:import|export)\s(?:[^'"]*?from\s)?['"]([^'"]+)['"]/gm)].map(
    ([, name]) => name,
  );
}

function packagesBefore(path, seen = new Set()) {
  if (seen.has(path)) return [];
  seen.add(path);
  return importsOf(path).flatMap((name) => {
    if (name.startsWith('node:')) return [];
    return name.startsWith('.') ? packagesBefore(join(dirname(path), name), seen) : [`${name} in ${path}`];
  });
}

test.each([
  ...['test', 'start', 'bough', 'dev', 'bench', 'build', 'check', 'torture', 'example'],
  ...['package', 'package-test', 'release', 'licences'],
])('npm run %s begins on a machine where nothing is installed yet', (name) => {
  expect(packagesBefore(join(import.meta.dirname, `${name}.mjs`))).toEqual([]);
});
