/**
 * The scripts that tests start as processes of their own, bundled with the packages they use: from their sources, by tsx, each takes four times as
 * long to start, bundled as the server is (packages apart) half as long again, and a run starts some hundred and fifty. src/server/child-script.ts finds
 * them.
 */
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { root } from './stamp.mjs';

/** Besides `*.child.ts`. */
const PROGRAMS = [
  'server/main.ts',
  'command/main.ts',
  'server/maintenance/probe.ts',
  'server/word-index/find-worker.ts',
  'server/torture/with-parent.ts',
  'server/agents/testing/scripted-agent.mjs',
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
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: entries(),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { target: 'node', noExternal: true, external: APART },
  });
  // Vite says "production" there, and the tests that are started next would get the React of it.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  return outDir;
}

/** Packages with machine code, which they look for beside themselves. */
const APART = ['@photostructure/sqlite', '@durable-streams/server'];

function entries() {
  const children = readdirSync(join(root, 'src'), { recursive: true }).filter((path) =>
    path.endsWith('.child.ts'),
  );
  return Object.fromEntries(
    [...PROGRAMS, ...children].map((path) => [nameOf(path), join(root, 'src', path)]),
  );
}

/** As src/server/child-script.ts looks for it. */
function nameOf(path) {
  const name = basename(path, extname(path));
  return name === 'main' ? `${basename(dirname(path))}-main` : name;
}
