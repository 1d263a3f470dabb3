import { expect, it } from 'vitest';
import { checkFirstLoad, firstLoad } from './first-load.mjs';

const chunk = (fileName, code, sizes) => ({
  ...{ type: 'chunk', fileName, code },
  modules: Object.fromEntries(Object.entries(sizes).map(([id, renderedLength]) => [id, { renderedLength }])),
});
const html = '<link rel="modulepreload" href="/assets/b.js"><script src="/assets/a.js"></script>';
const output = [
  { type: 'asset', fileName: 'index.html', source: html },
  chunk('assets/a.js', 'a();', {
    '/here/src/a.ts': 10,
    '/here/node_modules/@x/y/deep/z.js': 5,
    '\0vite/help': 1,
  }),
  chunk('assets/b.js', 'b();', {
    '/here/src/b.ts': 7,
    '/here/src/none.ts': 0,
    '/here/node_modules/@x/y/w.js': 2,
  }),
  chunk('assets/later.js', 'later();', { '/here/src/later.ts': 100 }),
];

it('counts what the page names, by file and package, and nothing that is loaded later', () => {
  const { bytes, files } = firstLoad({ output }, '/here');
  expect(files).toEqual({ 'src/a.ts': 10, '@x/y': 7, 'vite/help': 1, 'src/b.ts': 7 });
  expect(bytes).toBeGreaterThan(8);
});

it('refuses more than is allowed, and says which files have grown, the most first', () => {
  const load = {
    bytes: 131_000,
    files: { 'src/a.ts': 10, 'src/new.ts': 900, 'src/old.ts': 5, 'src/more.ts': 70 },
  };
  const before = { 'src/a.ts': 10, 'src/old.ts': 50, 'src/more.ts': 20 };
  expect(() => checkFirstLoad(load, before)).toThrow(
    /^The first load is 131\.0 kB gzip; it may be 130\.0 kB\..*minifying: src\/new\.ts \(new: 900\), src\/more\.ts \(more: 50\)\.$/,
  );
  expect(() => checkFirstLoad({ ...load, bytes: 130_000 }, before)).not.toThrow();
});
