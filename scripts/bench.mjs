/** `npm run bench [name ...]`: builds, then runs bench/*.bench.ts one after another, each in a process of its own. */
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { run, runBin } from './run.mjs';
import { isBuilt, root } from './stamp.mjs';

await ensureInstalled();
if (!isBuilt()) {
  const { code } = await run(process.execPath, ['scripts/build.mjs']);
  if (code !== 0) process.exit(code);
}
const wanted = process.argv.slice(2);
const files = readdirSync(join(root, 'bench'))
  .filter((name) => /\.bench\.(ts|mjs)$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)))
  .sort();
const processors = cpus();
console.log(
  `${processors.length} x ${processors[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, ${process.platform}\n`,
);
console.log('| figure | target | measured |\n|---|---|---|');
let failed = false;
for (const file of files) {
  const { code } = await runBin('tsx/dist/cli.mjs', [`bench/${file}`]);
  if (code === 0) continue;
  failed = true;
  console.error(`bench/${file} ended with ${code}.`);
}
process.exitCode = failed ? 1 : 0;
