import { expect, test } from 'vitest';
import { crumbsIn, heapsIn } from './crumbs.mjs';

const lines = (count) => 'const a = 1;\n'.repeat(count);
const imports = (path) => `import { a } from '${path}';\n`;
const of = (files) => crumbsIn(Object.entries(files));

test('a small file that one file beside it imports belongs to that one', () => {
  const files = { 'src/client/a.ts': imports('./b.ts'), 'src/client/b.ts': lines(39) };
  expect(of(files)).toEqual(['src/client/b.ts has 39 lines, and a.ts alone imports it: join them']);
});

test.each([
  ['is as long as a file', { 'src/ui/a.tsx': imports('./b.ts'), 'src/ui/b.ts': lines(40) }],
  [
    'has two importers',
    { 'src/ui/a.tsx': imports('./b.ts'), 'src/ui/c.ts': imports('./b.ts'), 'src/ui/b.ts': '' },
  ],
  ['is imported from elsewhere', { 'src/ui/a.tsx': imports('./x/b.ts'), 'src/ui/x/b.ts': lines(1) }],
  ['has a test', { 'src/a.ts': imports('./b.ts'), 'src/b.test.ts': imports('./b.ts'), 'src/b.ts': lines(1) }],
  ['is loaded later', { 'src/a.ts': "const b = await import('./b.ts');\n", 'src/b.ts': lines(1) }],
  ['has no room there', { 'src/ui/a.tsx': imports('./b.ts') + lines(120), 'src/ui/b.ts': lines(30) }],
  ['is what others ask for', { 'src/ui/x/index.ts': imports('./b.ts'), 'src/ui/x/b.ts': lines(1) }],
  ['is a catalogue', { 'src/ui/a.tsx': imports('./strings.ts'), 'src/ui/strings.ts': lines(1) }],
  [
    'is one of its kind',
    { 'src/protocol/parts/a.ts': imports('./b.ts'), 'src/protocol/parts/b.ts': lines(1) },
  ],
])('none is what %s', (_, files) => {
  expect(of(files)).toEqual([]);
});

test('a folder of more than 25 files is to be divided; tests and catalogues do not count, nor folders in it', () => {
  const files = (count) => Array.from({ length: count }, (_, n) => `src/ui/x/a${n}.ts`);
  const uncounted = [
    'src/ui/x/a0.test.ts',
    'src/ui/x/strings.ts',
    'src/ui/x/strings-later.ts',
    'src/ui/x/y/a.ts',
  ];
  expect(heapsIn([...files(25), ...uncounted])).toEqual([]);
  expect(heapsIn(files(26))).toEqual(['src/ui/x has 26 files: divide it by subject']);
});
