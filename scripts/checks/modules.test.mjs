import { describe, expect, test } from 'vitest';
import { circlesIn, idleExports, modulesIn } from './modules.mjs';

const circles = (files) => circlesIn(modulesIn(Object.entries(files)));
const idle = (files, doors = []) => idleExports(modulesIn(Object.entries(files)), doors);

describe('circles', () => {
  test.each([
    ['values', "import { b } from './b.ts';", "import { a } from './a.ts';"],
    ['types', "import type { B } from './b.ts';", "import { type A } from './a.ts';"],
    ['what is loaded later', "const b = () => import('./b.ts');", "import './a.ts';"],
    ['what is passed on', "export * from './b.ts';", "export { a } from './a.ts';"],
  ])('of %s', (_, a, b) => {
    expect(circles({ 'src/a.ts': a, 'src/b.ts': b })).toEqual([['src/a.ts', 'src/b.ts', 'src/a.ts']]);
  });

  test('over several files, and beside ways that lead out of them', () => {
    const files = {
      'src/top.ts': "import './x/a.ts'; import 'react';",
      'src/x/a.ts': "import '../out.ts'; import './b.ts';",
      'src/x/b.ts': "import '../y/c.ts';",
      'src/y/c.ts': "import '../x/a.ts';",
      'src/out.ts': '',
    };
    expect(circles(files)).toEqual([['src/x/a.ts', 'src/x/b.ts', 'src/y/c.ts', 'src/x/a.ts']]);
  });

  test('two ways to a file are none', () => {
    const files = { 'a.ts': "import './b.ts'; import './c.ts';", 'b.ts': "import './c.ts';", 'c.ts': '' };
    expect(circles(files)).toEqual([]);
  });
});

describe('an export is idle', () => {
  test.each([
    ['that nothing uses', 'export const a = 1;', 'src/a.ts:1: a is used nowhere'],
    [
      'that its file alone uses',
      '\nexport const a = 1;\nconsole.log(a);',
      'src/a.ts:2: a is used in this file alone: it needs no export',
    ],
    [
      'of a type that only other types name',
      'export interface A {}\ninterface B { a: A }\nexport type C = B;',
      'src/a.ts:1: A is used in this file alone: it needs no export',
    ],
  ])('%s', (_, code, fault) => {
    expect(idle({ 'src/a.ts': code, 'src/b.ts': "import type { C } from './a.ts';" })).toContain(fault);
  });

  test('that tests alone use, and that tests alone keep alive through a door', () => {
    const files = {
      'src/a.ts': 'export const a = 1;',
      'src/index.ts': "export { a } from './a.ts';",
      'src/index.test.ts': "import { a } from './index.ts';",
    };
    expect(idle(files)).toEqual(['src/a.ts:1: a is used by tests alone']);
  });

  test('that a door passes on to nobody', () => {
    const files = {
      'src/a.ts': 'export const a = 1, b = 2;',
      'src/index.ts': "export { a, b } from './a.ts';",
      'src/c.ts': "import { a } from './index.ts';",
    };
    expect(idle(files)).toEqual([
      'src/a.ts:1: b is used nowhere',
      'src/index.ts:1: b is used in this file alone: it needs no export',
    ]);
  });
});

describe('an export is needed', () => {
  test.each([
    ['by its name', "import { a } from './a.ts';"],
    ['by another name', "import { a as b } from './a.ts';"],
    ['as part of the whole', "import * as it from './a.ts'; it.a();"],
    ['by who hands on the whole', "import * as it from './a.ts'; draw(it);"],
    ['later', "const { a } = await import('./a.ts');"],
    ['as a type of an import', "let b: import('./a.ts').a;"],
    ['in a comment of a script', "/** @param {import('./a.ts').a} b */"],
  ])('%s', (_, code) => {
    expect(idle({ 'src/a.ts': 'export const a = () => 1;', 'src/b.ts': code })).toEqual([]);
  });

  test('through doors, whole or by name', () => {
    const files = {
      'src/x/a.ts': 'export const a = 1;',
      'src/x/b.ts': 'export default 2;',
      'src/x/index.ts': "export * from './a.ts'; export { default as b } from './b.ts';",
      'src/c.ts': "import { a, b } from './x/index.ts';",
    };
    expect(idle(files)).toEqual([]);
  });

  test('where it is for others: a door of the package, what is read by programs, what tests are made of', () => {
    expect(idle({ 'src/package/react.ts': 'export const a = 1;' }, ['src/package/react.ts'])).toEqual([]);
    expect(idle({ 'vite.config.ts': 'export default {};' })).toEqual([]);
    const files = {
      'src/testing/fake.ts': 'export class Fake {}',
      'src/store.ts': 'export const forgetAll = () => {};',
      'src/a.test.ts': "import { Fake } from './testing/fake.ts'; import { forgetAll } from './store.ts';",
    };
    expect(idle(files)).toEqual([]);
  });

  test('as a type that an exported function takes or gives', () => {
    const code = `
export interface Options {}
export type Given = string;
export interface Own {}
export function a(options: Options): Given { let own: Own; }`;
    expect(idle({ 'src/a.ts': code, 'src/b.ts': "import { a } from './a.ts';" })).toEqual([
      'src/a.ts:4: Own is used in this file alone: it needs no export',
    ]);
  });
});
