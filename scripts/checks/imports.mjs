/**
 * Import directions: `tree <- protocol <- {server, client} <- ui`, left may not import right, and the floors inside of folders
 * (docs/decisions/0003-import-directions.md, 0115-rooms-and-floors.md). Run alone it checks src/ and prints one line per violation.
 */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'vite';
import { filesUnder, tell } from './sources.mjs';

/** What each part of src/ may import besides itself. */
const MAY_IMPORT = {
  tree: [],
  protocol: ['tree'],
  server: ['protocol', 'tree'],
  client: ['protocol', 'tree'],
  ui: ['client', 'protocol', 'tree'],
  package: ['client', 'protocol', 'tree'],
  editors: ['client', 'protocol', 'tree'],
  command: ['editors', 'package', 'server', 'client', 'protocol', 'tree'],
};

/**
 * Floors of folders, from the lowest: a room (a folder, or one file) may import itself and what is named before its own row, nothing
 * else of the folder. Rooms of one row do not import each other. What is not named stands above all of them. Tests and what is
 * made for them (`testing`, `simulation`) import what they need.
 */
const FLOORS = {
  'src/protocol': [
    ['limits.ts', 'fields.ts', 'ids.ts', 'own-property.ts', 'files', 'language.ts', 'quick-check.ts'],
    ['author.ts', 'reading'],
    ['parts'],
    ['text.ts'],
    ['streams'],
    ['commands', 'context', 'find', 'models'],
    ['requests'],
  ],
  'src/server/conversations': [
    ['kit'],
    ['index'],
    ['branch'],
    ['reply'],
    ['recovery'],
    ['commands', 'find'],
    ['outside'],
  ],
  'src/server/http': [['kit'], ['streams', 'middleware'], ['routes']],
  'src/server/models': [['port.ts'], ['kit'], ['answers'], ['providers']],
  'src/client': [['types.ts'], ['kit'], ['live'], ['folds']],
  'src/ui/app': [['frame'], ['conversation']],
  'src/ui/actions': [
    ['strings', 'keys.ts', 'who-answers.ts'],
    ['action.ts'],
    ['undo'],
    ['message', 'conversation'],
    ['page'],
  ],
  'src/ui/stores': [['announce.ts', 'errands.ts', 'strings.ts'], ['browser'], ['writing']],
  'src/ui/features/models': [
    ['strings-later.ts'],
    ['model-facts.ts', 'model-groups.ts'],
    ['agents'],
    ['forms'],
    ['list'],
  ],
  'src/ui/components': [['cx.ts', 'strings.ts'], ['button.tsx'], ['layers']],
  'src/client/hooks': [['context.tsx'], ['use-access.ts', 'use-load.ts', 'use-queue.ts'], ['conversation']],
  'src/ui/features/explorer': [['scene'], ['paint', 'cards', 'outline'], ['shell']],
  'src/ui/features/thread': [['rows'], ['parts'], ['pieces'], ['messages'], ['list']],
};

/** The floors of src/ui, each may import those before it. What stands beside them (main.tsx, testing) may import all. */
const UI_FLOORS = ['stores', 'components', 'actions', 'features', 'app'];

/** What others may import of a feature: what is needed at once, and what is loaded later. */
const DOORS = /^(index|later)\.tsx?$/;

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
  const file = posix.join(posix.dirname(path), target);
  const to = file.split('/');
  if (to[0] !== 'src') return `imports ${target}, which is outside src/`;
  if (part === 'ui' && to[1] === 'ui') return uiFault(path, to, target);
  const allowed = MAY_IMPORT[part];
  if (to[1] === part || !allowed || allowed.includes(to[1])) return floorFault(path, file);
  return `src/${part} may not import src/${to[1]} (${target})`;
}

function floorFault(path, file) {
  if (isTest(path) || isForTests(path)) return null;
  for (const [folder, rows] of Object.entries(FLOORS)) {
    const [from, to] = [path, file].map((name) => roomIn(folder, name));
    if (from === null || to === null || from === to) continue;
    const floorOf = (room) => rows.findIndex((row) => row.includes(room));
    if (floorOf(from) < 0 || (floorOf(to) >= 0 && floorOf(to) < floorOf(from))) continue;
    return `${folder}/${from} may not import ${folder}/${to}: ${rows.map((row) => row.join(', ')).join(' <- ')}`;
  }
  return null;
}

/** The folder or file right in `folder` that `name` is of; null outside. */
const roomIn = (folder, name) =>
  name.startsWith(`${folder}/`) ? name.slice(folder.length + 1).split('/')[0] : null;

function uiFault(path, to, target) {
  const [, , floor, feature] = path.split('/');
  const [, , toFloor, toFeature, ...inside] = to;
  if (toFloor === 'testing' && !isTest(path) && floor !== 'testing')
    return `src/ui/testing is for tests (${target})`;
  const [at, toAt] = [UI_FLOORS.indexOf(floor), UI_FLOORS.indexOf(toFloor)];
  if (at < 0 || toAt < 0) return null;
  if (toAt > at) return `src/ui/${floor} may not import src/ui/${toFloor} (${target})`;
  const isWithin = floor === 'features' && feature === toFeature;
  if (toFloor !== 'features' || isWithin) return null;
  if (inside.length === 1 && DOORS.test(inside[0])) return null;
  return `reaches inside src/ui/features/${toFeature} (${target}): import its index.ts, or later.ts for what is loaded later`;
}

function packageFault(path, name, typeOnly) {
  // Types are erased: React's do not bring React.
  if (isTest(path) || (typeOnly && isReact(name))) return null;
  const rule = PACKAGES.find(([files, packages]) => files.test(path) && packages(name));
  return rule ? `imports ${name}: src/${path.split('/')[1]} ${rule[2]}` : null;
}

const isTest = (path) => /\.test\.tsx?$/.test(path);
const isForTests = (path) => /\/(simulation|testing)\/|testing\.tsx?$/.test(path);

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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  tell(filesUnder('src').flatMap(([path, code]) => violationsIn(path, code)));
