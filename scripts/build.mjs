/**
 * Builds the page to dist/client, compressed too, and the server to dist/server (docs/decisions/0004-bundled-server.md), then stamps them.
 * Where one fails the other is still built, but nothing is stamped.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compressPage } from './compress.mjs';
import { checkFirstLoad, firstLoad, recorded, recordFirstLoad } from './first-load.mjs';
import { ensureInstalled } from './install.mjs';
import { writeKeptFiles } from './kept-files.mjs';
import { readOptions } from './options.mjs';
import { inputsHash, root, writeStamp } from './stamp.mjs';

const USAGE = `npm run build -- [OPTIONS]

Builds the page to dist/client and the server to dist/server.

  --record-first-load  takes how large the first load is now for what it may be (scripts/first-load.json)`;
const recordsLoad = { 'record-first-load': { type: 'boolean' } };
const { options } = readOptions(USAGE, { options: recordsLoad });

await ensureInstalled();
const { build } = await import('vite');
const began = performance.now();
// Taken before the build: what changes meanwhile makes it stale.
const hash = inputsHash();
rmSync(join(root, 'dist', '.stamp'), { force: true });
const built = await Promise.allSettled([
  build({ root, logLevel: 'warn' }).then(finish),
  build({ root, configFile: join(root, 'vite.server.config.ts'), logLevel: 'warn' }),
]);
const failed = built.filter(({ status }) => status === 'rejected');
for (const { reason } of failed) console.error(reason.message);
if (failed.length === 0) {
  writeStamp(hash);
  console.log(`Built the page and the server in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}
process.exitCode = failed.length > 0 ? 1 : 0;

async function finish(page) {
  const load = firstLoad(page, root);
  if (options['record-first-load']) recordFirstLoad(load);
  checkFirstLoad(load, recorded());
  await writeKeptFiles(join(root, 'dist', 'client'));
  await compressPage(join(root, 'dist', 'client'));
}
