/**
 * `npm run release -- VERSION`: writes the version and the changelog's heading, commits and tags them. Pushes nothing and publishes
 * nothing: it says how. `--dry-run` writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLater, released } from './changelog.mjs';
import { readOptions } from './options.mjs';
import { run } from './run.mjs';
import { root } from './stamp.mjs';

const USAGE = `npm run release -- VERSION [OPTIONS]

Writes the version and the changelog's heading, commits and tags them; pushes and publishes nothing, and says how.

  --dry-run  writes nothing`;
const { options, words } = readOptions(USAGE, { options: { 'dry-run': { type: 'boolean' } }, words: 1 });
const [version] = words;

try {
  await release();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function release() {
  const manifest = read('package.json');
  const { version: before } = JSON.parse(manifest);
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) throw new Error('Say which version: npm run release -- 0.1.0');
  if (!isLater(version, before)) throw new Error(`${version} is before ${before}.`);
  if ((await git('status', '--porcelain')) !== '')
    throw new Error('Commit or stash first: there are changes.');
  if ((await git('tag', '--list', `v${version}`)) !== '')
    throw new Error(`There is a tag v${version} already.`);
  const date = new Date().toISOString().slice(0, 10);
  const { changelog, notes } = released(read('CHANGELOG.md'), version, date);
  if (options['dry-run']) return console.log(`v${version}, ${date}:\n\n${notes}`);
  write('CHANGELOG.md', changelog);
  write('package.json', manifest.replace(`"version": "${before}"`, `"version": "${version}"`));
  write(
    'package-lock.json',
    read('package-lock.json').replaceAll(/("name": "bough",\s+"version": ")[^"]+/g, `$1${version}`),
  );
  await git('commit', '--all', '--quiet', '--message', `Release ${version}`);
  await git(
    'tag',
    '--annotate',
    '--cleanup=whitespace',
    `v${version}`,
    '--message',
    `Bough ${version}\n\n${notes}`,
  );
  console.log(
    `Tagged v${version}. Then: git push --follow-tags; npm run package; npm publish dist/bough-${version}.tgz`,
  );
}

function read(name) {
  return readFileSync(join(root, name), 'utf8');
}

function write(name, text) {
  writeFileSync(join(root, name), text);
}

async function git(...words) {
  const { code, output } = await run('git', words, { capture: true });
  if (code !== 0) throw new Error(`git ${words[0]} failed: ${output}`);
  return output.trim();
}
