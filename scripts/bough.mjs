/** `npm run bough -- COMMAND`: installs and builds like `npm start`, then becomes the command (src/command). */
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
await import(pathToFileURL(join(root, 'dist', 'server', 'bough.js')).href);
