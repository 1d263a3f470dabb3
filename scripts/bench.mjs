/** `npm run bench [name ...]`: builds, then runs bench/*.bench.ts one after another, each in a process of its own. */
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { misunderstood, readOptions } from './options.mjs';
import { run, runBin } from './run.mjs';
import { isBuilt, root } from './stamp.mjs';

const all = readdirSync(join(root, 'bench'))
  .filter((name) => /\.bench\.(ts|mjs)$/.test(name))
  .sort();
const USAGE = `npm run bench -- [NAME...]

Builds, then measures what begins with one of the names, or all: ${all.map(nameOf).join(', ')}.`;
const { words: wanted } = readOptions(USAGE, { words: Number.POSITIVE_INFINITY });
const unknown = wanted.find((part) => !all.some((name) => name.startsWith(part)));
if (unknown !== undefined) misunderstood(`No bench is called “${unknown}”.`, USAGE);

await ensureInstalled();
if (!isBuilt()) {
  const { code } = await run(process.execPath, ['scripts/build.mjs']);
  if (code !== 0) process.exit(code);
}
const files = all.filter((name) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)));
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

function nameOf(file) {
  return file.split('.')[0];
}
