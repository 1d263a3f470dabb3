/** `npm run torture -- NAME [rounds] [seed]`: what the server is put through, in its long form (docs/reliability.md). Loopback only; ends by itself. */
import { findBrowser, launchArgs } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { runBin } from './run.mjs';

await ensureInstalled();
// What a torture shows in a browser, it shows in the one of the tests.
const browser = process.argv[2] === 'versions' ? await findBrowser() : undefined;
const env = { ...(browser && { BOUGH_BROWSER: browser }), BOUGH_BROWSER_ARGS: launchArgs().join(' ') };
const [name, rounds, seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const run = { damage, simulation }[name] ?? server;
const { code } = await run();
process.exitCode = code;

function server() {
  return runBin('tsx/dist/cli.mjs', ['src/server/torture/cli.ts', ...process.argv.slice(2)], {
    env,
  });
}

/** A property of `npm test`, with more rounds. */
function damage() {
  return longForm('src/server/upkeep/doctor/damage.test.ts', rounds ?? '200', 'TORTURE');
}

/** The write order among crashes: seeds that `npm test` does not play. */
function simulation() {
  return longForm('src/server/conversations/simulation/simulation.test.ts', rounds ?? '5000', 'SIM');
}

function longForm(file, rounds, prefix) {
  console.log(`${name}, ${rounds} rounds, seed ${seed}`);
  const env = { [`BOUGH_${prefix}_ROUNDS`]: rounds, [`BOUGH_${prefix}_SEED`]: seed };
  return runBin('vitest/vitest.mjs', ['run', file], { env });
}
