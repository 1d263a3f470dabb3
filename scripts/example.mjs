/** `npm run example -- SHAPE COUNT FOLDER`: writes a made-up conversation to look at (e2e/example.ts). */
import { ensureInstalled } from './install.mjs';
import { runBin } from './run.mjs';

await ensureInstalled();
const { code } = await runBin('tsx/dist/cli.mjs', ['e2e/example.ts', ...process.argv.slice(2)]);
process.exitCode = code;
