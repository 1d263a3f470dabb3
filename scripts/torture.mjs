/** `npm run torture -- NAME [rounds] [seed]`: what the server is put through, in its long form (docs/reliability.md). Loopback only; ends by itself. */
import { ensureInstalled } from './install.mjs';
import { runBin } from './run.mjs';

await ensureInstalled();
const { code } = await runBin('tsx/dist/cli.mjs', ['src/server/torture/cli.ts', ...process.argv.slice(2)]);
process.exitCode = code;
