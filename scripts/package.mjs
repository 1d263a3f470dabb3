/**
 * `npm run package`: one tarball with all that is needed to run Bough and to build on it, prebuilt: dist/bough-VERSION.tgz
 * (docs/decisions/0230-one-package.md). Its folder is dist/package.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { readOptions } from './options.mjs';
import { run, runBin } from './run.mjs';
import { isBuilt, root } from './stamp.mjs';

/** Unpacked, without dependencies, in bytes. */
const MOST = 12_000_000;
/** A file of the page longer than this is packed in its compressed form alone. */
const LONG = 50_000;

/** `"use client"` in files that become one; code the page loads later comes with the doors. */
const EXPECTED = new Set(['MODULE_LEVEL_DIRECTIVE', 'INEFFECTIVE_DYNAMIC_IMPORT']);

const to = join(root, 'dist', 'package');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

readOptions(`npm run package

Builds dist/bough-VERSION.tgz, all that is needed to run Bough and to build on it.`);
await ensureInstalled();
// What needs packages comes after they are there.
const { build } = await import('vite');
const { ENTRIES, manifestOf, PEERS, packagesIn, withJsEndings } = await import('./package-manifest.mjs');
if (!isBuilt()) {
  console.log('Building.');
  await must(run(process.execPath, ['scripts/build.mjs']));
}
rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
copyBuilt();
await Promise.all([buildDoors(), declare()]);
for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE']) cpSync(join(root, name), join(to, name));
writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifestOf(manifest, used()), null, 2)}\n`);
const bytes = filesIn(to).reduce((sum, path) => sum + statSync(path).size, 0);
if (bytes > MOST) throw new Error(`The package is ${bytes} bytes unpacked: ${MOST} are the most.`);
await must(run('npm', ['pack', '--silent', '--pack-destination', join(root, 'dist'), to], { capture: true }));
const name = `${manifest.name}-${manifest.version}.tgz`;
const packed = statSync(join(root, 'dist', name)).size;
console.log(`dist/${name}: ${mega(packed)} MB, ${mega(bytes)} MB unpacked.`);

/** The server, its page and the command, without the maps of sources that are not there. */
function copyBuilt() {
  const client = join(to, 'dist', 'client');
  cpSync(join(root, 'dist', 'client'), client, { recursive: true });
  for (const path of filesIn(client))
    if (statSync(path).size > LONG && existsSync(`${path}.br`)) rmSync(path);
  const from = join(root, 'dist', 'server');
  mkdirSync(join(to, 'dist', 'server'));
  for (const file of readdirSync(from).filter((one) => one.endsWith('.js'))) {
    const code = readFileSync(join(from, file), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');
    writeFileSync(join(to, 'dist', 'server', file), code);
  }
}

/** React Query is part of the doors: an app may use its own beside it, in another version. */
function buildDoors() {
  const bundled = new Set(['@tanstack/react-query']);
  const isPackage = (id) =>
    [...Object.keys(manifest.dependencies), ...Object.keys(PEERS)].some(
      (name) => !bundled.has(name) && (id === name || id.startsWith(`${name}/`)),
    );
  return build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: join(to, 'lib'),
      target: 'baseline-widely-available',
      minify: false,
      lib: { entry: entries(), formats: ['es'] },
      rolldownOptions: {
        external: isPackage,
        onwarn: (warning, warn) => EXPECTED.has(warning.code) || warn(warning),
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'shared/[name]-[hash].js',
          // Frameworks that render on servers, too, leave what begins so to the browser.
          banner: ({ name }) => (name === 'react' ? '"use client";' : ''),
        },
      },
    },
  });
}

function entries() {
  return Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(root, path)]));
}

async function declare() {
  const types = join(to, 'lib', 'types');
  const project = join(root, 'dist', 'package-types.json');
  const compilerOptions = {
    ...{ noEmit: false, emitDeclarationOnly: true, declaration: true, incremental: false },
    ...{ rootDir: '../src', outDir: types, allowImportingTsExtensions: true },
    tsBuildInfoFile: null,
  };
  const files = Object.values(ENTRIES).map((path) => `../${path}`);
  const config = { extends: '../tsconfig.json', compilerOptions, files, include: [], exclude: [] };
  writeFileSync(project, JSON.stringify(config));
  await must(runBin('typescript/bin/tsc', ['-p', project], { capture: true }));
  for (const path of filesIn(types)) writeFileSync(path, withJsEndings(readFileSync(path, 'utf8')));
}

/** What is imported by what was built, and by the types of the doors. */
function used() {
  const code = filesIn(to).filter(
    (path) => /\.(js|d\.ts)$/.test(path) && !path.includes(join('dist', 'client')),
  );
  return new Set(code.flatMap((path) => [...packagesIn(readFileSync(path, 'utf8'), path)]));
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function must(running) {
  const { code, output } = await running;
  if (code === 0) return;
  console.error(output);
  process.exit(code);
}

function mega(size) {
  return (size / 1_000_000).toFixed(1);
}
