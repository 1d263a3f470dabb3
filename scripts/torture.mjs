/** `npm run torture -- NAME [rounds] [seed]`: what the server is put through, in its long form (docs/reliability.md). Loopback only; ends by itself. */
import { findBrowser, launchArgs } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { runBin } from './run.mjs';

await ensureInstalled();
// What a torture shows in a browser, it shows in the one of the tests.
const browser = process.argv[2] === 'versions' ? await findBrowser() : undefined;
const env = { ...(browser && { BOUGH_BROWSER: browser }), BOUGH_BROWSER_ARGS: launchArgs().join(' ') };
const [name, rounds = '200', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const { code } = name === 'damage' ? await damage() : await server();
process.exitCode = code;

function server() {
  return runBin('tsx/dist/cli.mjs', ['src/server/torture/cli.ts', ...process.argv.slice(2)], {
    env,
  });
}

/** A property of `npm test`, with more rounds. */
function damage() {
  console.log(`damage, ${rounds} rounds, seed ${seed}`);
  const env = { BOUGH_TORTURE_ROUNDS: rounds, BOUGH_TORTURE_SEED: seed };
  return runBin('vitest/vitest.mjs', ['run', 'src/server/upkeep/doctor/damage.test.ts'], { env });
}
