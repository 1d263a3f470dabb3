/**
 * `npm run torture -- NAME [rounds] [seed]`: the long forms. Prints the seed, goes on after a violation, ends with 1 if there was one.
 * With `BOUGH_STREAMS_URL` kills and races are of servers on the engine there; `reference`: on a reference server started for it.
 */
import { type CutReport, cutReply } from './cuts.ts';
import { diskRounds } from './disk.ts';
import { killRounds } from './kills.ts';
import { race } from './races.ts';
import { betweenVersions } from './versions.ts';

type Line = (text: string, violations: readonly string[]) => void;

interface Torture {
  readonly rounds: number;
  readonly run: (rounds: number, seed: number, line: Line) => Promise<{ violations: readonly string[] }>;
}

const remote = Boolean(process.env.BOUGH_STREAMS_URL);

const tortures: Record<string, Torture> = {
  kills: {
    rounds: 100,
    run: (rounds, seed, line) =>
      killRounds({
        rounds,
        seed,
        remote,
        onRound: (r) =>
          line(
            `${2 * r.rounds} kills, ${r.messages} messages, ${r.replies} replies, ${r.interrupted} of them interrupted, up to ${r.segments} segments`,
            r.violations,
          ),
      }),
  },
  races: {
    rounds: 1_000,
    run: (races, seed, line) =>
      race({
        races,
        seed,
        remote,
        onConversation: (r) => line(`${r.races} races, ${r.sent} texts sent`, r.violations),
      }),
  },
  cuts: {
    rounds: 100,
    run: (cuts, seed, line) =>
      cutReply({
        cuts,
        seed,
        onCut: (r) => line(`${r.cuts} cuts, ${r.length} characters; back after ${timesOf(r)}`, r.violations),
      }),
  },
  disk: {
    rounds: 20,
    run: (rounds, seed, line) =>
      diskRounds({
        rounds,
        seed,
        onRound: (r) =>
          line(
            `${r.rounds} rounds of ${r.mounted ? 'a full disk, a read-only one and' : ''} torn logs, ${r.messages} messages`,
            r.violations,
          ),
      }),
  },
  versions: {
    rounds: 1,
    run: (rounds, _seed, line) =>
      betweenVersions({
        rounds,
        onRound: (r) =>
          line(`${r.rounds} rounds, ${r.shown} messages shown by the other version`, r.violations),
      }),
  },
};

/** Median and maximum in ms, of all and by kind. */
function timesOf({ back }: CutReport): string {
  const all = [...back.values()].flat();
  const late = all.filter((ms) => ms > 1_000).length;
  const of = (times: readonly number[]): string => {
    const sorted = times.map(Math.round).sort((a, b) => a - b);
    return `${sorted[sorted.length >> 1]}/${sorted.at(-1)} ms`;
  };
  const kinds = [...back].map(([kind, times]) => `${kind} ${of(times)}`);
  return `${of(all)}, ${late} later than 1 s (${kinds.join(', ')})`;
}

const [name = '', rounds, seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const torture = tortures[name];
if (torture) await run(torture);
else {
  console.error(
    `npm run torture -- NAME [rounds] [seed], where NAME is one of ${Object.keys(tortures).join(', ')}.`,
  );
  process.exitCode = 2;
}

async function run({ run: start, rounds: usual }: Torture): Promise<void> {
  console.log(`${name}, seed ${seed}`);
  const began = performance.now();
  let known = 0;
  const { violations } = await start(Number(rounds ?? usual), Number(seed), (text, wrong) => {
    console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${text}, ${wrong.length} violations`);
    for (const violation of wrong.slice(known)) console.log(`  ${violation}`);
    known = wrong.length;
  });
  process.exitCode = violations.length > 0 ? 1 : 0;
}
