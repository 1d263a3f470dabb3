/** Makes node_modules what package-lock.json says. Only Node built-ins. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { root } from './stamp.mjs';

const OLDEST = [20, 19];
/** Which lock was installed last. */
const MARK = join(root, 'node_modules', '.bough-lock');
/** npm writes this at the end of every installation. */
const NPMS_OWN = join(root, 'node_modules', '.package-lock.json');

/** Runs `npm ci` where node_modules is missing or not what the lock says. Ends this process where that fails. */
export async function ensureInstalled() {
  checkNode();
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (isInstalled(lock)) return;
  console.log('Installing packages (npm ci).');
  // A production environment would leave out what the build needs.
  const env = { NODE_ENV: 'development', npm_config_omit: '' };
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env });
  if (code !== 0) {
    console.error('npm ci failed; see above.');
    process.exit(code);
  }
  writeFileSync(MARK, hashOf(lock));
}

function isInstalled(lock) {
  if (!existsSync(NPMS_OWN)) return false;
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hashOf(lock)) return true;
  if (!matches(JSON.parse(lock), JSON.parse(readFileSync(NPMS_OWN, 'utf8')))) return false;
  writeFileSync(MARK, hashOf(lock));
  return true;
}

/** Someone ran npm by hand: what it noted has every package of the lock that is not optional, in the same version. */
function matches(lock, installed) {
  return Object.entries(lock.packages).every(
    ([path, { version, optional }]) =>
      path === '' || optional || installed.packages[path]?.version === version,
  );
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(`Bough needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const hashOf = (text) => createHash('sha256').update(text).digest('hex');
