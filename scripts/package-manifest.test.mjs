import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENTRIES, manifestOf, packagesIn, withJsEndings } from './package-manifest.mjs';
import { root } from './stamp.mjs';

const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('finds what is imported, however it is', () => {
  const code = `import a from 'one/deep'; export { b } from '@two/it/deep'; export * from "three";
    import './near.js'; import 'node:fs'; import { x } from 'fs'; const late = () => import("four");
    var five = __require("five"), fs = __require("fs");`;
  expect(packagesIn(code)).toEqual(new Set(['one', '@two/it', 'three', 'four', 'five']));
  expect(packagesIn(`import type { Z } from 'zod'; export type A = Z;`, 'a.d.ts')).toEqual(new Set(['zod']));
});

test('needs what was built needs, in the versions that were tested', () => {
  const { dependencies, peerDependencies } = manifestOf(own, new Set(['zod', 'react', 'hono']));
  expect(dependencies).toEqual({ hono: own.dependencies.hono, zod: own.dependencies.zod });
  expect(peerDependencies.react).toBe('>=19');
});

test('refuses what only developers have', () => {
  expect(() => manifestOf(own, new Set(['vitest']))).toThrow('vitest');
});

test('can be published, runs no scripts, and says nothing of developers', () => {
  const manifest = manifestOf(own, new Set());
  for (const field of ['private', 'scripts', 'devDependencies', 'overrides'])
    expect(manifest).not.toHaveProperty(field);
  expect(manifest).toMatchObject({
    type: 'module',
    sideEffects: false,
    bin: { bough: 'dist/server/bough.js' },
  });
});

test('every door has a source and types', () => {
  const { exports } = manifestOf(own, new Set());
  for (const [name, path] of Object.entries(ENTRIES)) {
    expect(existsSync(join(root, path))).toBe(true);
    const types = exports[`./${name}`].types.replace('./lib/types/', 'src/').replace('.d.ts', '.ts');
    expect(types).toBe(path);
  }
});

test('declarations name what is there', () => {
  expect(
    withJsEndings(`import { a } from './a.ts'; type B = import("../b.tsx").B; export * from 'x.ts';`),
  ).toBe(`import { a } from './a.js'; type B = import("../b.js").B; export * from 'x.ts';`);
});
