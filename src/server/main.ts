/** The process: settings from the environment, a few lines for people, signals (decision 0043). */
import { existsSync } from 'node:fs';
import { signInAddress } from '../protocol/requests/access.ts';
import { createLog } from './log.ts';
import { settingsOfProcess } from './process-settings.ts';
import { type RunningServer, startServer } from './server.ts';
import type { ServerSettings } from './settings.ts';
import { onSignal } from './signals.ts';

const parsed = settingsOfProcess();
if (parsed.ok) await run(parsed.settings);
else fail(parsed.errors);

async function run(settings: ServerSettings): Promise<void> {
  const log = createLog({ level: settings.log });
  // Libraries drop promises of requests that were aborted; a reply must not end for another's.
  process.on('unhandledRejection', (error) => log.error({ what: 'unhandled rejection' }, error));
  try {
    const server = await startServer(settings, { log });
    endOnSignals(server.close);
    for (const line of [...toOpen(server), ...toKeep(server)]) console.log(line);
  } catch (error) {
    log.debug({ what: 'start', stack: error instanceof Error ? error.stack : undefined });
    fail([error instanceof Error ? error.message : String(error)]);
  }
}

/** Where it runs; a token is told this once. */
function toOpen({ url, address, secret }: RunningServer): readonly string[] {
  if (address === undefined) return [`Bough runs at ${url}`];
  const behind = address === url ? [] : [`Its proxy passes on to ${url}`];
  if (secret === undefined)
    return [`Bough runs at ${address}, for those who have an access token`, ...behind];
  return [
    `Bough runs at ${address}`,
    `Open it with its first access token, shown this once: ${signInAddress(address, secret)}`,
    ...behind,
  ];
}

/** Where things are. With an engine elsewhere the folder is made when there is something to put into it. */
function toKeep({ streams, data }: RunningServer): readonly string[] {
  if (streams === undefined) return [`Data folder: ${data}`];
  const local = existsSync(data) ? [`Keys of models, and copies of attached files: ${data}`] : [];
  return [`Conversations are at ${streams}`, ...local];
}

function endOnSignals(close: () => Promise<void>): void {
  const signal = onSignal({
    close,
    exit: (code) => process.exit(code),
    now: () => performance.now(),
    after: (ms, task) => void setTimeout(task, ms).unref(),
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, signal);
}

/** One line each, no stack: what a person can change. */
function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}
