/**
 * `npm start`: installs what is missing, builds when stale, then becomes the server. Straight after cloning there is no
 * node_modules, so only Node built-ins here. The server runs in this process: signals and exit codes are its own. That holds
 * for signals to npm too, as package.json has the shell between them `exec` it (Windows has no exec: there it goes on after ||).
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { run, stopPassingOn } from './run.mjs';
import { isBuilt, root } from './stamp.mjs';

await ensureInstalled();
if (!isBuilt()) {
  console.log('Building.');
  const { code } = await run(process.execPath, ['scripts/build.mjs']);
  if (code !== 0) process.exit(code);
}
stopPassingOn();
process.env.NODE_ENV ??= 'production';
await import(pathToFileURL(join(root, 'dist', 'server', 'main.js')).href);
