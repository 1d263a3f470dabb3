/**
 * kill -9 at random moments, with many replies in flight: people go on at the server that was started in its place, with the
 * commands they had no answer to, and in the end every invariant of the simulation must hold for what is stored. In most rounds
 * indexes roll over all the time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../conversations/simulation/random.ts';
import { type RemoteEngine, remoteEngine } from './remote-engine.ts';
import { added, nothingYet, play, type Report, type Stage } from './stage.ts';

export interface KillOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Replies being written when the server is killed, at least. Default: 20. */
  readonly flying?: number;
  /** On an engine elsewhere (remote-engine.ts), which goes on while servers are killed. Default: false. */
  readonly remote?: boolean;
  /** Throw away what the servers say on standard error. Default: false. */
  readonly quiet?: boolean;
  readonly onRound?: (done: KillReport) => void;
}

export interface KillReport extends Report {
  readonly rounds: number;
}

/** How many items an index takes before it rolls over, in one round or another. */
const SEGMENTS = [3, 10, 40, 20_000];

/** Rounds of two kills each, on one data folder; conversations are new every round. Ends its servers and removes its folder. */
export async function killRounds(options: KillOptions): Promise<KillReport> {
  const { rounds, seed, flying = 20, remote = false, quiet = false, onRound } = options;
  const data = await mkdtemp(join(tmpdir(), 'bough-kills-'));
  const random = new Random(seed);
  let report: KillReport = { ...nothingYet, rounds: 0 };
  let engine: RemoteEngine | undefined;
  try {
    if (remote) engine = await remoteEngine('kills');
    const streams = engine && { streams: engine.url };
    while (report.rounds < rounds) {
      const act = async (stage: Stage): Promise<void> => {
        await stage.flying(flying);
        await sleep(random.below(400));
        await stage.killAndRestart();
        await stage.flying(flying);
      };
      // The first round of a short run rolls over, too.
      const segmentItems = SEGMENTS[report.rounds % SEGMENTS.length] as number;
      const round = await play(data, random, act, { quiet, segmentItems, ...streams });
      report = { ...added(report, round), rounds: report.rounds + 1 };
      onRound?.(report);
    }
    return report;
  } finally {
    await engine?.stop();
    await rm(data, { recursive: true, force: true });
  }
}
