/**
 * What files say of each other: no circles of imports, not even of types or of what is loaded later, and no export that nothing outside of its
 * file needs, or that tests alone keep alive (docs/decisions/0309-no-circles-no-idle-exports.md). Run alone it prints one line per fault.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'vite';
import { ENTRIES } from '../package-manifest.mjs';
import { filesUnder, tell } from './sources.mjs';

/** Stands for the names that the importer's code has as words: of `import()`, and of `import * as it` where no other use is made of `it`. */
const BY_WORD = '(by word)';
const ALL = '(all)';

/**
 * @typedef {{ from: string, name: string }} Taken a name of another module
 * @typedef {{ name: string, at: number, isType: boolean, of?: Taken }} Exported `at`: where it stands, in characters; `of`: what it only passes on
 * @typedef {{ path: string, code: string, taken: Taken[], exported: Exported[], stars: string[] }} Module `stars`: what it passes on whole
 * @param {Iterable<readonly [path: string, code: string]>} sources paths from the root of the repository, with `/`
 * @returns {Map<string, Module>} by path
 */
export const modulesIn = (sources) =>
  new Map([...sources].map(([path, code]) => [path, moduleIn(path, code)]));

function moduleIn(path, code) {
  const { staticImports, staticExports, dynamicImports } = parseSync(path, code).module;
  const fileOf = (target) => (target.startsWith('.') ? posix.join(posix.dirname(path), target) : target);
  const module = { path, code, taken: [], exported: [], stars: [] };
  for (const { moduleRequest, entries } of staticImports) {
    const from = fileOf(moduleRequest.value);
    // A file that is only run is imported all the same.
    const names = entries.map((entry) => takenName(entry, code));
    module.taken.push(...(names.length > 0 ? names : [undefined]).map((name) => ({ from, name })));
  }
  for (const { moduleRequest } of dynamicImports) {
    const target = code.slice(moduleRequest.start + 1, moduleRequest.end - 1);
    module.taken.push({ from: fileOf(target), name: BY_WORD });
  }
  for (const entry of staticExports.flatMap(({ entries }) => entries)) {
    const from = entry.moduleRequest && fileOf(entry.moduleRequest.value);
    if (entry.exportName.kind === 'None') module.stars.push(from);
    else
      module.exported.push({
        name: entry.exportName.name ?? 'default',
        at: entry.start,
        isType: entry.isType,
        ...(from && { of: { from, name: entry.importName.name ?? ALL } }),
      });
  }
  return module;
}

function takenName({ importName: { kind, name }, localName }, code) {
  if (kind === 'Default') return 'default';
  if (kind === 'Name') return name;
  const whole = new RegExp(`(?<![\\w$.])${localName.value}(?![\\w$]|\\s*\\.)`, 'g');
  return code.match(whole)?.length > 1 ? ALL : BY_WORD;
}

/**
 * Circles of imports, each as its files in a row that ends where it begins: at least one of every knot of files that reach each other.
 * @param {Map<string, Module>} modules
 * @returns {string[][]}
 */
export function circlesIn(modules) {
  const [circles, way, done] = [[], [], new Set()];
  const visit = (path) => {
    way.push(path);
    for (const next of importsOf(modules.get(path))) {
      if (way.includes(next)) circles.push([...way.slice(way.indexOf(next)), next]);
      else if (modules.has(next) && !done.has(next)) visit(next);
    }
    way.pop();
    done.add(path);
  };
  for (const path of modules.keys()) if (!done.has(path)) visit(path);
  return circles;
}

const importsOf = ({ taken, exported, stars }) =>
  new Set([...taken, ...exported.flatMap(({ of }) => of ?? [])].map(({ from }) => from).concat(stars));

const FOR_TESTS =
  /\.(test|spec|child)\.\w+$|testing|\/(simulation|torture|conformance|engine\/contract)\b|^e2e\//;
/** Modules that remember something forget it between tests. */
const FOR_BETWEEN_TESTS = /^forget[A-Z]/;
/** What they export is read by programs. */
const CONFIG = /\.config\.ts$|^scripts\/vitest-/;

/**
 * Exports that nothing needs, as `path:line: sentence`. A type may stand beside the exported function that takes or gives it.
 * @param {Map<string, Module>} modules
 * @param {Iterable<string>} doors files whose exports are for others: of the package
 */
