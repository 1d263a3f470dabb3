/** Turns a script into the command `bough` (src/command). Only Node built-ins: straight after cloning nothing else is there. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { run, runBin, stopPassingOn } from './run.mjs';
import { isBuilt, root } from './stamp.mjs';

/** What is asked for and needs no build. */
const ASKS_ONLY = new Set(['--help', '-h', '--version', '-v']);

/**
 * Installs what is missing, builds when stale, then becomes the command, in this process: signals and exit codes are its own. That holds for
 * signals to npm too, as package.json has the shell between them replaced by `exec`. There, what follows `set` is a value to the shell of Windows, which
 * then runs the script as it stands, and a function to all others, whose `node` replaces them; npm puts arguments at the end.
 * @param {readonly string[]} args of the command
 */
export async function becomeBough(args) {
  await ensureInstalled();
  if (!isBuilt()) {
    if (args.some((arg) => ASKS_ONLY.has(arg))) return tellFromSources(args);
    console.log('Building.');
    const { code } = await run(process.execPath, ['scripts/build.mjs']);
    if (code !== 0) process.exit(code);
  }
  stopPassingOn();
  process.argv.splice(2, Infinity, ...args);
  await import(pathToFileURL(join(root, 'dist', 'server', 'bough.js')).href);
}

async function tellFromSources(args) {
  const { code } = await runBin('tsx/dist/cli.mjs', ['src/command/main.ts', ...args]);
  process.exitCode = code;
}
