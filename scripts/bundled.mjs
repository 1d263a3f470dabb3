/**
 * The scripts that tests start as processes of their own, bundled as the server is: from their sources, by tsx, each takes three times as long
 * to start, and a run starts some eighty. src/server/script.ts finds them.
 */
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from './stamp.mjs';

/** Besides `*.child.ts`. */
const PROGRAMS = [
  'server/main.ts',
  'command/main.ts',
  'server/upkeep/probe.ts',
  'server/everywhere/find-worker.ts',
  'server/torture/with-parent.ts',
];

/** @returns {Promise<string>} the folder, for BOUGH_SCRIPTS; whoever asked removes it */
export async function bundleScripts() {
  // Not before `npm ci`, which whoever asks may have run first.
  const { build } = await import('vite');
  const dist = join(root, 'dist');
  mkdirSync(dist, { recursive: true });
  // As deep as dist/server: the package is found from there.
  const outDir = mkdtempSync(join(dist, 'scripts-'));
  const { NODE_ENV } = process.env;
  await build({
    root,
    configFile: join(root, 'vite.server.config.ts'),
    logLevel: 'warn',
    build: { outDir, rolldownOptions: { input: entries() } },
  });
  // Vite says "production" there, and the tests that are started next would get the React of it.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  return outDir;
}

function entries() {
  const children = readdirSync(join(root, 'src'), { recursive: true }).filter((path) =>
    path.endsWith('.child.ts'),
  );
  return Object.fromEntries(
    [...PROGRAMS, ...children].map((path) => [nameOf(path), join(root, 'src', path)]),
  );
}

/** As src/server/script.ts looks for it. */
function nameOf(path) {
  const name = basename(path, '.ts');
  return name === 'main' ? `${basename(dirname(path))}-main` : name;
}
