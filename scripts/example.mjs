/** `npm run example -- SHAPE COUNT FOLDER`: writes a made-up conversation to look at (e2e/example.ts). */
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';

await ensureInstalled();
// Not by tsx's own program: that starts one more.
const args = ['--import', 'tsx', 'e2e/example.ts', ...process.argv.slice(2)];
const { code } = await run(process.execPath, args);
process.exitCode = code;
