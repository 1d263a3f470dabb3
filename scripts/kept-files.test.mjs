import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { writeKeptFiles } from './kept-files.mjs';
import { quickTmp } from './quick-tmp.mjs';

const folder = join(quickTmp(), `kept-files-${process.pid}`);
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('lists the files of a build, without large ones and fonts that nobody takes', async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  const sizes = {
    'find-1.js': 10,
    'page-1.css': 10,
    'font-1.woff2': 10,
    'font-1.woff': 10,
    'font-1.ttf': 10,
  };
  for (const [name, size] of Object.entries({ ...sizes, 'diagrams-1.js': 600_001 }))
    writeFileSync(join(folder, 'assets', name), Buffer.alloc(size));
  await writeKeptFiles(folder);
  expect(JSON.parse(readFileSync(join(folder, 'kept-files.json'), 'utf8'))).toEqual([
    '/assets/find-1.js',
    '/assets/font-1.woff2',
    '/assets/page-1.css',
  ]);
});
