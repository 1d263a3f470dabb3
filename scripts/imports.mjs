/**
 * Import directions: `tree <- protocol <- {server, client} <- ui`, left may not import right
 * (docs/decisions/0003-import-directions.md). Run alone it checks src/ and prints one line per violation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'vite';

/** What each part of src/ may import besides itself. */
const MAY_IMPORT = {
  tree: [],
  protocol: ['tree'],
  server: ['protocol', 'tree'],
  client: ['protocol', 'tree'],
  ui: ['client', 'protocol', 'tree'],
};

const BUILTINS = new Set(builtinModules);
const isBuiltin = (name) => name.startsWith('node:') || BUILTINS.has(name.split('/')[0]);
/** React itself and what cannot be loaded without it. */
const isReact = (name) =>
  /^(react|react-dom|react-router|react-markdown|lucide-react|radix-ui)(\/|$)/.test(name) ||
  name === 'zustand' ||
  /^@tanstack\/react-/.test(name);

/** Where packages are out of place: [files, packages, why]. Tests may use what they need. */
const PACKAGES = [
  [/^src\/(tree|protocol)\//, isBuiltin, 'runs in browsers too: no Node built-ins'],
  [/^src\/(client|ui)\//, isBuiltin, 'runs in browsers: no Node built-ins'],
  [/^src\/(tree|protocol|server)\//, isReact, 'has no React'],
  [/^src\/client\/(?!hooks\/)/, isReact, 'has React in src/client/hooks only'],
];

/** No clock and no randomness in src/tree: the same input gives the same tree. */
const IMPURE = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);

/**
 * What is wrong in one file, as `path:line: sentence`.
 * @param {string} path from the root of the repository, with `/`
 * @returns {string[]}
 */
export function violationsIn(path, code) {
  const part = path.split('/')[1];
  const wrong = (node, sentence) => `${path}:${code.slice(0, node.start).split('\n').length}: ${sentence}`;
  return [...nodesOf(parseSync(path, code).program)].flatMap((node) => {
    const target = importedBy(node);
    const fault =
      target !== null
        ? target.startsWith('.')
          ? directionFault(path, part, target)
          : packageFault(path, target, node.importKind === 'type')
        : part === 'tree' && !isTest(path) && impurity(node);
    return fault ? [wrong(node, fault)] : [];
  });
}

function directionFault(path, part, target) {
  const to = posix.join(posix.dirname(path), target).split('/');
  if (to[0] !== 'src') return `imports ${target}, which is outside src/`;
  const allowed = MAY_IMPORT[part];
  if (to[1] === part || !allowed || allowed.includes(to[1])) return null;
  return `src/${part} may not import src/${to[1]} (${target})`;
}

function packageFault(path, name, typeOnly) {
  // Types are erased: React's do not bring React.
  if (isTest(path) || (typeOnly && isReact(name))) return null;
  const rule = PACKAGES.find(([files, packages]) => files.test(path) && packages(name));
  return rule ? `imports ${name}: src/${path.split('/')[1]} ${rule[2]}` : null;
}

const isTest = (path) => /\.test\.tsx?$/.test(path);

/** The specifier of an import, re-export, dynamic import or import type; null for anything else. */
function importedBy(node) {
  if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) return node.source?.value ?? null;
  if (node.type === 'ImportExpression' || node.type === 'TSImportType') {
    const source = node.source ?? node.argument;
    return typeof source?.value === 'string' ? source.value : null;
  }
  return null;
}

function impurity(node) {
  if (node.type === 'NewExpression' && node.callee.name === 'Date' && node.arguments.length === 0) {
    return 'reads the clock (new Date()): src/tree has no clock';
  }
  if (node.type !== 'MemberExpression' || node.computed) return null;
  const name = `${node.object.name}.${node.property.name}`;
  return IMPURE.has(name) ? `uses ${name}: src/tree has no clock and no randomness` : null;
}

function* nodesOf(value) {
  if (Array.isArray(value)) {
    for (const entry of value) yield* nodesOf(entry);
  } else if (value !== null && typeof value === 'object') {
    if (typeof value.type === 'string') yield value;
    for (const child of Object.values(value)) if (typeof child === 'object') yield* nodesOf(child);
  }
}

function sourcesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '..');
  const faults = sourcesUnder(join(root, 'src')).flatMap((file) =>
    violationsIn(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')),
  );
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