export function idleExports(modules, doors) {
  const uses = usesIn(modules, doors);
  return [...modules.values()].flatMap((module) => {
    if (CONFIG.test(module.path)) return [];
    return module.exported.flatMap((one) => {
      const fault = faultOf(module, one, uses.get(`${module.path}#${one.name}`));
      const line = module.code.slice(0, one.at).split('\n').length;
      return fault ? [`${module.path}:${line}: ${one.name} ${fault}`] : [];
    });
  });
}

function faultOf(module, { name, isType, of }, by) {
  if (by === 'code') return undefined;
  const here = of !== undefined || wordsIn(module.code, name) > 1;
  const forTests = FOR_TESTS.test(module.path) || FOR_BETWEEN_TESTS.test(name);
  if (by) return here || forTests ? undefined : 'is used by tests alone';
  if (!here) return 'is used nowhere';
  if (isType && !of && typesInSignatures(module).has(name)) return undefined;
  return 'is used in this file alone: it needs no export';
}

/** The types that exported functions and classes take and give. */
function typesInSignatures({ path, code }) {
  const exported = parseSync(path, code).program.body.flatMap(({ declaration }) => {
    if (/^(Function|Class)Declaration$/.test(declaration?.type)) return [declaration];
    return declaration?.type === 'VariableDeclaration'
      ? declaration.declarations.map(({ init }) => init)
      : [];
  });
  return new Set(typesIn(exported));
}

function* typesIn(node) {
  if (Array.isArray(node)) for (const one of node) yield* typesIn(one);
  else if (node !== null && typeof node === 'object' && !/^(FunctionBody|BlockStatement)$/.test(node.type)) {
    const { typeName, expression } = node;
    if (node.type === 'TSTypeReference' && typeName.name) yield typeName.name;
    if (/^TS(InterfaceHeritage|ClassImplements)$/.test(node.type) && expression.name) yield expression.name;
    yield* typesIn(Object.values(node));
  }
}

/** Who uses each `path#name`: `code`, or `tests` alone. */
function usesIn(modules, doors) {
  const uses = new Map();
  const use = (path, name, by) => {
    const module = modules.get(path);
    if (!module) return;
    if (name === ALL) {
      for (const one of namesOf(modules, path)) use(path, one, by);
      return;
    }
    const exported = module.exported.find((one) => one.name === name);
    if (!exported) {
      for (const star of module.stars) use(star, name, by);
      return;
    }
    const key = `${path}#${name}`;
    if (uses.get(key) === 'code' || uses.get(key) === by) return;
    uses.set(key, by);
    if (exported.of) use(exported.of.from, exported.of.name, by);
  };
  for (const { path, code, taken } of modules.values()) {
    const by = FOR_TESTS.test(path) ? 'tests' : 'code';
    for (const { from, name } of [...taken, ...typesByImport(path, code)]) {
      if (name !== BY_WORD) use(from, name, by);
      else for (const one of namesOf(modules, from)) if (wordsIn(code, one) > 0) use(from, one, by);
    }
  }
  for (const door of doors) use(door, ALL, 'code');
  return uses;
}

/** `import('./file.ts').Name`, in comments of scripts too: it loads nothing. */
const typesByImport = (path, code) =>
  [...code.matchAll(/\bimport\('(\.[^']+)'\)\.(\w+)/g)].map(([, target, name]) => ({
    ...{ from: posix.join(posix.dirname(path), target), name },
  }));

function namesOf(modules, path) {
  const { exported = [], stars = [] } = modules.get(path) ?? {};
  return [...exported.map(({ name }) => name), ...stars.flatMap((star) => namesOf(modules, star))];
}

const wordsIn = (code, name) => code.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))?.length ?? 0;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '../..');
  const configs = readdirSync(root).filter((name) => CONFIG.test(name));
  const modules = modulesIn([
    ...['src', 'e2e', 'bench', 'scripts'].flatMap((folder) => filesUnder(folder, /\.(tsx?|mjs)$/)),
    ...configs.map((name) => [name, readFileSync(join(root, name), 'utf8')]),
  ]);
  tell([
    ...circlesIn(modules).map((circle) => `These import each other: ${circle.join(' -> ')}`),
    ...idleExports(modules, Object.values(ENTRIES)),
  ]);
}
