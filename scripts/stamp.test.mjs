import { mkdirSync, mkdtempSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { inputsHash, isBuilt, writeStamp } from './stamp.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bough-stamp-'));
  for (const folder of ['src/ui', 'public', 'dist']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'src/ui/main.tsx'), 'export {};');
  writeFileSync(join(root, 'index.html'), '<div></div>');
  writeStamp(inputsHash(root), root);
});

test('what was built is not built again, even when a file was touched', () => {
  expect(isBuilt(root)).toBe(true);
  utimesSync(join(root, 'index.html'), new Date(), new Date());
  expect(isBuilt(root)).toBe(true);
});

test.each([
  ['a source changed', () => writeFileSync(join(root, 'src/ui/main.tsx'), 'export const a = 1;')],
  ['a source was added', () => writeFileSync(join(root, 'src/ui/new.css'), '')],
  ['a source was renamed', () => renameSync(join(root, 'src/ui/main.tsx'), join(root, 'src/ui/app.tsx'))],
  ['the lock changed', () => writeFileSync(join(root, 'package-lock.json'), '{}')],
])('%s: the build is stale', (_, change) => {
  change();
  expect(isBuilt(root)).toBe(false);
});

test('a test does not reach the build', () => {
  writeFileSync(join(root, 'src/ui/main.test.tsx'), '');
  expect(isBuilt(root)).toBe(true);
});
