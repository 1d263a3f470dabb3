import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './stamp.mjs';

const documents = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

/** Files and folders that a document names in full; `NAME` stands for any. */
function pathsIn(name) {
  const text = readFileSync(join(root, 'docs', name), 'utf8');
  const named = [...text.matchAll(/`((?:src|scripts|e2e|bench)\/[\w./-]+)`/g)].map(([, path]) => path);
  return named.filter((path) => !path.includes('NAME'));
}

test.each(documents)('%s names files that are there', (name) => {
  expect(pathsIn(name).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the map of the code names files', () => {
  expect(pathsIn('architecture.md').length).toBeGreaterThan(30);
});
