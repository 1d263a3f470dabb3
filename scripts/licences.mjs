/**
 * `npm run licences`: the licences of all packages that come with Bough, from package-lock.json; `-- --all`: those developers need, too.
 * Fails where one says none, or one under which what uses it would have to be given away likewise.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readOptions } from './options.mjs';
import { root } from './stamp.mjs';

const NOT_OURS = /\b(A?GPL|SSPL|EUPL|OSL|BUSL)/i;

/** Packages that say it in a file of theirs alone. */
const SAID_IN_A_FILE = { khroma: 'MIT' };

/**
 * @param lock package-lock.json @param all also what only developers need
 * @returns {{ name: string, version: string, licence: string }[]} by licence, then name; each package once
 */
export function licencesIn(lock, all = false) {
  const found = new Map();
  for (const [path, { version, license, dev, devOptional, link }] of Object.entries(lock.packages)) {
    if (path === '' || link || (!all && (dev || devOptional))) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    found.set(`${name}@${version}`, { name, version, licence: license ?? SAID_IN_A_FILE[name] ?? 'none' });
  }
  return [...found.values()].sort(
    (a, b) => a.licence.localeCompare(b.licence) || a.name.localeCompare(b.name),
  );
}

/** Those that may not come with Bough. One that leaves the choice is fine. */
export const unfit = (packages) =>
  packages.filter(
    ({ licence }) => licence === 'none' || licence.split(/ OR /i).every((one) => NOT_OURS.test(one)),
  );

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const USAGE = `npm run licences -- [OPTIONS]

The licences of all packages that come with Bough; ends with 1 where one may not.

  --all  those of packages that only developers need, too`;
  const { options } = readOptions(USAGE, { options: { all: { type: 'boolean' } } });
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const packages = licencesIn(lock, options.all);
  for (const { name, version, licence } of packages) console.log(`${licence.padEnd(28)} ${name} ${version}`);
  const counts = new Map();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const sums = [...counts].map(([licence, count]) => `${licence} ${count}`);
  console.log(`\n${packages.length} packages: ${sums.join(', ')}`);
  const wrong = unfit(packages);
  for (const { name, licence } of wrong) console.error(`${name}: ${licence}`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
