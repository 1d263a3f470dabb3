/**
 * kill -9 at random moments, with many replies in flight: people go on at the server that was started in its place, with the
 * commands they had no answer to, and in the end every invariant of the simulation must hold for what is stored.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../conversations/simulation/random.ts';
import { added, nothingYet, play, type Report } from './stage.ts';

export interface KillOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Replies being written when the server is killed, at least. Default: 20. */
  readonly flying?: number;
  readonly onRound?: (done: KillReport) => void;
}

export interface KillReport extends Report {
  readonly rounds: number;
}

/** Rounds of two kills each, on one data folder; conversations are new every round. Ends its servers and removes its folder. */
export async function killRounds({ rounds, seed, flying = 20, onRound }: KillOptions): Promise<KillReport> {
  const data = await mkdtemp(join(tmpdir(), 'bough-kills-'));
  const random = new Random(seed);
  let report: KillReport = { ...nothingYet, rounds: 0 };
  try {
    while (report.rounds < rounds) {
      const round = await play(data, random, async (stage) => {
        await stage.flying(flying);
        await sleep(random.below(400));
        await stage.killAndRestart();
        await stage.flying(flying);
      });
      report = { ...added(report, round), rounds: report.rounds + 1 };
      onRound?.(report);
    }
    return report;
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
