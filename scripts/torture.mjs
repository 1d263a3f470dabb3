/** `npm run torture -- NAME [rounds] [seed]`: what the server is put through, in its long form (docs/reliability.md). Loopback only; ends by itself. */
import { findBrowser, launchArgs } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { misunderstood, readOptions } from './options.mjs';
import { runBin } from './run.mjs';

const TORTURES = {
  kills: server,
  races: server,
  cuts: server,
  disk: server,
  versions: server,
  damage,
  simulation,
};
const USAGE = `npm run torture -- NAME [ROUNDS] [SEED]

NAME is one of ${Object.keys(TORTURES).join(', ')} (docs/reliability.md). It prints its seed, and ends with 1 if something
was lost. With BOUGH_STREAMS_URL kills and races are of servers on the engine there; "reference": on one started for it.`;
const { words } = readOptions(USAGE, { words: 3 });
const [name = '', rounds, seed = String(Date.now() % 1_000_000)] = words;
if (!Object.hasOwn(TORTURES, name)) misunderstood(`No torture is called “${name}”.`, USAGE);
const wrong = [rounds, seed].find((count) => count !== undefined && !/^\d+$/.test(count));
if (wrong !== undefined) misunderstood(`“${wrong}” is no number.`, USAGE);

await ensureInstalled();
// What a torture shows in a browser, it shows in the one of the tests.
const browser = name === 'versions' ? await findBrowser() : undefined;
const env = { ...(browser && { BOUGH_BROWSER: browser }), BOUGH_BROWSER_ARGS: launchArgs().join(' ') };
const { code } = await TORTURES[name]();
process.exitCode = code;

function server() {
  return runBin('tsx/dist/cli.mjs', ['src/server/torture/cli.ts', ...words], { env });
}

/** A property of `npm test`, with more rounds. */
function damage() {
  return longForm('src/server/maintenance/doctor/damage.test.ts', rounds ?? '200', 'TORTURE');
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
